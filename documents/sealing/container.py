"""The signature container: one CMS for pyHanko to place, made by any signer from a digest."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from asn1crypto import tsp, x509  # type: ignore[import-untyped]  # it ships no hints
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from pyhanko.sign import attributes, signers
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.sealing.signer import Signer

ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Number of points on P-256 (FIPS 186-5). (r, s) and (r, ORDER - s) verify alike."""

LONGEST: Final = encode_dss_signature(ORDER - 1, ORDER // 2)
"""A signature as long as they come, to know how much room to leave."""


def lower(signature: bytes) -> bytes:
    """Of the two signatures that verify alike, the one with the smaller s.

    So that nobody can turn a letter into another file that still verifies.
    """
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, ORDER - s))


class _Certificates(attributes.SigningCertificateV2Provider):
    """Binds every certificate in the container, not only the signer's, to the signature."""

    def __init__(self, certificates: list[x509.Certificate]) -> None:
        super().__init__(certificates[0])
        self._certificates = certificates

    async def build_attr_value(
        self,
        dry_run: bool = False,  # noqa: ARG002, FBT001, FBT002 - as the library calls it
    ) -> tsp.SigningCertificateV2:
        """One hash for each certificate, the signer's first (RFC 5035)."""
        each = [as_signing_certificate_v2(one)["certs"][0] for one in self._certificates]
        return tsp.SigningCertificateV2({"certs": each})


class _Attributes(attributes.SignedAttributeProviderSpec):
    """What is signed beside the document's digest: which certificates are meant."""

    def __init__(self, certificates: list[x509.Certificate]) -> None:
        self._certificates = certificates

    def signed_attr_providers(
        self, *_: object, **__: object
    ) -> Iterable[attributes.CMSAttributeProvider]:
        """The certificates only: PAdES wants no signing time here, it stands in the paper."""
        return (_Certificates(self._certificates),)


class Container(signers.Signer):
    """Lets one of our signers stand where pyHanko asks for one of its own."""

    def __init__(self, signer: Signer) -> None:
        certificates = [x509.Certificate.load(one) for one in signer.certificates]
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # theirs
        store.register_multiple(certificates[1:])
        super().__init__(signing_cert=certificates[0], cert_registry=store)
        self.signed_attr_prov_spec = _Attributes(certificates)
        self._signer = signer

    async def async_sign_raw(
        self,
        attributes_der: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - as the library calls it
    ) -> bytes:
        """Sign the digest of what pyHanko gives; a dry run asks only how long it gets."""
        assert digest_algorithm == "sha256", digest_algorithm
        return LONGEST if dry_run else lower(self._signer.sign(sha256(attributes_der).digest()))
