"""How a premium is earned: by the contract's weights of its months, within a month by the day."""

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from kernel.period import Period, add_months
from underwriting.rules.contract import Contract

_ONE_DAY = timedelta(days=1)


class Window(NamedTuple):
    """A month of cover, cut where cover ends.

    Attributes:
        start: first day.
        until: first day after it.
        share: of the premium, earned over its days alike.
    """

    start: date
    until: date
    share: Fraction


def earned(contract: Contract, day: date) -> Fraction:
    """Return the part of the premium that is earned when `day` begins, from 0 to 1.

    Month k of cover earns weight k over the sum of the weights; a day of it earns its
    n-th part, n days in that month. Weights of months that begin after cover has ended do not
    count; days of cover after the last weight earn nothing more.
    """
    part = Fraction(0)
    for window in windows(contract.period, contract.earning):
        if day <= window.start:
            break
        days = (min(day, window.until) - window.start).days
        part += window.share * Fraction(days, (window.until - window.start).days)
    return part


@lru_cache(maxsize=1024)
def windows(period: Period, weights: tuple[int, ...]) -> tuple[Window, ...]:
    """Return the months of cover with what each earns; the shares sum to one.

    Where no month within the period has a weight, every day of it earns alike.
    """
    ends = period.end + _ONE_DAY
    starts = [add_months(period.start, month) for month in range(len(weights) + 1)]
    kept = [
        (start, min(after, ends), weight)
        for start, after, weight in zip(starts, starts[1:], weights, strict=False)
        if start < ends
    ]
    whole = sum(weight for _, _, weight in kept)
    if whole == 0:
        return (Window(period.start, ends, Fraction(1)),)
    return tuple(Window(start, until, Fraction(weight, whole)) for start, until, weight in kept)
