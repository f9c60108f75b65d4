"""Interest by the day: exact fractions of a minor unit, at rates that change.

The first day counts and the last does not, so that periods add up whatever they are cut into.
That holds for the three day counts named here; whole months as twelfths do not add up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from underwriting.pricing.day_count import DayCount, year_part

BY_DAY: Final = (DayCount.ACTUAL_360, DayCount.ACTUAL_365, DayCount.THIRTY_360)
"""Day counts by which an account may run from any day to any other."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate per year, from a day on.

    Attributes:
        from_on: the first day on which it counts.
        annual: per 1 and year, exact.
    """

    from_on: date
    annual: Fraction


def rate_time(rates: Sequence[Rate], count: DayCount, *, start: date, end: date) -> Fraction:
    """Return what one minor unit bears from `start` up to `end`: the sum of rate x part of a year.

    >>> year = (Rate(date(2026, 1, 1), Fraction(36, 1000)),)
    >>> days = {"start": date(2026, 1, 1), "end": date(2026, 1, 11)}
    >>> 1_000_000 * rate_time(year, DayCount.ACTUAL_360, **days)
    Fraction(1000, 1)
    """
    assert count in BY_DAY, f"{count} does not add up by the day"
    parts = (
        rate.annual * year_part(count, since, until)
        for rate, since, until in _pieces(rates, start, end)
    )
    return sum(parts, Fraction(0))


def _pieces(rates: Sequence[Rate], start: date, end: date) -> Iterator[tuple[Rate, date, date]]:
    """Yield each stretch of one rate between two days."""
    assert rates, "interest has a rate"
    assert rates[0].from_on <= start, "the first rate counts from the first day"
    for place, rate in enumerate(rates):
        until = rates[place + 1].from_on if place + 1 < len(rates) else end
        since, until = max(start, rate.from_on), min(end, until)
        if since < until:
            yield rate, since, until
