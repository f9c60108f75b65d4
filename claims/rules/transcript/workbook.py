"""The first sheet of an XLSX workbook as rows of text (ECMA-376 part 1, SpreadsheetML).

Formulas are refused, whatever they came to; so is a workbook that unpacks to much more than it is.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Final
from xml.etree import ElementTree as ET

from kernel.errors import Fault, Invalid

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MOST_PART: Final = 40_000_000
_EPOCH: Final = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 32874, 73415
_PLACE: Final = re.compile(r"([A-Z]{1,3})[0-9]+", re.ASCII)
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
_LETTERS: Final = 26
_MOST_COLUMN: Final = 60
_SHEET: Final = "xl/worksheets/sheet1.xml"
_TEXTS: Final = "xl/sharedStrings.xml"
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, KeyError, ET.ParseError, NotImplementedError,
                  ValueError, IndexError, EOFError, RuntimeError)  # fmt: skip
"""What the two libraries raise on a workbook that is broken or made to hurt."""


def is_workbook(content: bytes) -> bool:
    """Say whether a file is a ZIP archive, as every XLSX workbook is."""
    return content.startswith(b"PK\x03\x04")


def workbook_rows(content: bytes, most: int) -> list[tuple[int, list[str]]]:
    """Return the rows of the first sheet with their numbers in it, at most so many.

    A number is the shortest decimal, without exponent: Excel writes the nearest binary fraction in
    17 digits (1.1 as 1.1000000000000001), or 1.1E7. A number of a column whose heading speaks of a
    day stands as Excel's count of days; it is read as a day where it can be one.

    Raises:
        Invalid: it is no workbook, or holds a formula.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = set(book.namelist())
            texts = _texts(_part(book, _TEXTS)) if _TEXTS in names else []
            return list(_rows(_part(book, _SHEET), texts, most))
    except _BROKEN as error:
        problem = f"is no workbook that can be read: {type(error).__name__}"
        raise _refused(problem, "save it again as XLSX, or as CSV") from None


def day_of_serial(text: str) -> str:
    """Return Excel's count of days as a day; other text as it is.

    >>> day_of_serial("46083"), day_of_serial("2026-03-02"), day_of_serial("7")
    ('2026-03-02', '2026-03-02', '7')
    """
    if text.isascii() and text.isdigit() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return (_EPOCH + timedelta(days=int(text))).isoformat()
    return text


def _part(book: zipfile.ZipFile, name: str) -> ET.Element:
    """Return a part of the workbook; sizes are as read, not as stated."""
    with book.open(name) as stream:
        content = stream.read(_MOST_PART + 1)
    if len(content) > _MOST_PART:
        raise _refused("unpacks to more than a statement is", "send the lines of this loan only")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _refused("declares entities", "save it again as XLSX, or as CSV")
    return ET.fromstring(content)  # noqa: S314 - without a DOCTYPE nothing can be expanded


def _texts(root: ET.Element) -> list[str]:
    return ["".join(one.text or "" for one in item.iter(f"{_MAIN}t")) for item in root]


def _rows(root: ET.Element, texts: list[str], most: int) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of each row; Excel leaves out rows that are empty."""
    last = 0
    for row in islice(root.iter(f"{_MAIN}row"), most):
        number = int(row.get("r") or last + 1)
        if number <= last:
            raise ValueError("rows stand in their order")
        last = number
        cells: dict[int, str] = {}
        for place, cell in enumerate(row.iter(f"{_MAIN}c")):
            column = _column(cell.get("r"), place)
            if column < _MOST_COLUMN:
                cells[column] = _cell(cell, texts)
        yield number, [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]


def _cell(cell: ET.Element, texts: list[str]) -> str:
    if cell.find(f"{_MAIN}f") is not None:
        where = cell.get("r") or "a cell"
        raise _refused(f"{where} is a formula", "state the figures themselves")
    if cell.get("t") == "inlineStr":
        return "".join(one.text or "" for one in cell.iter(f"{_MAIN}t"))
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s":
        return texts[int(value)]
    return _number(value) if cell.get("t", "n") == "n" else value


def _number(value: str) -> str:
    """Return a number by the shortest decimal that is the same binary fraction.

    >>> [_number(one) for one in ("1.1000000000000001", "1.1E7", "46027.0", "x")]
    ['1.1', '11000000', '46027', 'x']
    """
    if not _NUMBER.fullmatch(value):
        return value
    number = float(value)
    return f"{number:.0f}" if number.is_integer() else format(Decimal(repr(number)), "f")


def _column(place: str | None, nth: int) -> int:
    found = _PLACE.fullmatch(place or "")
    if not found:
        return nth
    column = 0
    for letter in found[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return column - 1


def _refused(problem: str, cure: str) -> Invalid:
    return Invalid("transcript", Fault("file", problem, cure))
