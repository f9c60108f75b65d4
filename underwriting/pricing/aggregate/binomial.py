"""Events of which there can only be so many: binomial, with one trial a single event or none."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernel.errors import invalid
from underwriting.pricing.aggregate.frequency import Complexes, Frequency, log1p


@dataclass(frozen=True, slots=True)
class Binomial(Frequency):
    """At most `trials` events: P(z) = (1 + chance (z - 1))^trials.

    Attributes:
        trials: whole number, 1 or more; 1 is a single event that happens or not.
        chance: of each, [0, 1).
    """

    trials: int
    chance: float

    def __post_init__(self) -> None:
        """Refuse what is no frequency."""
        if self.trials < 1:
            cure = "give a whole number from one up"
            raise invalid("frequency.trials", f"is {self.trials}", cure)
        if not 0 <= self.chance < 1:
            cure = "give a chance of 0 or more and below 1"
            raise invalid("frequency.chance", f"is {self.chance}", cure)

    @property
    def mean(self) -> float:
        """Trials x chance."""
        return self.trials * self.chance

    @property
    def variance(self) -> float:
        """Trials x chance x (1 - chance)."""
        return self.trials * self.chance * (1.0 - self.chance)

    @property
    def log_none(self) -> float:
        """Trials x ln(1 - chance)."""
        return self.trials * math.log1p(-self.chance)

    @property
    def _odds(self) -> float:
        return self.chance / (1.0 - self.chance)

    def log_ratio(self, z: Complexes) -> Complexes:
        """Trials x ln(1 + odds z)."""
        return self.trials * log1p(self._odds * z)

    def slope(self, z: Complexes) -> Complexes:
        """Trials x odds / (1 + odds z)."""
        return self.trials * self._odds / (1.0 + self._odds * z)

    def thinned(self, kept: float) -> "Binomial":
        """Chance x kept."""
        return Binomial(self.trials, self.chance * kept)

    def draw(self, rng: np.random.Generator, years: int) -> NDArray[np.int64]:
        """As the class says."""
        return rng.binomial(self.trials, self.chance, years)
