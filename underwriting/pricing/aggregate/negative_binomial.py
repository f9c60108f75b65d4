"""Events at a rate that differs by policy: negative binomial."""

import math
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from kernel.errors import invalid
from underwriting.pricing.aggregate.frequency import Complexes, Frequency, check_events, log1p


@dataclass(frozen=True, slots=True)
class NegativeBinomial(Frequency):
    """A Poisson law whose rate differs by policy as a gamma: P(z) = (1 + d m (1 - z))^(-1/d).

    Attributes:
        events: mean number m a year, 0 or more.
        dispersion: d, squared coefficient of variation of the rate, above 0; the variance is
            m + d m^2. Without dispersion use `Poisson`.
    """

    events: float
    dispersion: float

    def __post_init__(self) -> None:
        """Refuse what is no frequency."""
        check_events(self.events)
        if not (isfinite(self.dispersion) and self.dispersion > 0):
            cure = "give a number above zero, or use Poisson"
            raise invalid("frequency.dispersion", f"is {self.dispersion}", cure)

    @property
    def mean(self) -> float:
        """The events."""
        return self.events

    @property
    def variance(self) -> float:
        """Events + dispersion x events^2."""
        return self.events * (1.0 + self.dispersion * self.events)

    @property
    def log_none(self) -> float:
        """Minus ln(1 + d m) / d."""
        return -math.log1p(self.dispersion * self.events) / self.dispersion

    @property
    def radius(self) -> float:
        """1 / a, a = d m / (1 + d m)."""
        return 1.0 / self._again if self.events else inf

    @property
    def _again(self) -> float:
        """Chance a = d m / (1 + d m)."""
        spread = self.dispersion * self.events
        return spread / (1.0 + spread)

    def log_ratio(self, z: Complexes) -> Complexes:
        """Minus ln(1 - a z) / d."""
        return -log1p(-self._again * z) / self.dispersion

    def slope(self, z: Complexes) -> Complexes:
        """Chance a / d / (1 - a z)."""
        return self._again / self.dispersion / (1.0 - self._again * z)

    def thinned(self, kept: float) -> "NegativeBinomial":
        """Mean x kept, the dispersion as it is."""
        return NegativeBinomial(self.events * kept, self.dispersion)

    def draw(self, rng: np.random.Generator, years: int) -> NDArray[np.int64]:
        """As the class says: a gamma rate for each year, a Poisson number of that rate."""
        shape = 1.0 / self.dispersion
        return rng.poisson(rng.gamma(shape, self.events * self.dispersion, years))
