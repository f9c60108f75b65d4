"""Day counts of loan interest: what part of a year lies between two days."""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from kernel.period import DAYS_PER_YEAR, add_days, add_months

_BANKERS_YEAR = 360
_MONTHS = 12
_LAST = 30


class DayCount(StrEnum):
    """How interest is counted.

    `monthly/365`: whole months as twelfths, the odd days over 365. `30/360`: every month has 30
    days (the 31st counts as the 30th). The others: actual days over 365 or 360.
    """

    MONTHLY = "monthly/365"
    ACTUAL_365 = "actual/365"
    ACTUAL_360 = "actual/360"
    THIRTY_360 = "30/360"


@lru_cache(maxsize=4096)
def year_part(count: DayCount, start: date, end: date) -> Fraction:
    """Return the part of a year from `start` to `end`, exact; `end` is not before `start`.

    >>> year_part(DayCount.ACTUAL_360, date(2025, 3, 10), date(2025, 4, 10))
    Fraction(31, 360)
    >>> year_part(DayCount.MONTHLY, date(2025, 3, 10), date(2025, 4, 15)) - Fraction(1, 12)
    Fraction(1, 73)
    """
    assert end >= start, "interest runs forward"
    days = (end - start).days
    if count is DayCount.ACTUAL_365:
        return Fraction(days, DAYS_PER_YEAR)
    if count is DayCount.ACTUAL_360:
        return Fraction(days, _BANKERS_YEAR)
    months = (end.year - start.year) * _MONTHS + end.month - start.month
    if count is DayCount.THIRTY_360:
        odd = min(end.day, _LAST) - min(start.day, _LAST)
        return Fraction(_LAST * months + odd, _BANKERS_YEAR)
    whole = months if add_months(start, months) <= end else months - 1
    odd = (end - add_months(start, whole)).days
    return Fraction(whole, _MONTHS) + Fraction(odd, DAYS_PER_YEAR)


def days_part(count: DayCount, start: date, days: int) -> Fraction:
    """Return the part of a year of so many days from `start`; odd days, where months are counted.

    >>> days_part(DayCount.MONTHLY, date(2025, 3, 10), 73)
    Fraction(1, 5)
    """
    if count is DayCount.MONTHLY:
        return Fraction(days, DAYS_PER_YEAR)
    return year_part(count, start, add_days(start, days))
