"""A statement's bytes as rows of text: UTF-8 or GB18030, commas, semicolons or tabs."""

import csv
import io
from collections.abc import Iterable
from typing import Final

from claims.rules.transcript.workbook import is_workbook, workbook_rows
from kernel.errors import Fault, Invalid

MOST_BYTES: Final = 2_000_000
"""Bytes of a statement."""

MOST_ROWS: Final = 5_000
"""Rows of a statement: a line a day for more than ten years."""

MOST_COLUMNS: Final = 60
_MOST_CELL: Final = 1_000
_SEPARATORS: Final = (",", "\t", ";")
_BOM: Final = "\ufeff"

Rows = tuple[tuple[int, tuple[str, ...]], ...]
"""Number in the file, cells; rows without a word in them are left out."""


def rows_of(content: bytes) -> tuple[Rows, str]:
    """Return the rows of a file and what it is: `utf-8`, `gb18030` or `xlsx`.

    Raises:
        Invalid: it is empty, too long, of another encoding, or no table; one clear fault.
    """
    if len(content) > MOST_BYTES:
        raise _refused(f"has more than {MOST_BYTES:,} bytes", "send the lines of this loan only")
    if is_workbook(content):
        return _kept(workbook_rows(content, MOST_ROWS + 1)), "xlsx"
    text, encoding = _decoded(content)
    return _kept(_csv(text)), encoding


def _decoded(content: bytes) -> tuple[str, str]:
    if b"\0" in content:
        raise _refused("is no text: it holds zero bytes", "save it as CSV in UTF-8 or GB18030")
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding).removeprefix(_BOM), encoding
        except UnicodeDecodeError:
            continue
    raise _refused("is neither UTF-8 nor GB18030", "save it as CSV in one of the two")


def _csv(text: str) -> list[tuple[int, list[str]]]:
    head = text.lstrip().split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for row in rows:
            found.append((rows.line_num, row))
            if len(found) > MOST_ROWS + 1:
                break
    except csv.Error as error:
        raise _refused(f"line {rows.line_num} is no CSV: {error}", "close every quote") from None
    return found


def _kept(rows: Iterable[tuple[int, list[str]]]) -> Rows:
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, row in rows:
        cells = tuple(cell.strip().strip("\u3000") for cell in row)
        if any(cells):
            _check(number, cells)
            kept.append((number, cells))
    if not kept:
        raise _refused("is empty", "send the bank's statement of the loan account")
    if len(kept) > MOST_ROWS:
        raise _refused(f"has more than {MOST_ROWS:,} rows", "send the lines of this loan only")
    return tuple(kept)


def _check(number: int, cells: tuple[str, ...]) -> None:
    if len(cells) > MOST_COLUMNS or max(map(len, cells)) > _MOST_CELL:
        raise _refused(
            f"line {number} has more than {MOST_COLUMNS} columns or a cell above {_MOST_CELL}",
            "send the columns of the account only",
        )


def _refused(problem: str, cure: str) -> Invalid:
    return Invalid("transcript", Fault("file", problem, cure))
