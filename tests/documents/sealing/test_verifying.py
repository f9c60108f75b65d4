"""A letter of ours is accepted; each test fails alone where it can, and says so twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from documents.sealing import Registered, Signer, Tested, Verdict, open_signer, verify
from kernel.errors import Invalid

ORDER = [
    "pdf",
    "one-signature",
    "intact",
    "trusted",
    "signer",
    "whole-file",
    "one-revision",
    "certified",
    "registered",
    "in-force",
]


def test_a_letter_is_accepted(letter: bytes, honest: Callable[[bytes], Verdict]) -> None:
    verdict = honest(letter)
    assert verdict.accepted
    assert [one.code for one in verdict.tests] == ORDER
    assert verdict.failed == ()


def test_what_is_said_is_said_in_both_languages(
    letter: bytes, honest: Callable[[bytes], Verdict]
) -> None:
    for content in (letter, b"", letter[:-1], letter + b" "):
        for one in honest(content).tests:
            assert one.en.isascii()
            assert any("\u4e00" <= char <= "\u9fff" for char in one.zh)


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        ({"in_force": False, "status": "revoked"}, ["in-force"]),
        ({"serial": "1f"}, ["signer"]),
        ({"file_sha256": "0" * 64}, ["registered"]),
        ({"serial": "1f", "in_force": False, "status": "draft"}, ["signer", "in-force"]),
    ],
)
def test_the_register_decides(
    letter: bytes, signer: Signer, row: Registered, change: dict[str, Any], failed: list[str]
) -> None:
    other = replace(row, **change)
    verdict = verify(letter, trusted=signer.roots, register=lambda _: other)
    assert [one.code for one in verdict.failed] == failed
    assert not verdict.accepted


def test_the_register_is_asked_once_for_the_digest(letter: bytes, signer: Signer) -> None:
    asked = []
    verdict = verify(letter, trusted=signer.roots, register=asked.append)
    assert asked == [sha256(letter).hexdigest()]
    assert [one.code for one in verdict.failed] == ["signer", "registered", "in-force"]


def test_what_the_register_raises_goes_through(letter: bytes, signer: Signer) -> None:
    def gone(_: str) -> None:
        raise LookupError("the register cannot be reached")

    with pytest.raises(LookupError):
        verify(letter, trusted=signer.roots, register=gone)


def test_the_status_is_told(letter: bytes, signer: Signer, row: Registered) -> None:
    revoked = replace(row, in_force=False, status="revoked")
    (failed,) = verify(letter, trusted=signer.roots, register=lambda _: revoked).failed
    assert failed == Tested(
        "in-force", False, "it is not in force: revoked", "不在有效状态：revoked"
    )


def test_nobody_is_trusted_without_roots(
    letter: bytes, row: Registered, codes: Callable[[Verdict], set[str]]
) -> None:
    assert "trusted" in codes(verify(letter, trusted=(), register=lambda _: row))


def test_roots_may_be_pem(letter: bytes, signer: Signer, row: Registered) -> None:
    pem = load_der_x509_certificate(signer.roots[0]).public_bytes(Encoding.PEM)
    assert verify(letter, trusted=(pem + pem,), register=lambda _: row).accepted


@pytest.mark.parametrize("wrong", [b"", b"no certificate", b"\x30\x03\x02\x01\x01"])
def test_a_root_that_is_none_is_our_own_fault(letter: bytes, wrong: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        verify(letter, trusted=(wrong,), register=lambda _: None)
    assert refused.value.code == "trusted-certificate"


def test_a_name_that_stands_for_another_is_not_trusted(
    paper: bytes,
    seal: Callable[..., bytes],
    tmp_path: Path,
    corrupt: Callable[[bytes], Verdict],
    codes: Callable[[Verdict], set[str]],
) -> None:
    """The same names in every certificate, but another root."""
    other = open_signer(None, tmp_path)
    verdict = corrupt(seal(paper, other))
    assert codes(verdict) == {"trusted", "signer"}


def test_the_chain_is_judged_at_the_instant_of_signing(
    paper: bytes, seal: Callable[..., bytes], authority: type, tmp_path: Path
) -> None:
    short = authority(days=30)
    holder = open_signer(short.write(tmp_path), None)
    content = seal(paper, holder, datetime(2026, 1, 15, tzinfo=UTC))
    own = Registered(sha256(content).hexdigest(), holder.serial, True, "issued")
    verdict = verify(content, trusted=holder.roots, register=lambda _: own)
    assert verdict.accepted, "it was valid then, whatever the day is now"


def test_a_verdict_cannot_contradict_its_tests() -> None:
    failed = Tested("pdf", False, "no", "否")
    with pytest.raises(AssertionError):
        Verdict(True, (failed,))
    with pytest.raises(AssertionError):
        Verdict(True, ())
