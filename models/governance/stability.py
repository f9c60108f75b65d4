"""Does a score depend on what it must not: the order of rows, or the year that is written?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernel.errors import invalid
from models.governance.arrays import FloatArray

Columns = Mapping[str, NDArray[np.generic]]
"""Name -> column, `[n]` each."""

Scores = Callable[[Columns], FloatArray]
"""Scores the rows it is given, `[n]` in their order; it may train on them first."""

_CYCLE = 28
"""Years after which week-days and leap years repeat, from 1901 to 2099."""


@dataclass(frozen=True, slots=True)
class Stability:
    """How far scores moved when nothing of substance changed.

    Attributes:
        change: what was done to the rows.
        greatest: largest absolute move of a score.
        rows_moved: how many moved by more than `tolerance`.
        rows: how many there are.
        tolerance: what still counts as the same.
    """

    change: str
    greatest: float
    rows_moved: int
    rows: int
    tolerance: float

    @property
    def holds(self) -> bool:
        """Whether no score moved."""
        return self.rows_moved == 0


def shuffled(
    scores: Scores, columns: Columns, *, seed: int = 0, tolerance: float = 1e-9
) -> Stability:
    """Score the rows as they stand and in a random order, and compare row by row.

    Pass a function that trains and scores to test the training, or one that only scores.
    """
    rows = _rows(columns)
    order = np.random.default_rng(seed).permutation(rows)
    moved = np.empty(rows)
    moved[order] = scores({name: column[order] for name, column in columns.items()})
    return _compared("rows in random order", scores(columns), moved, tolerance)


def dates_shifted(
    scores: Scores,
    columns: Columns,
    dates: Sequence[str],
    *,
    years: int = _CYCLE,
    tolerance: float = 1e-9,
) -> Stability:
    """Move all `dates` by whole years and compare the scores, which must not change.

    A fit that reads a calendar year, or a span to a fixed day, shows itself here. By 28 years
    the days between two dates stay what they were (1901 to 2099); by other numbers of years a
    leap day may come in between.

    Args:
        scores: trains and scores, or only scores.
        columns: name -> column.
        dates: columns of `datetime64`, or of years as numbers.
        years: how far, forward where positive.
        tolerance: what still counts as the same.
    """
    missing = [name for name in dates if name not in columns]
    if missing or not dates:
        raise invalid("dates", f"{missing or 'no column'} cannot be shifted", "name date columns")
    moved = dict(columns) | {name: _later(columns[name], years) for name in dates}
    words = f"dates {years:+d} years"
    return _compared(words, scores(columns), scores(moved), tolerance)


def _later(column: NDArray[np.generic], years: int) -> NDArray[np.generic]:
    """The same day of the month in another year; 29 February becomes 1 March where it must."""
    if not np.issubdtype(column.dtype, np.datetime64):
        return np.asarray(column.astype(np.float64) + years)
    days = column.astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    later = (month + 12 * years).astype("datetime64[D]") + (days - month.astype("datetime64[D]"))
    return np.asarray(later)


def _rows(columns: Columns) -> int:
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1:
        raise invalid("columns", f"have lengths {sorted(lengths)}", "give columns of one length")
    return lengths.pop()


def _compared(change: str, one: FloatArray, other: FloatArray, tolerance: float) -> Stability:
    if one.shape != other.shape:
        raise invalid("scores", f"{one.shape} became {other.shape}", "return one score a row")
    gaps = np.abs(one - other)
    gaps = np.where(np.isnan(one) & np.isnan(other), 0.0, gaps)
    moved = ~(gaps <= tolerance)
    greatest = float(np.where(np.isnan(gaps), np.inf, gaps).max(initial=0.0))
    return Stability(change, greatest, int(moved.sum()), int(one.size), tolerance)
