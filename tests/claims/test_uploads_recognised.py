"""What a file is, from its bytes: what is whole and harmless is taken, all else is refused."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from claims.uploads.forms import LARGEST
from claims.uploads.pdf import UNPACKED
from claims.uploads.recognise import recognise
from kernel.errors import Invalid

TYPES = "[Content_Types].xml"


def a_pdf(*, packed: bool = False, owner: str = "", **root: Mapping[str, str]) -> bytes:
    """A page by another maker, its objects packed or not."""
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    for name, value in root.items():
        said = {f"/{key}": _object(words) for key, words in value.items()}
        pdf.Root[f"/{name}"] = pdf.make_indirect(pikepdf.Dictionary(said))
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    locked = pikepdf.Encryption(owner=owner, user=owner) if owner else False
    pdf.save(out, object_stream_mode=mode, encryption=locked)
    return out.getvalue()


def _object(words: str) -> pikepdf.Object:
    return pikepdf.Name(words) if words.startswith("/") else pikepdf.String(words)


def a_zip(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def a_png(width: int = 1, height: int = 1) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    dots = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + dots + chunk(b"IEND", b"")


XLSX = {TYPES: b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
DOCX = {TYPES: b"<Types/>", "word/document.xml": b"<document/>"}


def part(kind: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes((0xFF, kind)) + struct.pack(">H", len(body) + 2) + body


def a_jpeg(width: int = 8, height: int = 8, *, scan: bytes = b"\x12\xff\x00\xff\xd0\x34") -> bytes:
    """Head, frame and one scan with a stuffed byte and a restart; as long as they are told."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    head = part(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    return b"".join((b"\xff\xd8", head, part(0xC0, frame),
                     part(0xDA, b"\x01\x01\x00\x00\x3f\x00"), scan, b"\xff\xd9"))  # fmt: skip


JPEG = a_jpeg()
PAGE = b"<!doctype html><script>alert(1)</script>"
SCRIPT = {"S": "/JavaScript", "JS": "app.alert(1)"}
LAUNCH = {"S": "/Launch", "F": "cmd.exe"}
FILES = {"Type": "/EmbeddedFile"}

