"""Ten classes of attack: none is accepted, by an honest register or by one that says yes to all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pikepdf
import pytest

from documents.sealing import Registered, Signer, Verdict, open_signer, verify

ADDED = {"whole-file", "one-revision"}
BROKEN = {"intact"}
UNSIGNED = {"one-signature", "intact", "trusted", "signer", "whole-file", "certified"}

SIMPLE = {
    "content replaced": ("replaced_content", ADDED | BROKEN),
    "overlay annotation": ("overlay", ADDED | BROKEN),
    "shadow hide": ("shadow_hide", ADDED | BROKEN),
    "shadow replace": ("shadow_replace", ADDED | BROKEN),
    "attachment swapped": ("swapped_attachment", ADDED | BROKEN),
    "attachment overwritten": ("attachment_in_place", BROKEN),
    "stripped, rebuilt": ("rebuilt", UNSIGNED),
    "stripped, cut back": ("older_part", UNSIGNED),
    "hole enlarged": ("enlarged_hole", {"whole-file"} | BROKEN),
    "second range moved": ("wrapped", {"whole-file"} | BROKEN),
    "padding filled": ("filled_padding", {"whole-file"}),
    "other ECDSA signature": ("other_signature", BROKEN),
    "unsigned attribute": ("unsigned_attribute", BROKEN),
    "container in small letters": ("lower_case", {"whole-file"}),
    "container emptied": ("emptied", {"one-signature"}),
    "certification taken away": ("without_certification", {"certified"} | BROKEN),
    "certification weakened": ("weaker_certification", {"certified"} | BROKEN),
}


@pytest.fixture(params=["corrupt", "honest"])
def check(request: pytest.FixtureRequest) -> Callable[[bytes], Verdict]:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("name", SIMPLE)
def test_an_attack_is_seen(
    name: str,
    letter: bytes,
    attacks: ModuleType,
    check: Callable[[bytes], Verdict],
    codes: Callable[[Verdict], set[str]],
) -> None:
    made, expected = SIMPLE[name]
    forged = getattr(attacks, made)(letter)
    assert forged != letter
    verdict = check(forged)
    assert not verdict.accepted
    assert expected <= codes(verdict), verdict.failed


@pytest.mark.parametrize(
    "tail", [b"\n", b" ", b"%", b"\x00" * 100, b"%%EOF\n", b"startxref\n0\n%%EOF\n", b"x" * 5000]
)
def test_trailing_bytes_are_seen(
    tail: bytes,
    letter: bytes,
    check: Callable[[bytes], Verdict],
    codes: Callable[[Verdict], set[str]],
) -> None:
    assert "one-revision" in codes(check(letter + tail))


@pytest.mark.parametrize("head", [b"\n", b"%PDF-1.7\n", b"\x00" * 10])
def test_leading_bytes_are_seen(
    head: bytes, letter: bytes, check: Callable[[bytes], Verdict]
) -> None:
    assert not check(head + letter).accepted


def test_a_letter_behind_another_is_seen(
    letter: bytes, paper: bytes, check: Callable[[bytes], Verdict]
) -> None:
    assert not check(letter + letter).accepted
    assert not check(paper + letter).accepted
    assert not check(letter + paper).accepted


def test_an_added_certificate_is_seen(
    letter: bytes,
    attacks: ModuleType,
    check: Callable[[bytes], Verdict],
    codes: Callable[[Verdict], set[str]],
) -> None:
    assert codes(check(attacks.extra_certificate(letter))) >= BROKEN


def test_another_key_is_seen(
    paper: bytes,
    seal: Callable[..., bytes],
    tmp_path: Path,
    check: Callable[[bytes], Verdict],
    codes: Callable[[Verdict], set[str]],
) -> None:
    """Signed by an authority of the same name."""
    assert codes(check(seal(paper, open_signer(None, tmp_path)))) >= {"trusted", "signer"}


@pytest.fixture
def recertified(
    letter: bytes, seal: Callable[..., bytes], attacks: ModuleType, tmp_path: Path
) -> bytes:
    """The letter's pages, certified anew by an authority of the same name."""
    return seal(attacks.rebuilt(letter), open_signer(None, tmp_path))


def test_a_recertified_copy_is_seen(
    recertified: bytes,
    check: Callable[[bytes], Verdict],
    codes: Callable[[Verdict], set[str]],
) -> None:
    found = codes(check(recertified))
    assert found >= {"trusted", "signer"}
    assert not found & {"pdf", "one-signature", "intact", "whole-file", "certified"}


def test_another_certificate_of_the_same_root_is_seen(
    paper: bytes,
    seal: Callable[..., bytes],
    authority: type,
    tmp_path: Path,
    codes: Callable[[Verdict], set[str]],
) -> None:
    """A colleague's certificate is trusted, but it is not the one that the register names."""
    made = authority()
    ours = open_signer(made.write(tmp_path / "ours"), None)
    made.chain[0] = made.leaf()
    theirs = open_signer(made.write(tmp_path / "theirs"), None)
    content = seal(paper, theirs)
    own = Registered(sha256(content).hexdigest(), ours.serial, True, "issued")
    assert codes(verify(content, trusted=ours.roots, register=lambda _: own)) == {"signer"}


def test_an_older_letter_is_seen(
    paper: bytes,
    seal: Callable[..., bytes],
    signer: Signer,
    row: Registered,
    codes: Callable[[Verdict], set[str]],
) -> None:
    """After an amendment the first letter is still well signed; the register knows better."""
    older, newer = seal(paper), seal(paper, at=datetime(2026, 12, 1, tzinfo=UTC))
    register = {
        sha256(older).hexdigest(): replace(row, in_force=False, status="amended"),
        sha256(newer).hexdigest(): replace(row, file_sha256=sha256(newer).hexdigest()),
    }
    kept: dict[str, Any] = {"trusted": signer.roots, "register": register.get}
    assert codes(verify(older, **kept)) == {"in-force"}
    assert verify(newer, **kept).accepted


def test_a_second_signature_is_seen(
    letter: bytes,
    attacks: ModuleType,
    check: Callable[[bytes], Verdict],
    codes: Callable[[Verdict], set[str]],
) -> None:
    """Another field that shows the same signature."""

    def change(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        twin = type(field)({**field, "/T": type(field["/T"])("Second")})
        writer.root["/AcroForm"]["/Fields"].append(writer.add_object(twin))
        writer.mark_update(writer.root.raw_get("/AcroForm").reference)

    assert "one-signature" in codes(check(attacks._updated(letter, change)))


def test_the_forged_files_do_fool_a_reader(letter: bytes, attacks: ModuleType) -> None:
    """They are real attacks: qpdf opens them, and sees other content."""
    with pikepdf.open(BytesIO(attacks.replaced_content(letter))) as pdf:
        assert b"9,999,999" in pdf.pages[0].Contents.read_bytes()
    with pikepdf.open(BytesIO(attacks.swapped_attachment(letter))) as pdf:
        assert b"9999999" in pdf.attachments["form.json"].get_file().read_bytes()
    with pikepdf.open(BytesIO(attacks.overlay(letter))) as pdf:
        assert len(pdf.pages[0].Annots) == 2
