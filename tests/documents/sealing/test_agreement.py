"""Other programs say the same of a letter: poppler, pyHanko's own validator, qpdf, cryptography."""

import asyncio
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest
from asn1crypto import cms
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from documents.sealing import Signer, Verdict

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
PDFSIG = shutil.which("pdfsig")


def _pdfsig(content: bytes, folder: Path) -> str:
    path = folder / "letter.pdf"
    path.write_bytes(content)
    done = subprocess.run(
        [PDFSIG, "-nocert", str(path)], capture_output=True, text=True, check=False
    )
    return done.stdout


@pytest.mark.skipif(PDFSIG is None, reason="pdfsig of poppler-utils is not installed")
def test_poppler_agrees(letter: bytes, attacks: ModuleType, tmp_path: Path) -> None:
    said = _pdfsig(letter, tmp_path)
    assert "Signature #1" in said
    assert "Signature #2" not in said
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Signing Hash Algorithm: SHA-256" in said
    assert "Zhibao demonstration authority, no legal effect" in said
    assert "Signature is Valid." not in _pdfsig(attacks.attachment_in_place(letter), tmp_path)
    assert "Total document signed" not in _pdfsig(attacks.overlay(letter), tmp_path)


def _context(signer: Signer) -> ValidationContext:
    roots = [Certificate.load(one) for one in signer.roots]
    return ValidationContext(trust_roots=roots, moment=AT, allow_fetching=False)


def test_pyhanko_agrees(letter: bytes, signer: Signer) -> None:
    (signature,) = PdfFileReader(BytesIO(letter)).embedded_signatures
    status = asyncio.run(async_validate_pdf_signature(signature, _context(signer)))
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.docmdp_ok
    assert signature.docmdp_level == MDPPerm.NO_CHANGES


def test_qpdf_agrees(letter: bytes, paper: bytes) -> None:
    """The file has no fault, and the pages and the attachment are those of the paper."""
    with pikepdf.open(BytesIO(letter)) as after, pikepdf.open(BytesIO(paper)) as before:
        assert after.check_pdf_syntax() == [] if hasattr(after, "check_pdf_syntax") else True
        assert after.get_warnings() == []
        assert len(after.pages) == len(before.pages) >= 2
        for one, other in zip(after.pages, before.pages, strict=True):
            assert one.Contents.read_raw_bytes() == other.Contents.read_raw_bytes()
        assert set(after.attachments) == set(before.attachments) == {"form.json"}
        form = after.attachments["form.json"].get_file().read_bytes()
        assert form == b'{"amount": "1234.50"}'
        assert len(after.Root.AcroForm.Fields) == 1
        assert after.Root.AcroForm.SigFlags == 3


def test_cryptography_agrees(letter: bytes, signer: Signer) -> None:
    """By hand: the digest of the two ranges, and ECDSA over the signed attributes."""
    start = letter.rindex(b"/Contents <") + 10
    end = letter.index(b">", start) + 1
    container = bytes.fromhex(letter[start + 1 : end - 1].decode())
    (info,) = cms.ContentInfo.load(container)["content"]["signer_infos"]
    values = {one["type"].native: one["values"][0] for one in info["signed_attrs"]}
    covered = sha256(letter[:start] + letter[end:]).digest()
    assert values["message_digest"].native == covered
    key = x509.load_der_x509_certificate(signer.certificates[0]).public_key()
    key.verify(info["signature"].native, info["signed_attrs"].untag().dump(), ECDSA(SHA256()))


def test_our_verdict_is_the_stricter(
    letter: bytes,
    signer: Signer,
    attacks: ModuleType,
    corrupt: Callable[[bytes], Verdict],
) -> None:
    """What pyHanko alone accepts, and we do not: another signature, attribute, certificate."""
    for forged in (
        attacks.other_signature(letter),
        attacks.unsigned_attribute(letter),
        attacks.extra_certificate(letter),
        attacks.lower_case(letter),
        attacks.filled_padding(letter),
    ):
        (signature,) = PdfFileReader(BytesIO(forged)).embedded_signatures
        assert asyncio.run(async_validate_pdf_signature(signature, _context(signer))).bottom_line
        assert not corrupt(forged).accepted
