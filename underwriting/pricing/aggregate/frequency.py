"""How many events a year brings: Poisson, negative binomial, binomial.

With p0 = P(no event) the generating function is P(z) = p0 exp(log_ratio(z)). Kept in this form,
P(z) - p0 = p0 expm1(log_ratio(z)) stays exact however rare the events are, independent kinds of
event multiply by adding their log ratios, and all three families stay themselves when events are
left out by chance (`thinned`).
"""

from abc import ABC, abstractmethod
from math import inf, isfinite
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from kernel.errors import invalid

Complexes = NDArray[Any]
"""Points of the unit disc, real or complex."""


class Frequency(ABC):
    """Law of the number of events in a year."""

    @property
    @abstractmethod
    def mean(self) -> float:
        """Expected number of events."""

    @property
    @abstractmethod
    def variance(self) -> float:
        """Variance of the number of events."""

    @property
    @abstractmethod
    def log_none(self) -> float:
        """Logarithm of P(no event)."""

    @property
    def radius(self) -> float:
        """Real z from which on the generating function is infinite."""
        return inf

    @abstractmethod
    def log_ratio(self, z: Complexes) -> Complexes:
        """ln(P(z) / P(0)), shape as `z`."""

    @abstractmethod
    def slope(self, z: Complexes) -> Complexes:
        """P'(z) / P(z), the derivative of `log_ratio`."""

    @abstractmethod
    def thinned(self, kept: float) -> Self:
        """Law of the events that are kept, each by chance `kept` in [0, 1]."""

    @abstractmethod
    def draw(self, rng: np.random.Generator, years: int) -> NDArray[np.int64]:
        """Draw the numbers of events of `years` years, shape `[years]`."""


def check_events(events: float) -> None:
    """Refuse a number of events that is not finite and 0 or more."""
    if not (isfinite(events) and events >= 0):
        cure = "give a number of events from zero up"
        raise invalid("frequency.events", f"is {events}", cure)


def log1p(x: Complexes) -> Complexes:
    """ln(1 + x) to full precision also for a small complex x, where numpy's own loses digits.

    >>> log1p(np.array(1e-10j)).imag.item()
    1e-10
    """
    if not np.iscomplexobj(x):
        return np.asarray(np.log1p(x))
    square = x.real * (2.0 + x.real) + x.imag**2
    return np.asarray(0.5 * np.log1p(square) + 1j * np.arctan2(x.imag, 1.0 + x.real))
