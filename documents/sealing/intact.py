"""Whether what was signed is what lies there: digest, certificates, signature, encoding."""

from hashlib import sha256
from typing import Any, Final

from asn1crypto import cms  # type: ignore[import-untyped]  # it ships no hints
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_der_x509_certificate

from documents.sealing.container import lower
from documents.sealing.coverage import der_length
from documents.sealing.encoding import Opened, opened, tlv, written
from documents.sealing.verdict import Said

_SIGNED: Final = ("content_type", "message_digest", "signing_certificate_v2")
_STAMP: Final = "signature_time_stamp_token"


def broken(covered: bytes, container: bytes) -> Said | None:
    """Return what is broken in a signature over `covered`, or None when it is intact.

    Independent of pyHanko. Of the two ECDSA signatures that verify alike only the lower
    passes, certificates only when the signed attributes name them by hash, and all of it only
    in the one encoding: so no other container passes for the same signature.
    """
    der = container[: der_length(container)]
    parts = opened(der)
    values = _values(parts.attributes)
    if tuple(sorted(values)) != _SIGNED or values["content_type"] != "data":
        return Said("the signed attributes are not those of a letter", "签名属性不是保函的签名属性")
    if values["message_digest"] != sha256(covered).digest():
        return Said("what was signed is not what lies here", "被签名的内容与现有内容不一致")
    signer = _signer(parts, values["signing_certificate_v2"]["certs"])
    if signer is None:
        return Said("its certificates are not those that were signed", "证书与签名所指的证书不一致")
    if not _verifies(signer, parts):
        return Said("its signature does not verify", "签名值验证不通过")
    if written(parts, signer) != der or not _only_a_stamp(parts):
        return Said("its container is not written as it was signed", "签名容器的编码已被改动")
    return None


def _values(attributes: bytes) -> dict[str, Any]:
    """Each attribute by its name; `ValueError` when one has not exactly one value."""
    values: dict[str, Any] = {}
    for one in cms.CMSAttributes.load(attributes, strict=True):
        (value,) = one["values"]
        name = one["type"].native
        if name in values:
            raise ValueError("an attribute stands twice")
        values[name] = value if name == _SIGNED[-1] else value.native
    return values


def _signer(parts: Opened, named: Any) -> bytes | None:
    """The signer's certificate, when exactly the certificates that were signed are there."""
    hashes = [one["cert_hash"].native for one in named]
    kinds = {one["hash_algorithm"]["algorithm"].native for one in named}
    there = {sha256(one).digest(): one for one in parts.certificates}
    if kinds != {"sha256"} or len(hashes) != len(parts.certificates) or set(hashes) != set(there):
        return None
    return there[hashes[0]]


def _verifies(signer: bytes, parts: Opened) -> bool:
    key = load_der_x509_certificate(signer).public_key()
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        return False
    try:
        key.verify(parts.signature, parts.attributes, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return parts.signature == lower(parts.signature)


def _only_a_stamp(parts: Opened) -> bool:
    if not parts.stamp:
        return True
    (one,) = cms.CMSAttributes.load(tlv(0x31, parts.stamp), strict=True)
    return one["type"].native == _STAMP and len(one["values"]) == 1
