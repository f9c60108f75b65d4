"""Attacks on a sealed letter, each made the way an attacker makes it, without our key."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import cms, core
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

END = datetime(2036, 1, 1, tzinfo=UTC)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _updated(letter: bytes, change: Callable[[Any], None]) -> bytes:
    """Append a revision, as any editor does."""
    writer = IncrementalPdfFileWriter(BytesIO(letter), strict=False)
    change(writer)
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(letter)
    return out.getvalue()


def replaced_content(letter: bytes) -> bytes:
    """The amount is painted anew in a later revision."""

    def change(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        other = generic.StreamObject(stream_data=b"BT (CNY 9,999,999.00) Tj ET")
        page[pdf_name("/Contents")] = writer.add_object(other)
        writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))

    return _updated(letter, change)


def overlay(letter: bytes) -> bytes:
    """A white box with other words is laid over the page, as an annotation."""

    def change(writer: Any) -> None:
        note = {
            "/Type": pdf_name("/Annot"),
            "/Subtype": pdf_name("/FreeText"),
            "/Rect": generic.ArrayObject(map(generic.NumberObject, (50, 500, 500, 700))),
            "/Contents": generic.TextStringObject("CNY 9,999,999.00"),
        }
        made = generic.DictionaryObject({pdf_name(key): one for key, one in note.items()})
        reference = writer.root["/Pages"]["/Kids"].raw_get(0)
        writer.root["/Pages"]["/Kids"][0]["/Annots"].append(writer.add_object(made))
        writer.mark_update(reference)

    return _updated(letter, change)


def shadow_hide(letter: bytes) -> bytes:
    """What was shown at signing is hidden: the page loses its contents to an empty stream."""

    def change(writer: Any) -> None:
        reference = writer.root["/Pages"]["/Kids"][0].raw_get("/Contents").reference
        writer.objects[(0, reference.idnum)] = generic.StreamObject(stream_data=b"")

    return _updated(letter, change)


def shadow_replace(letter: bytes) -> bytes:
    """Only a table of contents is appended: objects that were signed change places."""
    first, second = (one.start() for one in list(re.finditer(rb"\n\d+ 0 obj", letter))[:2])
    previous = int(re.findall(rb"startxref\s+(\d+)", letter)[-1])
    size, root = re.findall(rb"/Size (\d+)", letter)[-1], re.findall(rb"/Root (\d+)", letter)[-1]
    table = b"xref\n14 2\n%010d 00000 n \n%010d 00000 n \n" % (second + 1, first + 1)
    trailer = b"trailer\n<< /Size %b /Root %b 0 R /Prev %d >>\n" % (size, root, previous)
    return letter + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(letter)


def swapped_attachment(letter: bytes) -> bytes:
    """The attached figures are replaced in a later revision."""

    def change(writer: Any) -> None:
        names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
        file = names[1]["/EF"].raw_get("/F").reference
        other = generic.StreamObject(stream_data=b'{"amount": "9999999.00"}')
        writer.objects[(0, file.idnum)] = other

    return _updated(letter, change)


def attachment_in_place(letter: bytes) -> bytes:
    """The attached figures are overwritten where they stand."""
    at = letter.index(b"/EmbeddedFile")
    start = letter.index(b"stream", at) + 10
    return (
        letter[:start]
        + bytes(one ^ 0x55 for one in letter[start : start + 8])
        + letter[start + 8 :]
    )


def rebuilt(letter: bytes) -> bytes:
    """The letter without its signature, as a new file of one revision."""
    with pikepdf.open(BytesIO(letter)) as pdf:
        del pdf.Root.AcroForm
        del pdf.Root.Perms
        for page in pdf.pages:
            if "/Annots" in page:
                del page.Annots
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def older_part(letter: bytes) -> bytes:
    """The file cut back to what it was before it was signed."""
    start = letter.rindex(b"/Contents <")
    return letter[: letter.rindex(b"%%EOF", 0, start) + 6]


def hole(letter: bytes) -> tuple[int, int]:
    """Where the hexadecimal digits of the container begin and end."""
    start = letter.rindex(b"/Contents <") + 11
    return start, letter.index(b">", start)


def with_range(letter: bytes, *numbers: int) -> bytes:
    """The same file with another byte range."""
    old = re.search(rb"/ByteRange \[[0-9 ]+\] *", letter)
    new = b"/ByteRange [%d %d %d %d]" % numbers
    return letter[: old.start()] + new.ljust(len(old[0])) + letter[old.end() :]


def enlarged_hole(letter: bytes) -> bytes:
    """What stands behind the container is left out as well, and more is put there."""
    start, end = hole(letter)
    words = b"/Reason (CNY 9,999,999.00) "
    longer = letter[: end + 1] + words + letter[end + 1 :]
    second = end + 1 + len(words)
    return with_range(longer, 0, start - 1, second, len(longer) - second)


def wrapped(letter: bytes) -> bytes:
    """The second range is moved behind other content: the digest stays right."""
    start, end = hole(letter)
    rest = letter[end + 1 :]
    fake = b">\nendobj\n99 0 obj\n<< /Evil true >>\nendobj\n"
    longer = letter[: end + 1] + fake + rest
    return with_range(longer, 0, start - 1, end + 1 + len(fake), len(rest))


def filled_padding(letter: bytes) -> bytes:
    """Something is put into the zeros behind the container."""
    _, end = hole(letter)
    return letter[: end - 40] + b"48454C4C4F" * 4 + letter[end:]


def _recontained(letter: bytes, change: Callable[[Any], None]) -> bytes:
    """The container is opened, changed where nothing is signed, and put back."""
    start, end = hole(letter)
    container = cms.ContentInfo.load(bytes.fromhex(letter[start:end].decode()))
    change(container["content"])
    der = container.dump(force=True)
    digits = der.hex().upper().encode().ljust(end - start, b"0")
    assert len(digits) == end - start
    return letter[:start] + digits + letter[end:]


def other_signature(letter: bytes) -> bytes:
    """ECDSA has two signatures that verify alike: the other one."""

    def change(inner: Any) -> None:
        info = inner["signer_infos"][0]
        r, s = decode_dss_signature(info["signature"].native)
        info["signature"] = encode_dss_signature(r, ORDER - s)

    return _recontained(letter, change)


def unsigned_attribute(letter: bytes) -> bytes:
    """An attribute is added where the signature does not reach."""

    def change(inner: Any) -> None:
        other = {"type": "content_hint", "values": [core.OctetString(b"CNY 9,999,999.00")]}
        note = cms.CMSAttribute({"type": "1.2.3.4", "values": other["values"]})
        inner["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([note])

    return _recontained(letter, change)


def _small_certificate() -> bytes:
    """Some 240 bytes, so that it fits into the room that a signature leaves whatever its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "X")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, start, END)
    return made.sign(key, SHA256()).public_bytes(Encoding.DER)


def extra_certificate(letter: bytes) -> bytes:
    """A certificate that nobody named is put beside the signer's."""

    def change(inner: Any) -> None:
        inner["certificates"].append(
            cms.CertificateChoices("certificate", cms.Certificate.load(_small_certificate()))
        )

    return _recontained(letter, change)


def lower_case(letter: bytes) -> bytes:
    """The same container in small letters: another file with the same signature."""
    start, end = hole(letter)
    return letter[:start] + letter[start:end].lower() + letter[end:]


def emptied(letter: bytes) -> bytes:
    """The container is nothing but zeros."""
    start, end = hole(letter)
    return letter[:start] + b"0" * (end - start) + letter[end:]


def without_certification(letter: bytes) -> bytes:
    """The catalog no longer says that the paper is certified."""
    return letter.replace(b"/Perms", b"/Qerms")


def weaker_certification(letter: bytes) -> bytes:
    """Filling in forms is permitted."""
    return letter.replace(b"/P 1\n", b"/P 2\n")
