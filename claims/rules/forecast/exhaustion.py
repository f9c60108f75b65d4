"""When a pool is empty: the expected day, a band around it, and the odds by given months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claims.rules.forecast.expected import expected_draws
from claims.rules.forecast.outlook import Outlook
from claims.rules.forecast.simulate import simulated

PATHS: Final = 20_000
BAND: Final = (0.1, 0.9)
"""Quantiles of the band."""
WITHIN: Final = (12, 24, 36)
"""Months for which the odds of an empty pool are stated."""

Grid = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The pool at the end of a month, in minor units.

    Attributes:
        month: counted from 1.
        day: its last.
        drawn: expected in the month, net of recoveries; below zero more comes back.
        expected: balance less all that is expected to be drawn; never below nothing.
        low: balance that one path in ten falls below.
        high: balance that nine paths in ten stay below.
        empty: part of the paths that were empty by then, from 0 to 1.
    """

    month: int
    day: date
    drawn: int
    expected: int
    low: int
    high: int
    empty: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """A pool's outlook worked out.

    Attributes:
        on: the day it is seen from.
        months: of the horizon.
        balance: on the day, minor units.
        empty_on: last day of the month in which the expected balance reaches nothing; None:
            not within the horizon.
        earliest: the same day for one path in ten; None likewise.
        median: for half of the paths; None likewise.
        latest: for nine paths in ten; None likewise.
        odds: months -> part of the paths that are empty by then, from 0 to 1.
        error: largest standard error of an odds: half a unit over the root of the paths.
        paths: simulated.
        seed: of the simulation.
        curve: month by month.
    """

    on: date
    months: int
    balance: int
    empty_on: date | None
    earliest: date | None
    median: date | None
    latest: date | None
    odds: dict[int, float]
    error: float
    paths: int
    seed: int
    curve: tuple[CurvePoint, ...]


def forecast(outlook: Outlook, seed: int, paths: int = PATHS) -> Forecast:
    """Return when the pool is expected to be empty.

    The expected curve is exact; where a cap per year cuts what is charged, it is the mean of the
    paths. A pool that was empty once counts as empty from then on, whatever comes back after.
    """
    drawn = simulated(outlook, paths, seed)
    means = np.cumsum(expected_draws(outlook)) if outlook.year_cap is None else drawn.mean(axis=0)
    left = outlook.balance - drawn
    empty = np.logical_or.accumulate(left <= 0, axis=1).mean(axis=0)
    started = outlook.on if outlook.balance == 0 else None
    return Forecast(
        on=outlook.on,
        months=outlook.months,
        balance=outlook.balance,
        empty_on=started or _first(outlook, outlook.balance - means <= 0),
        earliest=started or _first(outlook, empty >= BAND[0]),
        median=started or _first(outlook, empty >= 1 / 2),
        latest=started or _first(outlook, empty >= BAND[1]),
        odds={m: float(empty[m - 1]) for m in WITHIN if m <= outlook.months},
        error=0.5 / paths**0.5,
        paths=paths,
        seed=seed,
        curve=_curve(outlook, means, left, empty),
    )


def _first(outlook: Outlook, reached: Sequence[bool] | NDArray[np.bool_]) -> date | None:
    """Return the last day of the first month that has reached; None: not within the horizon."""
    (found,) = np.nonzero(np.asarray(reached))
    return outlook.day(int(found[0]) + 1) if len(found) else None


def _curve(outlook: Outlook, means: Grid, left: Grid, empty: Grid) -> tuple[CurvePoint, ...]:
    low, high = np.maximum(np.quantile(left, BAND, axis=0), 0)
    drawn = np.diff(means, prepend=0.0)
    return tuple(
        CurvePoint(
            month=place + 1,
            day=outlook.day(place + 1),
            drawn=round(float(drawn[place])),
            expected=max(0, round(float(outlook.balance - means[place]))),
            low=round(float(low[place])),
            high=round(float(high[place])),
            empty=float(empty[place]),
        )
        for place in range(outlook.months)
    )
