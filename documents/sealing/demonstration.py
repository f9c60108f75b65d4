"""The demonstration authority: made once, kept beside the database, without legal effect."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from documents.sealing.signer import DEMONSTRATION

FOLDER: Final = "demonstration-authority"
KEY: Final = "key.pem"
CHAIN: Final = "chain.pem"
FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
UNTIL: Final = datetime(2049, 12, 31, tzinfo=UTC)
"""Fixed dates: the authority is made without a clock, and what it signed stays checkable."""


def demonstration_files() -> dict[str, bytes]:
    """Make a root, and a signer under it: the signer's key, and both certificates as PEM.

    The root's key is dropped as soon as it has signed: nobody can issue under it again.
    """
    root_key, key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    root_name, name = _named("root"), _named("signer")
    root = _builder(root_name, root_name, root_key, root_key)
    root = root.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    root = root.add_extension(_usage(signs_certificates=True), critical=True)
    leaf = _builder(name, root_name, key, root_key)
    leaf = leaf.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    leaf = leaf.add_extension(_usage(signs_certificates=False), critical=True)
    signed = [one.sign(root_key, SHA256()).public_bytes(Encoding.PEM) for one in (leaf, root)]
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {KEY: secret, CHAIN: b"".join(signed)}


def kept(beside: Path) -> Path:
    """Return the folder of the authority in `beside`, made when it is not there yet.

    Written aside and moved into place whole, so of two programs that start together one
    makes it and both use it. Folder mode 0700, files 0600.
    """
    folder = beside / FOLDER
    if not folder.is_dir():
        beside.mkdir(parents=True, exist_ok=True)
        _move(_written(beside), folder)
    return folder


def _written(beside: Path) -> Path:
    draft = Path(mkdtemp(prefix=f".{FOLDER}-", dir=beside))  # mkdtemp gives mode 0700
    for name, content in demonstration_files().items():
        path = draft / name
        path.touch(mode=0o600)
        path.write_bytes(content)
    return draft


def _move(draft: Path, folder: Path) -> None:
    """Give the draft its name, unless another program was first."""
    try:
        os.rename(draft, folder)  # noqa: PTH104 - never replaces a folder with something in it
    except OSError:
        shutil.rmtree(draft)
        if not folder.is_dir():
            raise


def _named(part: str) -> x509.Name:
    pairs = ((NameOID.ORGANIZATION_NAME, DEMONSTRATION), (NameOID.COMMON_NAME, _common(part)))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in pairs])


def _common(part: str) -> str:
    """A common name holds 64 characters at most."""
    return f"{DEMONSTRATION} ({part})"


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePrivateKey,
    issuer_key: EllipticCurvePrivateKey,
) -> x509.CertificateBuilder:
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(UNTIL)
        .add_extension(identifier, critical=False)
        .add_extension(authority, critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
