"""Who signs: the house's own key, each fault with file and cure, or the demonstration authority."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from documents.sealing import DEMONSTRATION, Registered, Signer, open_signer, verify
from kernel.errors import Invalid

AGAIN = """
import sys
from pathlib import Path
from documents.sealing import open_signer
print(open_signer(None, Path(sys.argv[1])).serial)
"""


def test_the_demonstration_authority_says_what_it_is(signer: Signer) -> None:
    assert DEMONSTRATION == "Zhibao demonstration authority, no legal effect"
    assert signer.demonstration
    assert DEMONSTRATION in signer.name
    for der in (*signer.certificates, *signer.roots):
        made = x509.load_der_x509_certificate(der)
        assert DEMONSTRATION in made.subject.rfc4514_string().replace("\\", "")
        assert isinstance(made.public_key().curve, ec.SECP256R1)


def test_it_is_a_root_and_a_signer(signer: Signer) -> None:
    leaf = x509.load_der_x509_certificate(signer.certificates[0])
    root = x509.load_der_x509_certificate(signer.roots[0])
    leaf.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)
    assert signer.serial == f"{leaf.serial_number:x}"
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_it_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    first = open_signer(None, tmp_path)
    assert open_signer(None, tmp_path) is first
    (folder,) = tmp_path.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {one.name for one in folder.iterdir()} == {"key.pem", "chain.pem"}
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}


def test_the_key_is_not_in_what_is_printed(signer: Signer) -> None:
    assert "key" not in repr(signer).replace("KeyHolder", "")


def test_programs_that_start_together_use_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", AGAIN, str(tmp_path)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
        for _ in range(3)
    ]
    serials = {one.communicate()[0].strip() for one in running}
    assert len(serials) == 1
    assert serials == {open_signer(None, tmp_path).serial}
    assert [one.name for one in tmp_path.iterdir()] == ["demonstration-authority"]


def test_threads_that_start_together_use_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = set(map(id, pool.map(lambda _: open_signer(None, tmp_path), range(16))))
    assert len(opened) == 1


def test_without_a_folder_it_lives_in_memory() -> None:
    assert open_signer(None, None) is open_signer(None, None)
    assert open_signer(None, None).demonstration


def test_the_house_signs_with_its_own(authority: Any, tmp_path: Path) -> None:
    made = authority(levels=2, name="签发行 Issuing house")
    opened = open_signer(made.write(tmp_path), None)
    assert not opened.demonstration
    assert opened.name == "签发行 Issuing house"
    der = [one.public_bytes(Encoding.DER) for one in made.chain]
    assert (*opened.certificates, *opened.roots) == tuple(der)


def test_letters_of_an_earlier_key_are_still_ours(
    authority: Any, paper: bytes, seal: Callable[..., bytes], tmp_path: Path
) -> None:
    """The house changes key and root; the letter was signed under the old ones."""
    before = open_signer(authority().write(tmp_path / "before"), None)
    letter = seal(paper, before)
    folder = authority().write(tmp_path / "after")
    old = x509.load_der_x509_certificate(before.roots[0])
    (folder / "trusted.pem").write_bytes(old.public_bytes(Encoding.PEM))
    after = open_signer(folder, None)
    assert after.roots[1:] == before.roots
    own = Registered(sha256(letter).hexdigest(), before.serial, in_force=True, status="issued")
    assert verify(letter, trusted=after.roots, register=lambda _: own).accepted
    assert not verify(letter, trusted=after.roots[:1], register=lambda _: own).accepted


def _pem(key: Any, encryption: Any = None) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


def _refused(folder: Path) -> tuple[str, str, str]:
    with pytest.raises(Invalid) as refused:
        open_signer(folder, None)
    assert refused.value.code == "signing-key"
    (fault,) = refused.value.faults
    assert fault.cure
    return Path(fault.field).name, fault.problem, fault.cure


@pytest.mark.parametrize(
    ("files", "file", "problem"),
    [
        ({"key": b""}, "key.pem", "no private key"),
        (
            {"key": b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"},
            "key.pem",
            "no",
        ),
        ({"key": _pem(ec.generate_private_key(ec.SECP384R1()))}, "key.pem", "curve P-256"),
        ({"key": _pem(rsa.generate_private_key(65537, 2048))}, "key.pem", "curve P-256"),
        (
            {"key": _pem(ec.generate_private_key(ec.SECP256R1()), BestAvailableEncryption(b"x"))},
            "key.pem",
            "locked",
        ),
        ({"key": _pem(ec.generate_private_key(ec.SECP256R1()))}, "chain.pem", "not of key.pem"),
        ({"chain": b""}, "chain.pem", "no certificates"),
        (
            {"chain": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"},
            "chain.pem",
            "no",
        ),
    ],
)
def test_each_fault_names_file_and_cure(
    authority: Any, tmp_path: Path, files: dict[str, bytes], file: str, problem: str
) -> None:
    found = _refused(authority().write(tmp_path, **files))
    assert found[0] == file
    assert problem in found[1]


@pytest.mark.parametrize("name", ["key.pem", "chain.pem"])
def test_a_file_that_is_not_there(authority: Any, tmp_path: Path, name: str) -> None:
    (authority().write(tmp_path) / name).unlink()
    found = _refused(tmp_path)
    assert found[0] == name
    assert "cannot be read" in found[1]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"usage": False}, "may not sign"),
        ({"usage": None}, "states no key usage"),
        ({"may_issue": False}, "may not issue"),
    ],
)
def test_a_certificate_that_may_not(
    authority: Any, tmp_path: Path, change: dict[str, Any], problem: str
) -> None:
    found = _refused(authority(**change).write(tmp_path))
    assert found[0] == "chain.pem"
    assert problem in found[1]


@pytest.mark.parametrize(
    ("order", "problem"),
    [((0, 2), "certificate 1"), ((1, 0, 2), "not of key.pem"), ((0, 1), "not a root")],
)
def test_a_chain_with_a_gap(
    authority: Any, tmp_path: Path, order: tuple[int, ...], problem: str
) -> None:
    made = authority(levels=2)
    made.chain = [made.chain[one] for one in order]
    assert problem in _refused(made.write(tmp_path))[1]


def test_a_stamp_service_needs_its_roots(authority: Any, tmp_path: Path) -> None:
    folder = authority().write(tmp_path)
    with pytest.raises(Invalid) as refused:
        open_signer(folder, None, timestamp_url="http://localhost:9/")
    assert Path(refused.value.faults[0].field).name == "stamp.pem"
    with pytest.raises(Invalid):
        open_signer(None, None, timestamp_url="http://localhost:9/")


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "demonstration-authority").write_text("a file stands in the way")
    with pytest.raises(OSError):  # noqa: PT011 - whichever the system gives
        open_signer(None, tmp_path)
