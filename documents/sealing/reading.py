"""Reading a file that anybody may have sent: strictly, within bounds, without belief."""

import logging
import re
from dataclasses import dataclass
from typing import Any, Final

from pyhanko.pdf_utils.reader import PdfFileReader

from documents.sealing.bounds import DECODED, Metered, check_tables
from documents.sealing.leaks import attempted
from documents.sealing.verdict import Said

logging.getLogger("pyhanko").addHandler(logging.NullHandler())
"""What is wrong with a file is said in the verdict; standard error is not for its sender."""

LARGEST: Final = 20_000_000
"""Bytes of a file that is looked at; our papers have under a hundredth of it."""

FIELDS: Final = 16
"""Form fields that are looked at; a sealed paper has one."""

_HEAD: Final = re.compile(rb"%PDF-1\.[0-7]\r?\n")
_NOT_READ: Final = Said("the file cannot be read as a PDF", "文件无法作为PDF读取")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was read.

    Attributes:
        reader: pyHanko's view of it.
        pages: how many pages it says to have.
        signatures: every signature and document time stamp in it.
    """

    reader: Any
    pages: int
    signatures: tuple[Any, ...]


def read(content: bytes) -> Paper | Said:
    """Read a file, or say why it is no PDF of ours."""
    if len(content) > LARGEST:
        return Said(
            f"the file has {len(content)} bytes, over the limit of {LARGEST}",
            f"文件有{len(content)}字节，超过{LARGEST}字节的上限",
        )
    if not _HEAD.match(content):
        return Said("the file does not begin as a PDF does", "文件开头不是PDF")
    return attempted(lambda: _paper(content), *_NOT_READ)


def _paper(content: bytes) -> Paper | Said:
    stream = Metered(content)
    check_tables(stream)
    reader = PdfFileReader(stream, strict=True, decode_limits=DECODED)
    if reader.encrypted:
        return Said("the file is encrypted", "文件已加密")
    root = reader.root
    pages = int(root["/Pages"]["/Count"])
    fields = root["/AcroForm"]["/Fields"] if "/AcroForm" in root else []
    if len(fields) > FIELDS or any("/Kids" in one.get_object() for one in fields):
        return Said("its form is not a sealed paper's", "表单不是密封文件的表单")
    return Paper(reader, pages, tuple(reader.embedded_signatures))
