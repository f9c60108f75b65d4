"""Kinds of event on one grid, and the law of all that they pay in a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, expm1

import numpy as np

from models.severity.laws.normal import FloatArray
from underwriting.pricing.aggregate.frequency import Complexes, Frequency
from underwriting.pricing.aggregate.grid import Grid

_RARE = -20.0
"""Below this ln P(no event) the exponential itself is taken; above, its excess over nothing."""


@dataclass(frozen=True)
class Kind:
    """One kind of event on a grid.

    Attributes:
        frequency: of the events that are paid.
        mass: of a payment given that there is one, on 0, step, ...; the first is 0.
        turned: its transform.
    """

    frequency: Frequency
    mass: FloatArray
    turned: Complexes

    @classmethod
    def of(cls, grid: Grid, frequency: Frequency, mass: FloatArray) -> "Kind":
        """Leave out the events of which nothing is paid."""
        mass = mass[: grid.points].copy()
        mass[0] = 0.0
        paid = float(mass.sum())
        if paid > 0:
            mass /= paid
        return cls(frequency.thinned(min(paid, 1.0)), mass, grid.turned(mass))

    def mean(self, step: float) -> float:
        """Expected payments of a year, minor units."""
        points = np.arange(len(self.mass))
        return self.frequency.mean * step * float(self.mass @ points)


@dataclass(frozen=True)
class Year:
    """The sum of a year's payments of all kinds, on one grid.

    With p0 = P(no payment) its generating function is P(z) = p0 exp(sum of the log ratios).

    Attributes:
        grid: the lattice.
        kinds: at least one.
    """

    grid: Grid
    kinds: Sequence[Kind]

    @cached_property
    def log_none(self) -> float:
        """Logarithm of P(no payment)."""
        return sum(kind.frequency.log_none for kind in self.kinds)

    @cached_property
    def logs(self) -> Complexes:
        """Sum of the log ratios, on the points of the transform."""
        ratios = [kind.frequency.log_ratio(kind.turned) for kind in self.kinds]
        return np.asarray(np.sum(ratios, axis=0)) if len(ratios) > 1 else ratios[0]

    @cached_property
    def whole(self) -> Complexes:
        """P(z)."""
        return np.exp(self.log_none + self.logs)

    def mass(self) -> tuple[FloatArray, float]:
        """Return the law of the sum, `[points]`, and the chance of what lies above the grid.

        P(z) - p0 = p0 expm1(sum of log ratios) is exact however rare the payments are.
        """
        none = self.log_none
        turned = self.whole if none < _RARE else exp(none) * np.expm1(self.logs)
        mass = np.maximum(self.grid.back(turned), 0.0)
        lost = max(0.0, -expm1(none) - float(mass[1:].sum()))
        mass[0] = exp(none)
        return mass, lost

    def part(self, which: int) -> FloatArray:
        """Return E[what kind `which` adds to the sum; sum = s] at each point s, `[points]`.

        Its generating function is z d/dz of the kind's own times the others: P(z) x slope x the
        transform of (amount x mass).
        """
        kind = self.kinds[which]
        amounts = self.grid.step * np.arange(len(kind.mass))
        bent = self.grid.turned(amounts * kind.mass) * kind.frequency.slope(kind.turned)
        return np.asarray(np.maximum(self.grid.back(self.whole * bent), 0.0))
