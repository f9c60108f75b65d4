"""The house's own key and chain, read from a folder; each fault names the file and its cure."""

from pathlib import Path
from typing import Final, NoReturn

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID

from documents.sealing.signer import DEMONSTRATION, KeyHolder
from kernel.errors import invalid

KEY: Final = "key.pem"
CHAIN: Final = "chain.pem"
STAMP: Final = "stamp.pem"
EARLIER: Final = "trusted.pem"


def read_signer(folder: Path, timestamp_url: str | None = None) -> KeyHolder:
    """Read `key.pem` (P-256, not locked) and `chain.pem` (signer first, root last).

    With a stamp service, `stamp.pem` holds the roots that its stamps are checked against.
    A letter outlives the key that signed it: `trusted.pem`, where it is there, holds the roots
    of earlier keys.

    Raises `Invalid` with code `signing-key`, naming the file, what is wrong and the cure.
    """
    key = _key(folder / KEY)
    chain = _certificates(folder / CHAIN)
    _check_leaf(folder / CHAIN, chain[0], key)
    _check_links(folder / CHAIN, chain)
    others = _certificates(folder / STAMP) if timestamp_url else []
    if (folder / EARLIER).exists():
        others += _certificates(folder / EARLIER)
    der = [one.public_bytes(Encoding.DER) for one in chain]
    roots = (der[-1], *(one.public_bytes(Encoding.DER) for one in others))
    return KeyHolder(
        serial=f"{chain[0].serial_number:x}",
        name=_common_name(folder / CHAIN, chain[0]),
        demonstration=DEMONSTRATION in chain[-1].subject.rfc4514_string().replace("\\", ""),
        certificates=tuple(der[:-1]) or tuple(der),
        roots=roots,
        key=key,
        timestamp_url=timestamp_url,
    )


def _refuse(path: Path, problem: str, cure: str) -> NoReturn:
    raise invalid(str(path), problem, cure, code="signing-key")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        _refuse(path, f"cannot be read ({fault.strerror})", "put the file there, readable by us")


def _key(path: Path) -> EllipticCurvePrivateKey:
    cure = "give a PEM private key on the curve P-256 (prime256v1), PKCS #8"
    try:
        key = load_pem_private_key(_read(path), password=None)
    except TypeError:
        _refuse(path, "is locked by a passphrase", "store it unlocked, readable by us alone")
    except (ValueError, UnsupportedAlgorithm):
        _refuse(path, "holds no private key that can be read", cure)
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        _refuse(path, "is not a key on the curve P-256", cure)
    return key


def _certificates(path: Path) -> list[x509.Certificate]:
    content = _read(path)
    try:
        return x509.load_pem_x509_certificates(content)
    except ValueError:
        _refuse(path, "holds no certificates that can be read", "give PEM, one after another")


def _check_leaf(path: Path, leaf: x509.Certificate, key: EllipticCurvePrivateKey) -> None:
    public = leaf.public_key()
    if not isinstance(public, EllipticCurvePublicKey) or public != key.public_key():
        _refuse(path, f"its first certificate is not of {KEY}", "put the key's certificate first")
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        _refuse(path, "its first certificate states no key usage", "ask for digitalSignature")
    if not usage.digital_signature:
        _refuse(path, "its first certificate may not sign", "ask for usage digitalSignature")


def _check_links(path: Path, chain: list[x509.Certificate]) -> None:
    """Each certificate is issued by the next, and the last by itself."""
    for number, (one, issuer) in enumerate(zip(chain, [*chain[1:], chain[-1]], strict=True), 1):
        try:
            one.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature):
            problem = f"certificate {number} is not issued by the one after it"
            last = "the last of the file is not a root" if number == len(chain) else problem
            _refuse(path, last, "give signer, its issuers in order, and the root last")
    for number, issuer in enumerate(chain[1:], start=2):
        if not _may_issue(issuer):
            _refuse(path, f"certificate {number} may not issue others", "give the true issuer's")


def _may_issue(issuer: x509.Certificate) -> bool:
    try:
        return issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _common_name(path: Path, leaf: x509.Certificate) -> str:
    names = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if not names:
        _refuse(path, "its first certificate has no common name", "ask for one with a name")
    return str(names[0].value)
