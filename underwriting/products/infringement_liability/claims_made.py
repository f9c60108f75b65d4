"""Claims made: which part of the suits first brought in a month rest on acts that are covered.

A suit brought today rests on a first act `a` years ago; `a` has the density of an exponential
of mean `mean`, cut at `longest` years, beyond which courts give no damages. Of the suits of a
day `x` years after the retroactive date the part

    G(x) = (1 - exp(-min(x, longest) / mean)) / (1 - exp(-longest / mean))

is covered. In extended reporting, `s` years after the cover of T years ended, it is
G(x0 + T + s) - G(s): acts after the retroactive date and before the end.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import exp

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Lag:
    """Years from the first act to the suit.

    Attributes:
        mean: of the exponential before it is cut, years, above 0.
        longest: years, above 0.
    """

    mean: float
    longest: float

    def covered(self, years: float) -> float:
        """Return G: the part of a day's suits whose first act is at most `years` old."""
        whole = 1.0 - exp(-self.longest / self.mean)
        return (1.0 - exp(-min(years, self.longest) / self.mean)) / whole

    def area(self, years: float) -> float:
        """Return the integral of G from 0 to `years`.

        >>> lag = Lag(2.5, 6.0)
        >>> round(lag.area(8.0) - lag.area(7.0), 12)  # after `longest` years all is covered
        1.0
        """
        within = min(years, self.longest)
        whole = 1.0 - exp(-self.longest / self.mean)
        rising = within - self.mean * (1.0 - exp(-within / self.mean))
        return rising / whole + (years - within)


@dataclass(frozen=True, slots=True)
class ClaimsMade:
    """The time of a cover.

    Attributes:
        back: years from the retroactive date to the first day of cover, not below 0.
        months: of cover.
        extended: months of extended reporting after it.
    """

    back: float
    months: int
    extended: int

    def exposure(self, lag: Lag) -> tuple[float, ...]:
        """Return, for each month, the years of suits that are covered: `[months + extended]`.

        Each is from 0 to 1/12; it rises with an earlier retroactive date.
        """
        ends = [self.back + month / MONTHS_PER_YEAR for month in range(self.months + 1)]
        inside = [lag.area(end) - lag.area(start) for start, end in pairwise(ends)]
        return (*inside, *(self._after(lag, month) for month in range(self.extended)))

    def _after(self, lag: Lag, month: int) -> float:
        start, end = month / MONTHS_PER_YEAR, (month + 1) / MONTHS_PER_YEAR
        whole = self.back + self.months / MONTHS_PER_YEAR
        reached = lag.area(whole + end) - lag.area(whole + start)
        return reached - (lag.area(end) - lag.area(start))