TAKEN = {
    "PDF": (a_pdf(), "pdf"),
    "PDF with packed objects": (a_pdf(packed=True), "pdf"),
    "PNG": (a_png(), "png"),
    "JPEG": (JPEG, "jpg"),
    "JPEG with zeros behind": (JPEG + b"\x00" * 9, "jpg"),
    "JPEG with a second one behind": (JPEG + b"\x00\x00" + a_jpeg(4, 4), "jpg"),
    "XLSX": (a_zip(XLSX), "xlsx"),
    "DOCX": (a_zip(DOCX), "docx"),
    "OFD": (a_zip({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<d/>"}), "ofd"),
    "text": ("借款人逾期。".encode(), "txt"),
    "text with a mark": ("\ufeff逾期".encode(), "txt"),
    "text in GB18030": ("借款人逾期；余额 𠮷。".encode("gb18030"), "txt"),
    "CSV": ("日期,金额\n2026-03-11,1.00\n".encode(), "csv"),
    "CSV that begins like a BMP": (b"BM-2026-001,1.00\nBM-2026-002,2.00\n", "csv"),
    "text that begins like a program": (b"MZ2026 is the number of the loan\n", "txt"),
    "text that begins like a film": (b"RIFF is how the claim ends\n", "txt"),
    "text that begins like a GIF": (b"GIF87a is no form\n", "txt"),
    "text that begins like bzip2": (b"BZhen Zhou\n", "txt"),
    "text with a word of HEIC": (b"abcdftyp", "txt"),
    "CSV in GB18030": ("日期,金额\n2026-03-11,1.00\n".encode("gb18030"), "csv"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_whole_file_is_taken_for_what_it_is(name: str) -> None:
    content, code = TAKEN[name]
    form = recognise(content)
    assert form.code == code
    assert ("gb18030" in form.media_type) == ("GB18030" in name)


def _deep_pdf() -> bytes:
    """Objects that unpack to more than may be looked at."""
    body = zlib.compress(b"1 0 " + b" " * (UNPACKED + 10), 9)
    head = b"%%PDF-1.5\n1 0 obj <</Type /ObjStm /N 1 /First 4 /Length %d>>\nstream\n" % len(body)
    return head + body + b"\nendstream endobj\n%%EOF\n"


def _many_members() -> bytes:
    return a_zip({**XLSX, **{f"xl/{n}": b"" for n in range(2_100)}}, zipfile.ZIP_STORED)


def _lies() -> bytes:
    """A member that claims to be larger than all that may be unpacked, and cannot be opened."""
    packed = bytearray(a_zip(XLSX))
    place = packed.rfind(b"PK\x01\x02")
    packed[place + 24 : place + 28] = struct.pack("<I", 0xF0000000)
    return bytes(packed)


def _locked_member() -> bytes:
    packed = bytearray(a_zip(XLSX))
    packed[packed.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


PLAIN = a_pdf(OpenAction=SCRIPT)
REFUSED = {
    "nothing": (b"", "not-a-file"),
    "too long": (b"a" * (LARGEST + 1), "body-too-long"),
    "program": (b"MZ\x90\x00" + b"\x00" * 60, "form-not-taken"),
    "program for Linux": (b"\x7fELF\x02\x01\x01", "form-not-taken"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "form-not-taken"),
    "old Office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "form-not-taken"),
    "web page": (b"\xef\xbb\xbf  <!doctype html><script>1</script>", "form-not-taken"),
    "SVG": (b"<svg onload='alert(1)'/>", "form-not-taken"),
    "HEIC": (b"\x00\x00\x00\x18ftypheic" + b"\0" * 16, "form-not-taken"),
    "BMP": (b"BM\x36\x00\x00\x00\x00\x00", "form-not-taken"),
    "WebP": (b"RIFF\x1a\x00\x00\x00WEBPVP8 ", "form-not-taken"),
    "RTF": (b"{\\rtf1 words}", "form-not-taken"),
    "RAR": (b"Rar!\x1a\x07\x01\x00", "form-not-taken"),
    "gzip": (b"\x1f\x8b\x08" + b"\0" * 20, "form-not-taken"),
    "text with a bell": (b"a\x07b", "form-not-taken"),
    "noise": (bytes(range(256)), "form-not-taken"),
    "plain ZIP": (a_zip({"a.txt": b"a"}), "form-not-taken"),
    "ZIP cut off": (a_zip(XLSX)[:-5], "form-not-taken"),
    "ZIP with something behind": (a_zip(XLSX) + b"MZ", "form-not-taken"),
    "ZIP with a script before": (b"#!/bin/sh\n" + a_zip(XLSX), "file-two-forms"),
    "ZIP that climbs": (a_zip({**XLSX, "../../etc/passwd": b""}), "form-not-taken"),
    "ZIP with a drive": (a_zip({**XLSX, "C:\\x.dll": b""}), "form-not-taken"),
    "macros": (a_zip({**XLSX, "xl/vbaProject.bin": b"x"}), "file-active"),
    "program inside": (a_zip({**DOCX, "word/media/a.EXE": b"MZ"}), "file-active"),
    "ZIP inside": (a_zip({**DOCX, "word/a.zip": a_zip(XLSX)}), "file-active"),
    "locked member": (_locked_member(), "file-encrypted"),
    "bomb": (a_zip({**XLSX, "xl/b": b"\0" * 50_000_000}), "file-too-deep"),
    "bomb of many": (_many_members(), "file-too-deep"),
    "bomb that lies": (_lies(), "file-too-deep"),
    "PDF and ZIP": (a_pdf() + a_zip(XLSX), "file-two-forms"),
    "ZIP and PDF": (a_zip({"a%PDF-1.7": b"", **XLSX}, zipfile.ZIP_STORED), "file-two-forms"),
    "text and PDF": (b"a note\n" + a_pdf(), "file-two-forms"),
    "PNG and ZIP": (a_png() + a_zip(XLSX), "file-two-forms"),
    "PNG with more behind": (a_png() + b"more", "form-not-taken"),
    "PNG cut off": (a_png()[:-6], "form-not-taken"),
    "PNG as large as a field": (a_png(60_000, 60_000), "file-too-deep"),
    "JPEG cut off": (JPEG[:-2], "form-not-taken"),
    "page between the ends of a JPEG": (b"\xff\xd8\xff\xe0" + PAGE + b"\xff\xd9", "form-not-taken"),
    "JPEG with a page before its end": (JPEG[:-2] + b"\xff\xd9" + PAGE + b"\xff\xd9",
                                        "form-not-taken"),
    "JPEG with a page between its parts": (JPEG[:20] + PAGE + JPEG[20:], "form-not-taken"),
    "JPEG without a scan": (JPEG[:20] + b"\xff\xd9", "form-not-taken"),
    "JPEG whose scan is all filling": (a_jpeg(scan=b"\xff" * 5_000_000 + b"\x00")[:-2],
                                       "form-not-taken"),
    "JPEG of no height": (a_jpeg(8, 0), "form-not-taken"),
    "JPEG as large as a field": (a_jpeg(60_000, 60_000), "file-too-deep"),
    "JPEG whose second one is large": (JPEG + a_jpeg(60_000, 60_000), "file-too-deep"),
    "JPEG of too many parts": (JPEG[:2] + part(0xFE, b"") * 20_001 + JPEG[2:], "file-too-deep"),
    "PDF cut off": (a_pdf()[:-40], "form-not-taken"),
    "PDF with more behind": (a_pdf() + b"MZ program", "form-not-taken"),
    "locked PDF": (a_pdf(owner="secret"), "file-encrypted"),
    "PDF with a script": (PLAIN, "file-active"),
    "script that is packed": (a_pdf(packed=True, OpenAction=SCRIPT), "file-active"),
    "script under another spelling": (PLAIN.replace(b"/JavaScript", b"/J#61vaScript"),
                                      "file-active"),
    "PDF that starts a program": (a_pdf(packed=True, OpenAction=LAUNCH), "file-active"),
    "PDF with a file inside": (a_pdf(Extra=FILES), "file-active"),
    "packed objects that are none": (b"%PDF-1.5\n<</Type /ObjStm>>\nstream\nhello\n%%EOF\n",
                                     "file-active"),
    "packed objects under another spelling": (b"%PDF-1.5\n<</Type /Obj#53tm>>\nstream\n%%EOF\n",
                                              "file-active"),
    "PDF that bursts": (_deep_pdf(), "file-too-deep"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_named_with_its_cure(name: str) -> None:
    content, code = REFUSED[name]
    with pytest.raises(Invalid) as refused:
        recognise(content)
    assert refused.value.code == code, refused.value
    (fault,) = refused.value.faults
    assert fault.field == "file"
    assert fault.problem
    assert fault.cure


@given(st.sampled_from([content for content, _ in TAKEN.values()]), st.data())
def test_a_file_that_was_broken_is_taken_or_refused_and_never_breaks_us(
    content: bytes, drawn: st.DataObject
) -> None:
    place = drawn.draw(st.integers(0, len(content) - 1))
    piece = drawn.draw(st.binary(max_size=8))
    broken = content[:place] + piece + content[place + drawn.draw(st.integers(0, 8)) :]
    try:
        code = recognise(broken).code
    except Invalid as refused:
        code = refused.code
    assert code


@given(st.binary(max_size=400))
def test_noise_is_refused_or_is_text(content: bytes) -> None:
    try:
        form = recognise(content)
    except Invalid:
        return
    assert form.code in ("txt", "csv")
    assert b"\0" not in content


def test_what_is_no_text_is_refused_by_its_name() -> None:
    named = {"program": "program for Windows", "BMP": "BMP", "WebP": "WebP", "HEIC": "HEIC"}
    for name, word in named.items():
        with pytest.raises(Invalid, match=word):
            recognise(REFUSED[name][0])


def test_a_picture_as_another_maker_saves_it_is_taken() -> None:
    for plain in ({}, {"progressive": True}, {"restart_marker_rows": 1}):
        out = io.BytesIO()
        Image.effect_noise((200, 120), 60).save(out, "JPEG", comment=b"\xff\xd9", **plain)
        assert recognise(out.getvalue()).code == "jpg"
