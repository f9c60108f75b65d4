"""A rate by age: constant between given ages since grant."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf
from typing import Self

from models.right.book import AgeBand


@dataclass(frozen=True, slots=True)
class AgeCurve:
    """A step function of age.

    Attributes:
        starts: ages at which a band begins, years since grant, rising, the first nought.
        values: of each band; the last one goes on.
    """

    starts: tuple[float, ...]
    values: tuple[float, ...]

    @classmethod
    def of(cls, bands: Sequence[AgeBand], *, otherwise: float) -> Self:
        """Value / level of each band, or `otherwise` at every age where there is no table."""
        if not bands:
            return cls((0.0,), (otherwise,))
        for one, following in pairwise(bands):
            assert one.age_to == following.age_from, f"a gap in the bands of {one.param}"
        assert bands[0].age_from == 0.0
        assert bands[-1].age_to == inf
        return cls(
            tuple(band.age_from for band in bands), tuple(band.value / band.level for band in bands)
        )

    def at(self, age: float) -> float:
        """Value at this age; at a cut that of the later band.

        >>> AgeCurve((0.0, 3.0), (1.0, 1.35)).at(3.0)
        1.35
        """
        return self.values[bisect_right(self.starts, age) - 1]

    def scaled(self, by: float) -> Self:
        """Every value times `by`."""
        return type(self)(self.starts, tuple(value * by for value in self.values))


def mean_over_living(
    curve: AgeCurve, lapse: AgeCurve, fees: Iterable[tuple[float, float]], life: float
) -> float:
    """Mean of `curve` over a cohort that lapses: what a rate per right-year is the mean of.

    integral of S(a) m(a) da / integral of S(a) da over 0 to `life`, in closed form on each band.

    Args:
        curve: multiplier by age.
        lapse: lapses per year by age.
        fees: (age, chance of lapse) of each fee that falls due at an age.
        life: years from grant to the end of the term.

    >>> rising, none = AgeCurve((0.0, 3.0), (1.0, 2.0)), AgeCurve((0.0,), (0.0,))
    >>> mean_over_living(rising, none, [], 6.0)
    1.5
    """
    due = sorted((age, chance) for age, chance in fees if age < life)
    cuts = sorted({*curve.starts, *lapse.starts, *(age for age, _ in due), life})
    alive, weighted, lived = 1.0, 0.0, 0.0
    for start, end in pairwise(cuts):
        if start >= life:
            break
        for age, chance in due:
            alive *= 1.0 - chance if age == start else 1.0
        rate, span = lapse.at(start), end - start
        kept = exp(-rate * span)
        years = alive * ((1.0 - kept) / rate if rate else span)
        weighted, lived, alive = weighted + years * curve.at(start), lived + years, alive * kept
    return weighted / lived
