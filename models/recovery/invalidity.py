"""The survival of invalidation alone, out of a life with competing ends."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log, log1p
from typing import Self


@dataclass(frozen=True, slots=True)
class Invalidity:
    """How long a right would stand if invalidation were its only end.

    It is what strikes the borrower (`PledgedRight.killed`): lapse and expiry are left out by
    their hazards, not by 1 - incidence, so that S = S_killed x S_other holds.

    Attributes:
        years: from today, rising from 0.
        hazards: cumulative hazard of invalidation at each.
    """

    years: tuple[float, ...]
    hazards: tuple[float, ...]

    @classmethod
    def of(
        cls, months: Sequence[float], incidence: Sequence[float], alive: Sequence[float]
    ) -> Self:
        """Build it from a life with competing ends.

        In a month the hazard of all ends, -ln(S / S before), is shared by what each end took;
        where the term ends and nothing is left, invalidation takes -ln(1 - taken / S before).

        Args:
            months: from today, rising from 0.
            incidence: cumulative incidence of invalidation by each month.
            alive: chance to be in force at each month, by all ends.
        """
        total, sums = 0.0, [0.0]
        for place in range(1, len(months)):
            before, after = float(alive[place - 1]), float(alive[place])
            taken = max(0.0, float(incidence[place]) - float(incidence[place - 1]))
            total += _hazard(before, after, taken)
            sums.append(total)
        return cls(tuple(float(month) / 12.0 for month in months), tuple(sums))

    def survival(self, years: float) -> float:
        """Chance of no invalidation within `years`; beyond the last month it stays."""
        after = bisect_right(self.years, years)
        if after == 0:
            return 1.0
        if after == len(self.years):
            return exp(-self.hazards[-1])
        left, right = self.years[after - 1], self.years[after]
        share = (years - left) / (right - left)
        gained = share * (self.hazards[after] - self.hazards[after - 1]) if share else 0.0
        return exp(-self.hazards[after - 1] - gained)


def _hazard(before: float, after: float, taken: float) -> float:
    if before <= 0 or taken <= 0:
        return 0.0
    if after <= 0:
        return -log1p(-taken / before) if taken < before else inf
    return log(before / after) * min(1.0, taken / (before - after)) if after < before else 0.0
