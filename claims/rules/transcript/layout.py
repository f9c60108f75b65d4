"""Where what stands in a statement: its heading row, and what its entries are called."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from claims.rules.transcript.sheet import Rows
from kernel.errors import Fault, Invalid

COLUMNS: Final = ("date", "kind", "debit", "credit", "balance")
"""Columns of the documented layout; the balance may be left out."""

MUST: Final = COLUMNS[:4]
TOTAL: Final = "total"
SUBTOTAL: Final = "subtotal"
"""Of a page or a month: it is neither a line of the account nor the total of all."""

_SEARCHED: Final = 20
_LEFT_OUT: Final = str.maketrans("", "", " \u3000()（）【】[]:：元_-")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where what stands.

    Attributes:
        heading: number of the heading row in the file.
        places: column -> its place in a row, from nought.
    """

    heading: int
    places: Mapping[str, int]

    def cell(self, row: tuple[str, ...], column: str) -> str:
        """Return a cell; empty where the row is shorter or has no such column."""
        place = self.places.get(column)
        return row[place] if place is not None and place < len(row) else ""


def layout_of(rows: Rows, renamed: Mapping[str, str]) -> Layout:
    """Find the heading row among the first rows of a statement.

    Args:
        rows: of the file.
        renamed: column -> its heading in this file, where the bank calls it otherwise.

    Raises:
        Invalid: a column is not found, is found twice, or is renamed that is none.
    """
    for name in renamed:
        if name not in COLUMNS:
            cure = f"rename one of {', '.join(COLUMNS)}"
            raise Invalid("transcript", Fault(f"columns.{name}", "is no column", cure))
    wanted = {name: _names(name, renamed) for name in COLUMNS}
    best: tuple[int, tuple[str, ...]] = rows[0]
    for number, row in rows[:_SEARCHED]:
        found = {name for name in MUST if any(plain(cell) in wanted[name] for cell in row)}
        if found == set(MUST):
            return Layout(number, _placed(row, wanted))
        if len(found) > sum(any(plain(c) in wanted[name] for c in best[1]) for name in MUST):
            best = (number, row)
    missing = [name for name in MUST if not any(plain(c) in wanted[name] for c in best[1])]
    problem = f"no row of the first {_SEARCHED} is headed with {', '.join(missing)}"
    cure = f"head the columns {', '.join(COLUMNS)}, or say with `columns` what they are called"
    raise Invalid("transcript", Fault("file", problem, cure))


def kind_named(text: str) -> str | None:
    """Return the kind of a line by what the bank calls it; None where it is not known.

    >>> kind_named("罚息"), kind_named("合计"), kind_named("小计"), kind_named("?")
    ('penalty', 'total', 'subtotal', None)
    """
    return _kinds().get(plain(text))


def plain(text: str) -> str:
    """Return a heading without spaces, brackets and letter case."""
    return text.translate(_LEFT_OUT).casefold()


def _names(column: str, renamed: Mapping[str, str]) -> frozenset[str]:
    if column in renamed:
        return frozenset((plain(renamed[column]),))
    return frozenset(map(plain, _table()["columns"][column]))


def _placed(row: tuple[str, ...], wanted: Mapping[str, frozenset[str]]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        for name, names in wanted.items():
            if plain(cell) in names:
                if name in places:
                    problem = f"two columns are headed as {name}"
                    cure = "say with `columns` which one it is"
                    raise Invalid("transcript", Fault("file", problem, cure))
                places[name] = place
    return places


@cache
def _kinds() -> dict[str, str]:
    return {plain(name): kind for kind, names in _table()["kinds"].items() for name in names}


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    text = (files(__package__) / "columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
