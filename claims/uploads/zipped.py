"""Files that are ZIPs: Office and OFD. Their table of contents is read; nothing is unpacked."""

import re
import struct
from collections.abc import Iterable
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from claims.uploads.forms import DOCX, OFD, TAKEN, XLSX, Form, not_taken

MEMBERS: Final = 2_000
"""Files in one."""
CONTENTS: Final = 1_000_000
"""Bytes of the table of contents."""
UNPACKED: Final = 200_000_000
"""Bytes that all members claim to be when unpacked."""
RATIO: Final = 200
"""How many times larger a member of more than `SMALL` bytes may claim to be."""
SMALL: Final = 1_000_000

_END: Final = struct.Struct("<4sHHHHIIH")
_MARK: Final = b"PK\x05\x06"
_LOCKED: Final = 0x1
_ACTS: Final = re.compile(
    r"vbaproject\.bin|activex|oleobject|/embeddings/|\.(exe|dll|com|bat|cmd|scr|js|vbs|ps1|jar|"
    r"zip|rar|7z)$",
    re.IGNORECASE,
)
_OF: Final = (
    (frozenset({"[Content_Types].xml", "xl/workbook.xml"}), XLSX),
    (frozenset({"[Content_Types].xml", "word/document.xml"}), DOCX),
    (frozenset({"OFD.xml"}), OFD),
)
"""Members that make the form."""


def zip_form(content: bytes) -> Form:
    """Return which form a ZIP is.

    Raises:
        Invalid: `form-not-taken`, `file-encrypted`, `file-active`, `file-too-deep`.
    """
    _check_whole(content)
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, struct.error):
        raise _broken() from None
    names = _names(members)
    _check_members(members)
    for wanted, form in _OF:
        if wanted <= names:
            return form
    raise not_taken("is a ZIP archive, which is not taken", f"send each file of it, as {TAKEN}")


def _check_whole(content: bytes) -> None:
    """Refuse what begins before or goes on behind the archive, and one that is made too large."""
    place = content.rfind(_MARK)
    if place < 0 or len(content) - place < _END.size:
        raise _broken()
    end = _END.unpack_from(content, place)
    _, _, _, _, count, size, offset, comment = end
    if offset + size != place or place + _END.size + comment != len(content):
        raise _broken()
    if count > MEMBERS or size > CONTENTS:
        raise _deep(f"holds {count} files, over {MEMBERS}" if count > MEMBERS else "is too full")


def _names(members: Iterable[ZipInfo]) -> frozenset[str]:
    names = [one.filename for one in members]
    if len({name.casefold() for name in names}) < len(names):
        raise not_taken("holds two files of one name", "save it anew")
    for name in names:
        outside = name.startswith("/") or ":" in name or "\\" in name
        if outside or ".." in name.split("/") or "\x00" in name:
            raise not_taken("holds a file that names a place outside", "save it anew")
    return frozenset(names)


def _check_members(members: Iterable[ZipInfo]) -> None:
    total = 0
    for one in members:
        total += one.file_size
        if one.flag_bits & _LOCKED:
            raise not_taken("is encrypted", "save it without a password", code="file-encrypted")
        if _ACTS.search(one.filename):
            cure = "save it without macros and embedded files, or print it to PDF"
            raise not_taken("holds macros or files inside", cure, code="file-active")
        if one.file_size > SMALL and one.file_size > RATIO * max(1, one.compress_size):
            raise _deep("unpacks without measure")
    if total > UNPACKED:
        raise _deep(f"unpacks to more than {UNPACKED} bytes")


def _broken() -> Exception:
    cure = "save it anew and send the whole of it"
    return not_taken("is a ZIP that is cut off or has something before or behind it", cure)


def _deep(problem: str) -> Exception:
    return not_taken(problem, "send less in one file, or print it to PDF", code="file-too-deep")
