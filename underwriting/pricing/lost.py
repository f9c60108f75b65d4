"""The expected loss of one party's share of a guarantee, month by month, by several laws at once.

EL = sum over months of PD in the month x (discount at claim x what we pay - discount at
recovery x what we get back). With pro-rata recovery this is discount x PD x exposure at default
x loss given default net of collateral x our share.

A default may fall out in several ways, such as with the key patent alive or dead: a month has
one branch for each, and the scheme is applied to each branch and not to their mean.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernel.money import nearest_minor
from underwriting.pricing.expected_loss import MONTHS_PER_YEAR, Curve, MonthLoss, Timing

Grid = NDArray[np.float64]

_WHOLE = 1e-9


class Shared(NamedTuple):
    """What the defaults of each month come to for one party, in minor units.

    Attributes:
        owed: all lines of the loss, by month.
        paid: what the party pays of it, by month.
        given: what it gets back, by month and branch.
    """

    owed: Sequence[int]
    paid: Sequence[int]
    given: Sequence[Sequence[int]]


class Lost(NamedTuple):
    """What a party loses by defaults of each month.

    Attributes:
        shared: what a default comes to for it.
        default: chance of a default in the month, seen from today.
        given: what it is expected to get back, given a default in the month, minor units.
        expected: expected loss of the month, discounted, minor units.
        parts: of it, by branch.
    """

    shared: Shared
    default: Sequence[float]
    given: Sequence[float]
    expected: Sequence[float]
    parts: Sequence[Sequence[float]]

    @property
    def pure(self) -> float:
        """The pure premium, minor units."""
        return sum(self.expected)

    def months(self) -> tuple[MonthLoss, ...]:
        """Return month by month, in whole minor units what is paid and given back."""
        owed, paid, _ = self.shared
        given = map(nearest_minor, self.given)
        parts = map(tuple, self.parts)
        count = range(1, len(owed) + 1)
        return tuple(map(MonthLoss, count, self.default, owed, paid, given, self.expected, parts))


def lost(
    curves: Sequence[Curve], timings: Sequence[Timing], shared: Sequence[Shared], chances: Grid
) -> list[Lost]:
    """Return what a party is expected to lose, by several laws at once.

    Args:
        curves: of the borrower, by each law.
        timings: when money moves.
        shared: of the party.
        chances: of a branch given a default in the month, `[n_laws, n_months, n_branches]`.
    """
    assert np.all(abs(chances.sum(axis=2) - 1.0) < _WHOLE), "branches: not 1"
    months = chances.shape[1]
    default = np.array([_defaults(curve, months) for curve in curves])
    claim, recovery = np.array([timing.discounts(months) for timing in timings]).swapaxes(0, 1)
    paid = np.array([one.paid for one in shared], dtype=float)
    given = np.array([one.given for one in shared], dtype=float)
    net = (claim * paid)[:, :, None] - recovery[:, :, None] * given
    parts = default[:, :, None] * chances * net
    columns = (default, _added(chances * given), _added(parts), parts)
    return [*map(Lost, shared, *(column.tolist() for column in columns))]


def _added(parts: Grid) -> Grid:
    """Add branch by branch, so that the sum of a month is that of its parts to the last bit."""
    whole = np.zeros(parts.shape[:2])
    for branch in range(parts.shape[2]):
        whole += parts[:, :, branch]
    return whole


@lru_cache(maxsize=256)
def _defaults(curve: Curve, months: int) -> tuple[float, ...]:
    """Return the chance of a default in each month; a curve never changes."""
    ends = [month / MONTHS_PER_YEAR for month in range(months + 1)]
    return tuple(map(curve.default_between, ends[:-1], ends[1:]))
