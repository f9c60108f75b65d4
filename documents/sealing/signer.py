"""Who signs: what the house asks of whatever holds a signing key."""

from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

DEMONSTRATION: Final = "Zhibao demonstration authority, no legal effect"
"""Stands in the subject of every certificate of the authority that the house made by itself."""

_SHA256_DIGEST: Final = ECDSA(Prehashed(SHA256()), deterministic_signing=True)
"""RFC 6979: the same digest under the same key has the same signature, and needs no luck."""


class Signer(Protocol):
    """A key on P-256 and the certificates that say whose it is.

    The key itself is never asked for: a security module or a licensed provider that is
    sent a digest and sends back a signature can stand here.
    """

    @property
    def serial(self) -> str:
        """Serial number of the signer's certificate, lower-case hexadecimal."""

    @property
    def name(self) -> str:
        """Common name in the signer's certificate."""

    @property
    def demonstration(self) -> bool:
        """Whether the house made this authority by itself, for demonstration only."""

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """DER: the signer's certificate, then each issuer's below the root."""

    @property
    def roots(self) -> tuple[bytes, ...]:
        """DER: what a reader must trust to accept signature and time stamp."""

    @property
    def timestamp_url(self) -> str | None:
        """Where RFC 3161 time stamps are asked for; None signs without a stamp."""

    def sign(self, digest: bytes) -> bytes:
        """ECDSA over a SHA-256 digest of 32 bytes, as a DER sequence of two integers."""


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A signer whose key lies in the memory of this program."""

    serial: str
    name: str
    demonstration: bool
    certificates: tuple[bytes, ...]
    roots: tuple[bytes, ...]
    key: EllipticCurvePrivateKey = field(repr=False)
    timestamp_url: str | None = None

    def sign(self, digest: bytes) -> bytes:
        """ECDSA over a SHA-256 digest, deterministic."""
        return self.key.sign(digest, _SHA256_DIGEST)
