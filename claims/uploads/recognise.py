"""What a file is, from its bytes alone: no name and no header of it is believed."""

import csv
import re
from io import BytesIO
from typing import Final
from zipfile import is_zipfile

from claims.uploads.forms import (
    CSV,
    CSV_GB,
    JPEG,
    LARGEST,
    PDF,
    PNG,
    TAKEN,
    TXT,
    TXT_GB,
    Form,
    check_known,
    check_known_text,
    not_taken,
)
from claims.uploads.jpeg import JPEG_HEAD, check_jpeg
from claims.uploads.pdf import check_pdf
from claims.uploads.pictures import PNG_HEAD, check_png
from claims.uploads.zipped import zip_form

_PDF_HEAD: Final = b"%PDF-"
_ZIP_HEAD: Final = b"PK\x03\x04"
_LOOKED_AT: Final = 1_024
"""Bytes within which readers of PDF look for a beginning."""
_HIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff]")
_ROWS: Final = 3


def recognise(content: bytes) -> Form:
    """Return what a file is.

    Raises:
        Invalid: `not-a-file`, `body-too-long`; or it is of a form that is not taken, two forms at
            once, locked, active, or unpacks without measure: `form-not-taken`, `file-two-forms`,
            `file-encrypted`, `file-active`, `file-too-deep`; each names the file and a cure.
    """
    if not content:
        raise not_taken("is empty", "send the paper itself as the body", code="not-a-file")
    if len(content) > LARGEST:
        cure = "scan it in fewer colours, or send it in parts"
        raise not_taken(f"is longer than {LARGEST} bytes", cure, code="body-too-long")
    if content.startswith(_ZIP_HEAD):
        _check_one_form(content, zipped=True)
        return zip_form(content)
    _check_one_form(content, zipped=False)
    if content.startswith(_PDF_HEAD):
        check_pdf(content)
        return PDF
    if content.startswith(PNG_HEAD):
        check_png(content)
        return PNG
    if content.startswith(JPEG_HEAD):
        check_jpeg(content)
        return JPEG
    check_known_text(content)
    form = _text_form(content)
    if form is None:
        check_known(content)
        raise not_taken("is of no form that is taken", f"send {TAKEN}")
    return form


def _check_one_form(content: bytes, *, zipped: bool) -> None:
    """Refuse a file that is another one to another reader."""
    other = content.find(_PDF_HEAD, 1, _LOOKED_AT + len(_PDF_HEAD)) > 0
    if other or (not zipped and is_zipfile(BytesIO(content))):
        cure = "send the one paper, saved anew"
        raise not_taken("is two forms of file at once", cure, code="file-two-forms")


def _text_form(content: bytes) -> Form | None:
    """Return which text it is; None where it is none."""
    for encoding, plain, rows in (("utf-8-sig", TXT, CSV), ("gb18030", TXT_GB, CSV_GB)):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _HIDDEN.search(text):
            return rows if _in_columns(text) else plain
    return None


def _in_columns(text: str) -> bool:
    """Say whether the first lines have columns, and as many each."""
    try:
        lines = list(csv.reader(text.splitlines()[:_ROWS], strict=True))
    except csv.Error:
        return False
    widths = {len(line) for line in lines}
    return len(lines) > 1 and len(widths) == 1 and widths.pop() > 1
