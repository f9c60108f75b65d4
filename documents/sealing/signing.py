"""Signing a paper: PAdES B-B, or B-T with a stamp service; certified, no change permitted."""

from datetime import datetime
from typing import Any, Final

from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from documents.sealing.container import Container
from documents.sealing.signer import Signer
from documents.sealing.stamps import stamper_at, with_stamp
from documents.sealing.writing import SealWriter
from kernel.errors import invalid

FIELD: Final = "Signature"


def signed(content: bytes, signer: Signer, *, at: datetime, reason: str, place: str) -> bytes:
    """Sign the whole of `content`, once and for good.

    The field is invisible; the seal that people see is drawn by the form. The same content,
    key and instant give the same bytes, but for a time stamp.

    Args:
        content: a PDF of one revision, without a signature.
        signer: whose key signs, on P-256 with SHA-256.
        at: the instant of signing, with its zone.
        reason: why it is signed, printed in the signature's properties.
        place: where it is signed.

    Raises:
        Invalid: `certificate-out-of-date` when `at` is outside the certificate's days;
            `not-signable` when the content is no PDF or bears a signature already.
        Unavailable: `timestamp-unavailable` when the stamp service gives no stamp.
    """
    assert at.tzinfo is not None, "an instant has its zone"
    check_in_date(signer, at)
    stamper = stamper_at(signer.timestamp_url) if signer.timestamp_url else None
    pdf_signer = signers.PdfSigner(_meta(reason, place), Container(signer), timestamper=stamper)
    try:
        return _signed(content, pdf_signer, at)
    except (PdfError, SigningError) as fault:
        cure = "give an unsigned PDF as it left the press"
        raise invalid("content", f"cannot be signed: {fault}", cure, code="not-signable") from fault


def check_in_date(signer: Signer, at: datetime) -> None:
    """Raise `Invalid` with code `certificate-out-of-date` unless every certificate holds at `at`.

    Roots are not asked: a reader trusts them by name.
    """
    for der in signer.certificates:
        one = x509.load_der_x509_certificate(der)
        if at < one.not_valid_before_utc:
            problem = f"is not valid before {one.not_valid_before_utc:%Y-%m-%d %H:%M} UTC"
        elif at > one.not_valid_after_utc:
            problem = f"expired on {one.not_valid_after_utc:%Y-%m-%d %H:%M} UTC"
        else:
            continue
        field, cure = f"chain.pem: {one.subject.rfc4514_string()}", "put a current chain there"
        raise invalid(field, problem, cure, code="certificate-out-of-date")


def _meta(reason: str, place: str) -> signers.PdfSignatureMetadata:
    return signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        location=place,
        certify=True,
        subfilter=fields.SigSeedSubFilter.PADES,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )


def _signed(content: bytes, pdf_signer: signers.PdfSigner, at: datetime) -> bytes:
    writer = SealWriter(content)
    if writer.prev.total_revisions != 1:
        raise SigningError("it has more than one revision")
    session = pdf_signer.init_signing_session(writer)
    session.system_time = at  # else pyHanko asks the wall clock
    return with_stamp(_sealed(session))


async def _sealed(session: Any) -> bytes:
    """The steps of `PdfSigner.async_sign_pdf`, with the instant that we were told."""
    room = await session.estimate_signature_container_size(None)
    draft = session.prepare_tbs_document(validation_info=None, bytes_reserved=room)
    prepared, out = draft.digest_tbs_document()
    attributes = PdfCMSSignedAttributes(signing_time=session.system_time)
    await draft.perform_signature(prepared.document_digest, attributes)
    content: bytes = out.getvalue()
    return content
