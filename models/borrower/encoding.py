"""From a user's own columns to the numbers that a default fit scores: steps, frozen as JSON.

A step makes one column of the matrix. Numbers pass as they are; two numbers give their ratio or
difference; a level gives its share, its flag or its shrunk log-odds out of a table. A code (of an
industry, of a place) is a category, read whole or by its first digits.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import nan
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
_T = TypeVar("_T")


class View(NamedTuple):
    """How a category is read.

    Attributes:
        column: its name.
        digits: how many of its first signs count; 0 counts all.
    """

    column: str
    digits: int = 0

    def level(self, text: str) -> str:
        """Return the part of a level that counts.

        >>> View("naics", 2).level("722410"), View("bank").level("A")
        ('72', 'A')
        """
        return text[: self.digits or None]


@dataclass(frozen=True, slots=True)
class Step:
    """What makes one column of the matrix.

    Attributes:
        do: `number`, `ratio`, `difference`, `same` or `table`.
        of: the columns it reads, one or two.
        digits: first signs of a level that count, for `table`; 0 counts all.
        table: level to number, for `table`; `""` is the missing level.
        other: number of a level that the table does not hold.
        what: of a table: `rate` (shrunk log-odds), `share` (log) or `flag`.
    """

    do: str
    of: tuple[str, ...]
    digits: int = 0
    table: Mapping[str, float] = field(default_factory=dict)
    other: float = 0.0
    what: str = ""

    @property
    def view(self) -> View:
        """How a table reads its column."""
        return View(self.of[0], self.digits)

    def json(self) -> dict[str, Any]:
        """The step as it stands in a fit."""
        short: dict[str, Any] = {"do": self.do, "of": list(self.of)}
        if self.do != "table":
            return short
        return {
            **short,
            "digits": self.digits,
            "table": dict(self.table),
            "other": self.other,
            "what": self.what,
        }

    @classmethod
    def read(cls, json: Mapping[str, Any]) -> Self:
        """Read what `json` wrote."""
        return cls(**{**json, "of": tuple(json["of"])})


class Coded(NamedTuple):
    """Rows ready for the steps.

    Attributes:
        numbers: of the number columns and pairs, NaN where missing, `[n, m]`.
        codes: place of each row's level in each view, `[n, v]`.
    """

    numbers: Floats
    codes: Codes


@dataclass(frozen=True, slots=True)
class Encoder:
    """Steps, laid out so that one row and a million go the same way.

    Attributes:
        steps: one for each column of the matrix, `[k]`.
        columns: number columns that are read.
        pairs: pairs of categories that are compared.
        views: ways in which categories are read.
        places: level to its place, for each view; a level not there takes the last place.
        plan: for each kind of step, places in the matrix and what they read.
        tables: number of each place, for each table step.
    """

    steps: tuple[Step, ...]
    columns: tuple[str, ...]
    pairs: tuple[tuple[str, ...], ...]
    views: tuple[View, ...]
    places: tuple[dict[str, int], ...]
    plan: Mapping[str, tuple[Codes, Codes, Codes]]
    tables: tuple[tuple[int, int, Floats], ...]

    @classmethod
    def of(cls, steps: Iterable[Step]) -> Self:
        """Lay out steps."""
        held = tuple(steps)
        columns = _first(c for s in held if s.do not in ("table", "same") for c in s.of)
        pairs = _first(s.of for s in held if s.do == "same")
        views = _first(s.view for s in held if s.do == "table")
        levels = [
            _first(level for s in held if s.do == "table" and s.view == view for level in s.table)
            for view in views
        ]
        places = tuple({level: at for at, level in enumerate(some)} for some in levels)
        tables = tuple(
            (at, views.index(s.view), _laid(s, levels[views.index(s.view)]))
            for at, s in enumerate(held)
            if s.do == "table"
        )
        plan = {do: _plan(held, do, columns, pairs) for do in _NUMERIC}
        return cls(held, columns, pairs, views, places, plan, tables)

    def coded(self, row: Mapping[str, float | str]) -> Coded:
        """Code one row of checked values."""
        numbers = [row[column] for column in self.columns]
        numbers += [_same(row[a], row[b]) for a, b in self.pairs]
        codes = [
            place.get(view.level(str(row[view.column])), len(place))
            for view, place in zip(self.views, self.places, strict=True)
        ]
        return Coded(
            np.array([numbers], float).reshape(1, -1), np.array([codes], np.intp).reshape(1, -1)
        )

    def matrix(self, coded: Coded) -> NDArray[np.float32]:
        """Return what is scored, `[n, k]`; NaN where a value is missing or not finite."""
        made = np.empty((len(coded.numbers), len(self.steps)), np.float32)
        with np.errstate(all="ignore"):
            for do, act in _NUMERIC.items():
                at, one, two = self.plan[do]
                if len(at):
                    made[:, at] = act(coded.numbers[:, one], coded.numbers[:, two])
        for place, view, table in self.tables:
            made[:, place] = table[coded.codes[:, view]]
        made[np.isinf(made)] = nan
        return made

    def by_column(self, parts: NDArray[Any]) -> dict[str, float]:
        """Add up the parts `[k]` of the steps by the user's columns; a pair shares its part."""
        total: dict[str, float] = {}
        for step, part in zip(self.steps, parts.tolist(), strict=True):
            for column in step.of:
                total[column] = total.get(column, 0.0) + part / len(step.of)
        return total


_NUMERIC: Mapping[str, Callable[[Floats, Floats], Any]] = {
    "number": lambda one, _: one,
    "same": lambda one, _: one,
    "difference": lambda one, two: one - two,
    "ratio": np.divide,
}


def _plan(
    steps: tuple[Step, ...], do: str, columns: tuple[str, ...], pairs: tuple[tuple[str, ...], ...]
) -> tuple[Codes, Codes, Codes]:
    """Return places in the matrix, and places of the first and second number that are read."""
    at = [place for place, step in enumerate(steps) if step.do == do]
    if do == "same":
        one = [len(columns) + pairs.index(steps[place].of) for place in at]
        two = one
    else:
        one, two = ([columns.index(steps[place].of[side]) for place in at] for side in (0, -1))
    return np.array(at, np.intp), np.array(one, np.intp), np.array(two, np.intp)


def _laid(step: Step, levels: tuple[str, ...]) -> Floats:
    """Return the numbers of all levels of the view, and of any other in the last place."""
    return np.array([*(step.table.get(level, step.other) for level in levels), step.other])


def _same(one: float | str, two: float | str) -> float:
    """1 where both levels are there and equal, 0 where they differ, NaN where one is missing."""
    return float(one == two) if one and two else nan


def _first(items: Iterable[_T]) -> tuple[_T, ...]:
    """Return each item once, in order of its first coming."""
    return tuple(dict.fromkeys(items))
