"""The one way a signature container of ours is written.

CMS leaves freedom: certificates that nobody signs, other encodings of the same value. Each would
make another file with a good signature. So a container is taken apart and written anew, and must
be the same bytes. What stays free is an unsigned time stamp: it comes later by nature.
"""

from dataclasses import dataclass
from typing import Final

from asn1crypto import cms, x509  # type: ignore[import-untyped]  # it ships no hints

_SEQUENCE: Final = 0x30
_SET: Final = 0x31
_OCTETS: Final = 0x04
_FIRST: Final = 0xA0
_SECOND: Final = 0xA1
_SHORT: Final = 0x80
_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
_PLAIN: Final = bytes.fromhex("06092a864886f70d010701")
_SHA256: Final = bytes.fromhex("300d06096086480165030402010500")
_ECDSA_SHA256: Final = bytes.fromhex("300a06082a8648ce3d040302")
_ONE: Final = bytes.fromhex("020101")


@dataclass(frozen=True, slots=True)
class Opened:
    """A container that was taken apart.

    Attributes:
        certificates: DER, in the order of the set.
        attributes: the signed attributes as a DER set, which is what was signed.
        signature: ECDSA over them, DER.
        stamp: content of the unsigned attributes; empty without a time stamp.
    """

    certificates: tuple[bytes, ...]
    attributes: bytes
    signature: bytes
    stamp: bytes


def opened(der: bytes) -> Opened:
    """Take a container apart; `ValueError` when it is not as we write them."""
    outer = cms.ContentInfo.load(der, strict=True)
    inner = outer["content"]
    (info,) = inner["signer_infos"]
    unsigned = info["unsigned_attrs"]
    return Opened(
        certificates=tuple(one.chosen.dump() for one in inner["certificates"]),
        attributes=tlv(_SET, info["signed_attrs"].contents),
        signature=info["signature"].native,
        stamp=unsigned.contents if len(unsigned) else b"",
    )


def written(parts: Opened, signer: bytes) -> bytes:
    """Write the container of these parts anew; `signer` is the signer's certificate, DER."""
    claims = x509.Certificate.load(signer, strict=True)["tbs_certificate"]
    signing = tlv(_SEQUENCE, claims["issuer"].dump(), claims["serial_number"].dump())
    attributes = tlv(_FIRST, *_content(parts.attributes))
    stamp = (tlv(_SECOND, parts.stamp),) if parts.stamp else ()
    signature = tlv(_OCTETS, parts.signature)
    info = (_ONE, signing, _SHA256, attributes, _ECDSA_SHA256, signature, *stamp)
    inner = tlv(
        _SEQUENCE,
        _ONE,
        tlv(_SET, _SHA256),
        tlv(_SEQUENCE, _PLAIN),
        tlv(_FIRST, *sorted(parts.certificates)),
        tlv(_SET, tlv(_SEQUENCE, *info)),
    )
    return tlv(_SEQUENCE, _SIGNED_DATA, tlv(_FIRST, inner))


def tlv(tag: int, *parts: bytes) -> bytes:
    r"""Write one DER value: tag, shortest length, content.

    >>> tlv(0x30, b"\x05\x00").hex()
    '30020500'
    >>> tlv(0x04, bytes(200))[:3].hex()
    '0481c8'
    """
    content = b"".join(parts)
    if len(content) < _SHORT:
        return bytes((tag, len(content))) + content
    size = (len(content).bit_length() + 7) // 8
    return bytes((tag, _SHORT | size)) + len(content).to_bytes(size, "big") + content


def _content(attributes: bytes) -> tuple[bytes, ...]:
    """Content of a set written by `tlv`."""
    size = attributes[1] - _SHORT if attributes[1] >= _SHORT else 0
    return (attributes[2 + size :],)
