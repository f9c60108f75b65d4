"""Events that come on their own, at one rate: Poisson."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from underwriting.pricing.aggregate.frequency import Complexes, Frequency, check_events


@dataclass(frozen=True, slots=True)
class Poisson(Frequency):
    """P(z) = exp(events (z - 1)).

    Attributes:
        events: mean number a year, 0 or more.
    """

    events: float

    def __post_init__(self) -> None:
        """Refuse what is no frequency."""
        check_events(self.events)

    @property
    def mean(self) -> float:
        """The events."""
        return self.events

    @property
    def variance(self) -> float:
        """The events."""
        return self.events

    @property
    def log_none(self) -> float:
        """Minus the events."""
        return -self.events

    def log_ratio(self, z: Complexes) -> Complexes:
        """Events x z."""
        return self.events * z

    def slope(self, z: Complexes) -> Complexes:
        """The events, whatever z."""
        return np.full_like(z, self.events)

    def thinned(self, kept: float) -> "Poisson":
        """Poisson of events x kept."""
        return Poisson(self.events * kept)

    def draw(self, rng: np.random.Generator, years: int) -> NDArray[np.int64]:
        """As the class says."""
        return rng.poisson(self.events, years)
