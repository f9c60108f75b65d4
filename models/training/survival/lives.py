"""Left-truncated, right-censored lives, read from three columns of a user's table."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from kernel.errors import invalid

Array: TypeAlias = npt.NDArray[np.float64]
Places: TypeAlias = npt.NDArray[np.intp]

DAYS_A_YEAR = 365.25
LEAST_EVENTS = 30
"""Events below which nothing is fitted."""


@dataclass(frozen=True, slots=True)
class Lives:
    """Lives of rows.

    Attributes:
        entry: age at which a row came under observation `[n]`, nought or above.
        exit: age at its event or at the end of observation `[n]`, above `entry`.
        event: 1 where it ended by the event, 0 where it was censored `[n]`.
        weights: of rows `[n]`, above zero.
    """

    entry: Array
    exit: Array
    event: Array
    weights: Array

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.exit)

    @property
    def events(self) -> int:
        """Number of rows that ended by the event."""
        return int(self.event.sum())

    def take(self, rows: Places | npt.NDArray[np.bool_]) -> "Lives":
        """Return the lives of some rows, in their order."""
        return Lives(self.entry[rows], self.exit[rows], self.event[rows], self.weights[rows])

    def between(self, start: float, end: float) -> "Lives":
        """Return what was seen in `(start, end]`: entered no earlier, censored at the end.

        Rows that were not under observation then get a life of no length, in no set at risk.
        """
        leaves = np.minimum(self.exit, end)
        event = np.where((self.exit > start) & (self.exit <= end), self.event, 0.0)
        return Lives(np.minimum(np.maximum(self.entry, start), leaves), leaves, event, self.weights)


def read_lives(
    frame: pl.DataFrame, entry: str, exit_: str, event: str, weights: str | None = None
) -> Lives:
    """Read the lives of a table.

    Entry and exit are ages in one unit, or both dates: then ages are years since the entry date,
    and nothing is truncated.

    Raises:
        Invalid: a value is missing, an age is negative, an exit is not after its entry, an event
            is not 0 or 1, a weight is not above zero, or there are fewer than 30 events. The
            first row that is wrong is named, counted from 1 without the header.
    """
    starts, ends = _ages(frame, entry, exit_)
    _refuse(starts < 0.0, entry, "is negative", "give an age of nought or above")
    late = "is not after its entry"
    _refuse(ends <= starts, exit_, late, "correct it, or leave rows that were never seen out")
    happened = _numbers(frame, event, "give 1 for an event and 0 for a censored row")
    wrong = (happened != 0.0) & (happened != 1.0)
    _refuse(wrong, event, "is neither 0 nor 1", "give 1 for an event and 0 for a censored row")
    loads = np.ones(frame.height)
    if weights is not None:
        loads = _numbers(frame, weights, "give every row a weight above zero")
        _refuse(~(loads > 0.0), weights, "is not above zero", "give every row a weight above zero")
    lives = Lives(starts, ends, happened, loads)
    if lives.events < LEAST_EVENTS:
        problem = f"is 1 in {lives.events} of {lives.rows} rows; nothing is fitted below"
        raise invalid(event, f"{problem} {LEAST_EVENTS}", "give a longer record or more rows")
    return lives


def _ages(frame: pl.DataFrame, entry: str, exit_: str) -> tuple[Array, Array]:
    dated = [frame.schema[name].is_temporal() for name in (entry, exit_)]
    if not any(dated):
        cure = "give an age in one unit for every row"
        return _numbers(frame, entry, cure), _numbers(frame, exit_, cure)
    if not all(dated):
        one, other = (entry, exit_) if dated[0] else (exit_, entry)
        raise invalid(one, f"is a date and {other} is not", "give two ages or two dates")
    for name in (entry, exit_):
        empty = frame[name].is_null().to_numpy()
        _refuse(empty, name, "is missing", "give a date for every row")
    days = frame.select((pl.col(exit_).cast(pl.Date) - pl.col(entry).cast(pl.Date)).dt.total_days())
    return np.zeros(frame.height), days.to_series().to_numpy().astype(float) / DAYS_A_YEAR


def _numbers(frame: pl.DataFrame, name: str, cure: str) -> Array:
    kind = frame.schema[name]
    if not (kind.is_numeric() or kind == pl.Boolean):
        raise invalid(name, f"is {kind}, not numbers", cure)
    values = frame[name].cast(pl.Float64).to_numpy()
    _refuse(~np.isfinite(values), name, "is missing or no number", cure)
    return values


def _refuse(wrong: npt.NDArray[np.bool_], field: str, problem: str, cure: str) -> None:
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0]) + 1
        more = f" (and in {int(wrong.sum()) - 1} more rows)" if wrong.sum() > 1 else ""
        raise invalid(field, f"{problem} in row {row}{more}", cure)
