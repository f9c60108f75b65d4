"""A run-off triangle from claim rows; a cell that nobody stated is no nought."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernel.errors import Fault, Invalid, invalid

LEAST = 4
"""Cohorts and ages below which no method here is run: Mack's last variance needs three factors."""

_SHOWN = 5
"""Faults of one kind that a refusal lists."""


@dataclass(frozen=True, slots=True)
class Triangle:
    """Cumulative amounts by cohort and age.

    Attributes:
        of: what was added up, such as `paid` or `incurred`.
        cohorts: consecutive periods in which cover began or loss arose, ascending, `[n]`.
        cumulative: amount by the end of each age, NaN where it lies in the future, `[n, m]`.
        falling: cells (cohort, age) whose amount is below that of the age before.
    """

    of: str
    cohorts: tuple[int, ...]
    cumulative: NDArray[np.float64]
    falling: tuple[tuple[int, int], ...]

    @property
    def ages(self) -> int:
        """How many ages, counted from 1."""
        return int(self.cumulative.shape[1])

    @property
    def latest(self) -> NDArray[np.float64]:
        """Amount of each cohort on the last diagonal, `[n]`."""
        reached = np.isfinite(self.cumulative).sum(axis=1) - 1
        found: NDArray[np.float64] = self.cumulative[np.arange(len(self.cohorts)), reached]
        return found


def triangle(
    rows: Iterable[Mapping[str, Any]], *, of: str = "paid", cumulative: bool = False
) -> Triangle:
    """Add claim rows up to a triangle.

    Args:
        rows: each with `cohort` and `development`, whole numbers of periods (years, or quarters
            counted through), development 1 being the cohort's own period; and with the amount
            `of`. Rows of one cell are added up.
        of: column of the amount, in one currency.
        cumulative: whether each cell states all to date; else what came in that period.

    Raises:
        Invalid: a row is unreadable; a cell up to the last diagonal has no row (state 0 where
            nothing was paid); or there are fewer than 4 cohorts or ages.
    """
    cells = _cells(rows, of, cumulative=cumulative)
    cohorts = tuple(range(min(c for c, _ in cells), max(c for c, _ in cells) + 1))
    last = max(cohort + age for cohort, age in cells)
    ages = max(age for _, age in cells)
    if min(len(cohorts), ages) < LEAST:
        problem = f"has {len(cohorts)} cohorts and {ages} ages"
        raise invalid("triangle", problem, f"give {LEAST} or more of each", code="triangle-small")
    values = np.full((len(cohorts), ages), np.nan)
    wanted = [(c, age) for c in cohorts for age in range(1, min(ages, last - c) + 1)]
    _none_missing(cells, wanted, of)
    for cohort, age in wanted:
        values[cohort - cohorts[0], age - 1] = cells[cohort, age]
    summed = values if cumulative else np.cumsum(values, axis=1)
    return Triangle(of, cohorts, summed, _falling(cohorts, summed))


def _cells(
    rows: Iterable[Mapping[str, Any]], of: str, *, cumulative: bool
) -> dict[tuple[int, int], float]:
    cells: dict[tuple[int, int], float] = {}
    for number, row in enumerate(rows, start=1):
        place = f"row {number}"
        cohort, age = _whole(row, "cohort", place), _whole(row, "development", place)
        if age < 1:
            cure = "count the cohort's own period as 1"
            raise invalid(f"{place}.development", f"{age} is before the cohort began", cure)
        if cumulative and (cohort, age) in cells:
            cure = "state each cell once, or state what came in each period"
            raise invalid(place, f"states cohort {cohort} at age {age} again", cure)
        cells[cohort, age] = cells.get((cohort, age), 0.0) + _amount(row, of, place)
    if not cells:
        raise invalid("rows", "are none", "give claim rows", code="triangle-small")
    return cells


def _whole(row: Mapping[str, Any], key: str, place: str) -> int:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise invalid(f"{place}.{key}", f"{value!r} is no whole number", "count periods")
    return int(value)


def _amount(row: Mapping[str, Any], of: str, place: str) -> float:
    value = row.get(of)
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        cure = "state the amount; 0 where there was none"
        raise invalid(f"{place}.{of}", f"{value!r} is no amount", cure)
    if not math.isfinite(value):
        raise invalid(f"{place}.{of}", f"{value} is no amount", "state a finite amount")
    return float(value)


def _none_missing(
    cells: Mapping[tuple[int, int], float], wanted: list[tuple[int, int]], of: str
) -> None:
    missing = [cell for cell in wanted if cell not in cells]
    cure = f"state it; 0 where nothing was {of}"
    faults = [
        Fault(f"triangle[{cohort}, {age}]", "has no row, and missing is not nought", cure)
        for cohort, age in missing[:_SHOWN]
    ]
    if faults:
        raise Invalid("triangle-incomplete", *faults)


def _falling(cohorts: tuple[int, ...], values: NDArray[np.float64]) -> tuple[tuple[int, int], ...]:
    """Cells below the one before: recoveries, or reserves released."""
    return tuple(
        (cohorts[int(row)], int(column) + 2)
        for row, column in np.argwhere(np.diff(values, axis=1) < 0)
    )
