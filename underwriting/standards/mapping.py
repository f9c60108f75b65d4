"""Where each field of a letter stands in MT760 and in tsrv.001: `mapping.toml`, read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Way = Literal["mt", "tsrv"]
WAYS: Final[tuple[Way, ...]] = ("mt", "tsrv")
Kind = Literal["text", "code", "codes", "flag", "number", "day", "fraction", "money"]


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a letter and where messages carry it.

    Attributes:
        field: dotted path in `LetterTerms`; `[]` marks each item of a list.
        label: its name where several fields share one text; at most 8 characters.
        kind: how it is written as text.
        optional: may it be missing?
        mt: tag of MT760; None where it is not carried.
        own: has it a tag of its own, in a form that the tag prescribes?
        tsrv: element of tsrv.001; None where it is not carried.
        not_mt: why MT760 does not carry it.
        not_tsrv: why tsrv.001 does not carry it.
    """

    field: str
    label: str
    kind: Kind
    optional: bool = False
    mt: str | None = None
    own: bool = False
    tsrv: str | None = None
    not_mt: str | None = None
    not_tsrv: str | None = None

    @property
    def listed(self) -> str | None:
        """The list that the field belongs to, or None."""
        return self.field.partition("[]")[0] if "[]" in self.field else None

    def carried(self, way: Way) -> bool:
        """Does a message of that family carry it?"""
        return (self.mt if way == "mt" else self.tsrv) is not None


@cache
def rows() -> tuple[Row, ...]:
    """Return the table, in the order written."""
    text = (files(__package__) / "mapping.toml").read_text(encoding="utf-8")
    return tuple(Row(**row) for row in tomllib.loads(text)["fields"])


@cache
def by_label() -> dict[str, Row]:
    """Return the rows by label."""
    return {row.label: row for row in rows() if row.label}


@cache
def first_of_list(way: Way, listed: str) -> Row:
    """Return the row that begins an item of a list."""
    return next(row for row in rows() if row.listed == listed and row.carried(way))
