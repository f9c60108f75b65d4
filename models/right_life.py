"""How long a pledged right keeps its force: whole invalidation and the end of its term.

Until a fit serves, whole invalidation has a constant hazard: requests per right-year times the
chance that a request kills the whole right. Lapse for unpaid fees is left out, because the
policy makes the bank keep a pledged right alive.
"""

from dataclasses import dataclass
from math import exp
from typing import Self

from models.priors import Prior, PriorTable


@dataclass(frozen=True, slots=True)
class RightLife:
    """Survival of one right from today.

    Attributes:
        hazard: whole invalidations per year.
        years_left: years to the end of its term; infinite where it can be renewed for ever.
        priors: the figures that it rests on.
    """

    hazard: float
    years_left: float
    priors: tuple[Prior, ...]

    @classmethod
    def of(cls, right: str, years_left: float, table: PriorTable, jurisdiction: str = "CN") -> Self:
        """Take the published rates for this kind of right.

        Raises:
            Invalid: no rate is published for it.
        """
        request = table.find("challenge", right, jurisdiction)
        killed = table.find("p_full", right, jurisdiction)
        return cls(request.value * killed.value, years_left, (request, killed))

    def survival(self, years: float) -> float:
        """Chance that the right is in force `years` from today; nought beyond its term."""
        return exp(-self.hazard * years) if years < self.years_left else 0.0
