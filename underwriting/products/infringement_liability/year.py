"""What all claims of the period come to, by month, under one aggregate: first come, first paid.

Claims arrive as a Poisson process. With Lambda_m expected by the end of month m, payments up to
then are E min(S(Lambda_m), aggregate), S compound on a lattice that ends at the aggregate: what
one claim would take beyond is put on its end, as the period could not tell. A month's payments
are the difference to the month before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from models.severity.laws.normal import FloatArray
from underwriting.pricing.aggregate import Distribution
from underwriting.pricing.aggregate.frequency import Complexes
from underwriting.pricing.aggregate.grid import Grid

POINTS = 1024
"""Steps of the lattice up to the aggregate."""

_MANY = 20.0
"""Expected claims from which on no claim at all is as good as impossible."""


@dataclass(frozen=True, eq=False)
class Claims:
    """One kind of claim.

    Attributes:
        months: expected number in each month, `[n_months]`.
        weight: probabilities of what one claim comes to, `[n]`, sum 1.
        paid: what is paid of it, `[n]`, minor units.
    """

    months: FloatArray
    weight: FloatArray
    paid: FloatArray

    @property
    def mean(self) -> float:
        """Expected payment on one claim, minor units."""
        return float(self.weight @ self.paid)


def on_lattice(weight: FloatArray, paid: FloatArray, aggregate: float) -> FloatArray:
    """Put amounts on the lattice up to `aggregate`: masses, `[POINTS + 1]`.

    Each amount is shared between its two neighbours so that its mean stays.
    """
    place = np.minimum(paid / aggregate, 1.0) * POINTS
    below = np.minimum(place.astype(np.int64), POINTS - 1)
    upper = weight * (place - below)
    mass = np.bincount(below, weight - upper, POINTS + 1)
    return np.asarray(mass + np.bincount(below + 1, upper, POINTS + 1))


def first_come(kinds: Sequence[Claims], aggregate: float) -> tuple[FloatArray, Distribution]:
    """Return expected payments by month, `[n_months]`, and the law of those of the period.

    Args:
        kinds: independent kinds of claim over the same months, at least one.
        aggregate: most that is paid in the period, minor units, above 0.
    """
    grid = Grid(aggregate / POINTS, POINTS + 1)
    turned = np.stack([grid.turned(on_lattice(one.weight, one.paid, aggregate)) for one in kinds])
    upto = np.cumsum([one.months for one in kinds], axis=1)
    law, expected = Distribution(grid.step, np.append(1.0, np.zeros(POINTS))), [0.0]
    for numbers in upto.T:
        law = _compound(grid, numbers, turned)
        expected.append(law.mean())
    return np.diff(expected), law


def _compound(grid: Grid, numbers: FloatArray, turned: Complexes) -> Distribution:
    """Return the law of min(S, aggregate) for these expected numbers of claims of each kind.

    With f the transform of a kind's payments, that of S is exp(sum of number x (f - 1)); where
    claims are rare it is taken less the chance of no claim, which keeps them exact.
    """
    number, logs = float(numbers.sum()), numbers @ turned
    none = exp(-number) if number < _MANY else 0.0
    rising = none * np.expm1(logs) if none else np.exp(logs - number)
    mass = np.maximum(grid.back(rising), 0.0)
    mass[0] += none
    mass[-1] += max(0.0, 1.0 - float(mass.sum()))
    return Distribution(grid.step, mass / mass.sum())
