"""The macro or vintage overlay: a dated, bounded, signed judgement of the level of default.

A fit ranks borrowers well for years, but the level moves with the economy. An overlay states by
which factor the odds of default differ in a period, who said so and why. It is never assumed:
for a day without an entry the answer is "none", and a figure beyond the bounds is refused.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import inf
from typing import Any, Self

from kernel.errors import Fault, Invalid, invalid
from models.borrower.entry import Entry, Link, read_entry

NONE = "none"
BOUNDS = (0.25, 4.0)
"""Odds multipliers beyond these are refused unless the file states other bounds."""
_KEYS = {"title", "bounds", "gaps", "link", "entries"}


@dataclass(frozen=True, slots=True)
class Applied:
    """What an overlay says of one day.

    Attributes:
        day: business date asked for.
        entry: the entry in force; None says that none is.
    """

    day: date
    entry: Entry | None

    def pd(self, pd: float) -> float:
        """Return m p / (1 - p + m p); the PD itself where no entry is in force.

        Odds are multiplied, so a probability stays one, and ranks stay.
        """
        if self.entry is None:
            return pd
        risen = self.entry.multiplier * pd
        return risen / (1.0 - pd + risen)

    def json(self) -> dict[str, Any]:
        """What the receipt says: `"overlay": "none"`, or the entry in full."""
        return {"overlay": NONE if self.entry is None else self.entry.json()}


@dataclass(frozen=True, slots=True)
class Overlay:
    """Entries in order of time.

    Attributes:
        title: what it is.
        entries: by their first day; no two share a day.
        bounds: least and greatest odds multiplier.
        gaps: `none`: a day without an entry has no overlay, and the answer says so; `refuse`:
            such a day is refused.
    """

    title: str
    entries: tuple[Entry, ...]
    bounds: tuple[float, float] = BOUNDS
    gaps: str = NONE

    @classmethod
    def empty(cls) -> Self:
        """Return the overlay that states nothing: every answer says `none`."""
        return cls("none stated", ())

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Read an overlay from JSON or TOML values.

        Raises:
            Invalid: naming each field that is wrong, and its cure.
        """
        faults = [
            Fault(f"overlay.{key}", "is unknown", f"use {', '.join(sorted(_KEYS))}")
            for key in sorted(fields.keys() - _KEYS)
        ]
        bounds = _bounds(fields.get("bounds", list(BOUNDS)), faults)
        gaps = fields.get("gaps", NONE)
        if gaps not in (NONE, "refuse"):
            faults.append(Fault("overlay.gaps", f"{gaps!r} is unknown", "use none or refuse"))
        link = Link.read(fields["link"], faults) if "link" in fields else None
        entries = [
            read_entry(row, f"overlay.entries[{place}]", link, faults)
            for place, row in enumerate(_rows(fields, faults))
        ]
        read = sorted((entry for entry in entries if entry), key=lambda entry: entry.start)
        _check(read, bounds, faults)
        if faults:
            raise Invalid("overlay", *faults)
        return cls(str(fields.get("title", "")), tuple(read), bounds, gaps)

    def at(self, day: date) -> Applied:
        """Return what is in force on `day`.

        Raises:
            Invalid: nothing is, and gaps are refused.
        """
        for entry in self.entries:
            if entry.start <= day <= entry.end:
                return Applied(day, entry)
        if self.gaps == "refuse":
            cure = "add an entry for that day, or set gaps to none"
            raise invalid("overlay.entries", f"none is in force on {day}", cure, code="no-overlay")
        return Applied(day, None)

    def json(self) -> dict[str, Any]:
        """The overlay as it is frozen into a receipt; `of` reads it again."""
        return {
            "title": self.title,
            "bounds": list(self.bounds),
            "gaps": self.gaps,
            "entries": [entry.json() for entry in self.entries],
        }


def read_overlay(text: str) -> Overlay:
    """Read an overlay from TOML text.

    Raises:
        Invalid: the text is no TOML, or a field is wrong.

    >>> text = '''
    ... [[entries]]
    ... from = 2026-01-01
    ... to = 2026-12-31
    ... odds_multiplier = 1.5
    ... source = "loan losses of the region, Q4"
    ... author = "risk committee"
    ... reason = "export orders fell"
    ... '''
    >>> overlay = read_overlay(text)
    >>> round(overlay.at(date(2026, 7, 1)).pd(0.04), 6)
    0.058824
    >>> overlay.at(date(2027, 1, 1)).json()
    {'overlay': 'none'}
    """
    try:
        fields = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise invalid("overlay", f"is no TOML: {error}", "mend the line named") from None
    return Overlay.of(fields)


def _bounds(value: Any, faults: list[Fault]) -> tuple[float, float]:
    """Read the bounds: they hold 1, and they are a range."""
    numbers = isinstance(value, list | tuple) and all(
        isinstance(x, int | float) and not isinstance(x, bool) for x in value
    )
    if not numbers or len(value) != 2 or not 0.0 < value[0] <= 1.0 <= value[1] < inf:  # noqa: PLR2004 - two ends
        cure = "give the least (up to 1) and the greatest (from 1) multiplier"
        faults.append(Fault("overlay.bounds", f"{value!r} is no range around 1", cure))
        return BOUNDS
    return float(value[0]), float(value[1])


def _rows(fields: Mapping[str, Any], faults: list[Fault]) -> list[Mapping[str, Any]]:
    """Return the rows of entries; what is not a list of tables is a fault."""
    rows = fields.get("entries", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        faults.append(Fault("overlay.entries", "is not a list of tables", "write [[entries]]"))
        return []
    return rows


def _check(entries: list[Entry], bounds: tuple[float, float], faults: list[Fault]) -> None:
    """Refuse a multiplier beyond the bounds and two entries for one day."""
    low, high = bounds
    faults.extend(
        Fault(
            f"{entry.field}.odds_multiplier",
            f"{entry.multiplier:g} is outside {low:g} to {high:g}",
            "state a factor within the bounds, or widen them in the file with its approval",
        )
        for entry in entries
        if not low <= entry.multiplier <= high
    )
    faults.extend(
        Fault(f"{two.field}.from", f"{two.start} is in force already ({one.field})", "part them")
        for one, two in pairwise(entries)
        if two.start <= one.end
    )
