"""The lattice of a year and the transform on it.

Masses are tilted by exp(-theta j) before the transform and back after it, and the transform is
twice as long as the lattice: what wraps round arrives damped by exp(-20), while rounding grows by
exp(10) at most.
"""

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor

import numpy as np

from models.severity.laws.normal import FloatArray
from underwriting.pricing.aggregate.frequency import Complexes

POINTS = 1024
"""Points of a lattice where nobody asks for more."""

_MOST_POINTS = 1 << 14
_FINE = 128
"""Steps up to the greatest payment that a lattice should have; it grows until it does."""

_DAMPING = 20.0
_WHOLE = 1e-9


@dataclass(frozen=True)
class Grid:
    """Amounts 0, step, ..., (points - 1) step.

    Attributes:
        step: minor units.
        points: their number.
    """

    step: float
    points: int

    @classmethod
    def over(cls, top: float, largest: float, points: int) -> "Grid":
        """Lay a lattice from 0 to `top` on which the largest payment is a point."""
        while floor((points - 1) * largest / top) < _FINE and points < _MOST_POINTS:
            points *= 2
        parts = floor((points - 1) * largest / top + _WHOLE)
        step = largest / parts if parts else top / (points - 1)
        return cls(step, ceil(top / step - _WHOLE) + 1)

    @property
    def length(self) -> int:
        """Length of the transform: a power of two, at least twice the points."""
        return 2 << (self.points - 1).bit_length()

    @cached_property
    def tilt(self) -> FloatArray:
        """exp(-theta j), `[points]`."""
        return np.asarray(np.exp(-_DAMPING / self.length * np.arange(self.points)))

    def turned(self, mass: FloatArray) -> Complexes:
        """Transform of masses on the first points."""
        return np.fft.rfft(mass * self.tilt[: len(mass)], self.length)

    def back(self, turned: Complexes) -> FloatArray:
        """Masses of a transform, `[points]`."""
        return np.fft.irfft(turned, self.length)[: self.points] / self.tilt
