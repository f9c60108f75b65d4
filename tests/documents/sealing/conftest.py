"""A letter, its signer and register; authorities that are not ours; and mutants."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from documents.archive import Attachment, archived
from documents.render import render
from documents.sealing import Registered, Signer, Verdict, open_signer, signed, verify

HERE = Path(__file__).parent
AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def _beside(name: str, path: Path) -> ModuleType:
    """Import a file by its path: tests are no package."""
    if name not in sys.modules:
        spec = spec_from_file_location(name, path)
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def mutant_maker() -> ModuleType:
    return _beside("sealing_mutants", HERE / "mutants.py")


@pytest.fixture(scope="session")
def paper() -> bytes:
    """A paper of two pages with an attachment, as it leaves the press."""
    samples = _beside("paper_samples", HERE.parent / "samples.py")
    form = b'{"amount": "1234.50"}'
    attached = Attachment("form.json", "application/json", form, "Data", "数据", "the same values")
    return archived(render(samples.FORMS["quote_letter"]()).content, (attached,), title="Letter")


@pytest.fixture(scope="session")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return open_signer(None, tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def seal(signer: Signer) -> Callable[..., bytes]:
    def sealed(content: bytes, by: Signer = signer, at: datetime = AT) -> bytes:
        return signed(content, by, at=at, reason="签发保函 Issue of a letter", place="中山")

    return sealed


@pytest.fixture(scope="session")
def letter(paper: bytes, seal: Callable[..., bytes]) -> bytes:
    return seal(paper)


@pytest.fixture(scope="session")
def row(signer: Signer, letter: bytes) -> Registered:
    return Registered(sha256(letter).hexdigest(), signer.serial, in_force=True, status="accepted")


@pytest.fixture(scope="session")
def honest(signer: Signer, row: Registered) -> Callable[[bytes], Verdict]:
    """Verify against a register that knows the one letter."""
    rows = {row.file_sha256: row}
    return lambda content: verify(content, trusted=signer.roots, register=rows.get)


@pytest.fixture(scope="session")
def corrupt(signer: Signer, row: Registered) -> Callable[[bytes], Verdict]:
    """Verify against a register that says yes to every file: only the signature stands."""
    return lambda content: verify(
        content, trusted=signer.roots, register=lambda digest: replace(row, file_sha256=digest)
    )


@pytest.fixture(scope="session")
def codes() -> Callable[[Verdict], set[str]]:
    return lambda verdict: {one.code for one in verdict.failed}


@dataclass
class Authority:
    """An authority made to order, written as the files that the house would put in a folder."""

    curve: Any = ec.SECP256R1
    starts: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    days: int = 730
    usage: bool | None = True
    levels: int = 1
    name: str = "Test signer"
    may_issue: bool = True

    def __post_init__(self) -> None:
        self.root_key = ec.generate_private_key(ec.SECP256R1())
        self.root = self._issue("Test root", self.root_key, None, self.root_key)
        self.chain, key, issuer = [self.root], self.root_key, self.root
        for level in range(self.levels - 1):
            made = ec.generate_private_key(ec.SECP256R1())
            issuer = self._issue(f"Level {level}", made, issuer, key)
            self.chain.insert(0, issuer)
            key = made
        self.issuer, self.issuer_key = issuer, key
        self.key = ec.generate_private_key(self.curve())
        self.chain.insert(0, self.leaf())

    def leaf(self) -> x509.Certificate:
        """Another certificate for the signer's key."""
        return self._issue(self.name, self.key, self.issuer, self.issuer_key, ca=False)

    def _issue(
        self, name: str, key: Any, issuer: Any, issuer_key: Any, *, ca: bool = True
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = x509.CertificateBuilder(
            issuer.subject if issuer else subject,
            subject,
            key.public_key(),
            x509.random_serial_number(),
        )
        made = made.not_valid_before(self.starts)
        made = made.not_valid_after(self.starts + timedelta(days=self.days))
        allowed = ca and self.may_issue
        made = made.add_extension(x509.BasicConstraints(allowed, None), critical=True)
        if ca or self.usage is not None:
            flags = [not ca and bool(self.usage), *[False] * 4, ca, ca, False, False]
            made = made.add_extension(x509.KeyUsage(*flags), critical=True)
        return made.sign(issuer_key, SHA256())

    def write(self, folder: Path, **files: bytes) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        pem = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "key.pem").write_bytes(files.get("key", pem))
        chain = b"".join(one.public_bytes(Encoding.PEM) for one in self.chain)
        (folder / "chain.pem").write_bytes(files.get("chain", chain))
        return folder


@pytest.fixture(scope="session")
def authority() -> type[Authority]:
    return Authority


@pytest.fixture(scope="session")
def attacks() -> ModuleType:
    return _beside("sealing_attacks", HERE / "attacks.py")
