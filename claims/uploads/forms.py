"""The forms in which a paper may come, and those that are known and not taken."""

from dataclasses import dataclass
from typing import Final

from kernel.errors import Fault, Invalid

LARGEST: Final = 20_000_000
"""Bytes of one paper."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file.

    Attributes:
        code: stable, for programs; also how a name ends.
        media_type: as it is handed out again.
    """

    code: str
    media_type: str


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
PDF: Final = Form("pdf", "application/pdf")
PNG: Final = Form("png", "image/png")
JPEG: Final = Form("jpg", "image/jpeg")
XLSX: Final = Form("xlsx", f"{_OFFICE}.spreadsheetml.sheet")
DOCX: Final = Form("docx", f"{_OFFICE}.wordprocessingml.document")
OFD: Final = Form("ofd", "application/ofd")
TXT: Final = Form("txt", "text/plain; charset=utf-8")
TXT_GB: Final = Form("txt", "text/plain; charset=gb18030")
CSV: Final = Form("csv", "text/csv; charset=utf-8")
CSV_GB: Final = Form("csv", "text/csv; charset=gb18030")
TAKEN: Final = "PDF, PNG, JPEG, XLSX, DOCX, OFD, or CSV or text in UTF-8 or GB18030"

_NOT_TAKEN: Final = (
    (b"MZ", "a program for Windows", "send the paper itself"),
    (b"\x7fELF", "a program", "send the paper itself"),
    (b"\xca\xfe\xba\xbe", "a program", "send the paper itself"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office file of the old kind",
     "save it as XLSX or DOCX, or print it to PDF"),
    (b"Rar!\x1a\x07", "a RAR archive", "send each file of it as a paper"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "send each file of it as a paper"),
    (b"\x1f\x8b", "a gzip file", "send it unpacked"),
    (b"BZh", "a bzip2 file", "send it unpacked"),
    (b"\xfd7zXZ\x00", "an xz file", "send it unpacked"),
    (b"GIF8", "a GIF picture", "save it as PNG"),
    (b"BM", "a BMP picture", "save it as PNG"),
    (b"II*\x00", "a TIFF picture", "save it as PDF or PNG"),
    (b"MM\x00*", "a TIFF picture", "save it as PDF or PNG"),
    (b"RIFF", "a WebP picture, a sound or a film", "save it as PNG"),
)  # fmt: skip
"""How a file begins that is no text, what it is, what to do instead."""
_TEXT_NOT_TAKEN: Final = (
    (b"#!", "a script", "send the paper itself"),
    (b"{\\rtf", "an RTF text", "save it as DOCX or PDF"),
    (b"<", "a page or picture of the web (HTML, SVG, XML)", "print it to PDF"),
)
"""The same of a text that a program would act on."""


def not_taken(problem: str, cure: str, *, code: str = "form-not-taken") -> Invalid:
    """Build the refusal of a file."""
    return Invalid(code, Fault("file", problem, cure))


def check_known_text(content: bytes) -> None:
    """Refuse by its name a text of a form that is known and not taken.

    Raises:
        Invalid: `form-not-taken`.
    """
    _check_marks(content, _TEXT_NOT_TAKEN)


def check_known(content: bytes) -> None:
    """Refuse by its name a form that is known and not taken; the file is no text.

    Some marks are letters: a text may begin with them and is a text all the same.

    Raises:
        Invalid: `form-not-taken`.
    """
    _check_marks(content, _NOT_TAKEN)
    if content[4:8] == b"ftyp":
        raise not_taken("is a HEIC picture or a film, which is not taken", "save it as JPEG or PDF")


def _check_marks(content: bytes, marks: tuple[tuple[bytes, str, str], ...]) -> None:
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, name, cure in marks:
        if start.startswith(mark):
            raise not_taken(f"is {name}, which is not taken", cure)
