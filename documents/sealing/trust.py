"""Whom a signature is by, and whether that chain was good when it was made: asked of pyHanko."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from asn1crypto import pem, x509  # type: ignore[import-untyped]  # it ships no hints
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from documents.sealing.loops import finished
from documents.sealing.verdict import Said
from kernel.errors import Invalid, invalid

_SHOWN: Final = 64
"""Characters of a common name, by its standard (X.520)."""

_MAY_SIGN = KeyUsageConstraints(key_usage={"digital_signature"})


@dataclass(frozen=True, slots=True)
class Judged:
    """What pyHanko says of a signature.

    Attributes:
        intact: digest and signature verify.
        trusted: the signer's chain ends at a root, and was valid at `at`.
        certified: nothing that the certification forbids was done.
        stamped: None without a time stamp, else whether it verifies and its chain is trusted.
        at: the instant that the signer claims.
        serial: serial number of the signer's certificate, lower-case hexadecimal.
        name: the signer's name.
    """

    intact: bool
    trusted: bool
    certified: bool
    stamped: bool | None
    at: datetime
    serial: str
    name: str


def judged(signature: Any, roots: tuple[bytes, ...]) -> Judged | Said:
    """Ask pyHanko: offline, at the instant claimed; whatever it raises goes through."""
    at = signature.self_reported_timestamp
    if at is None or at.tzinfo is None:
        return Said("the signature states no time with its zone", "签名未写明带时区的时间")
    work = async_validate_pdf_signature(
        signature, _at(at, roots), key_usage_settings=_MAY_SIGN, skip_diff=True
    )
    status = finished(work)
    whole = status.intact and status.valid
    stamp = status.timestamp_validity
    certificate = status.signing_cert
    return Judged(
        intact=whole,
        trusted=finished(_vouched(signature, at, roots)) and (status.trusted or not whole),
        certified=bool(status.docmdp_ok),
        stamped=None if stamp is None else stamp.intact and stamp.valid and stamp.trusted,
        at=at,
        serial=f"{certificate.serial_number:x}",
        name=_readable(str(certificate.subject.native.get("common_name", ""))),
    )


async def _vouched(signature: Any, at: datetime, roots: tuple[bytes, ...]) -> bool:
    """Whether a root vouches for the signer: pyHanko does not ask when the digest is wrong."""
    others = signature.other_embedded_certs
    chain = CertificateValidator(signature.signer_cert, others, _at(at, roots))
    try:
        await chain.async_validate_usage({"digital_signature"})  # type: ignore[no-untyped-call]  # theirs
    except (PathError, ValidationError):
        return False
    return True


def _at(at: datetime, roots: tuple[bytes, ...]) -> ValidationContext:
    return ValidationContext(trust_roots=anchors(roots), moment=at, allow_fetching=False)


def _readable(name: str) -> str:
    """A name as it can be shown: who made the certificate chose it."""
    return "".join(one if one.isprintable() else "?" for one in name[:_SHOWN])


@cache
def anchors(roots: tuple[bytes, ...]) -> list[x509.Certificate]:
    """Read the certificates that are trusted, DER or PEM.

    Raises `Invalid` with code `trusted-certificate`: they are ours to give, not the sender's.
    """
    try:
        found = [x509.Certificate.load(one, strict=True) for one in _each(roots)]
        serials = [one.serial_number for one in found]  # reads it: a wrong one fails here
    except (ValueError, TypeError) as fault:
        cure = "give root certificates, DER or PEM"
        raise invalid(
            "trusted", "holds no certificate", cure, code="trusted-certificate"
        ) from fault
    assert len(serials) == len(found)
    return found


def _not_ours() -> Invalid:
    cure = "give root certificates, DER or PEM"
    return invalid("trusted", "holds no certificate", cure, code="trusted-certificate")


def _each(roots: Iterable[bytes]) -> Iterable[bytes]:
    for one in roots:
        if pem.detect(one):
            yield from (der for _, _, der in pem.unarmor(one, multiple=True))
        else:
            yield one
