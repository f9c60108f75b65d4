"""Damages for late payment: interest from the day after the last day to the day of payment.

Insurance Law art. 23 para. 2: an insurer that does not pay in time owes, besides the payment, what
the delay costs. It is the insurer's own: no party of a scheme shares it, and it counts on no limit.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from kernel.money import allocate, round_half_up, weights_of

_FILE: Final = Path(__file__).with_name("late.toml")
ACCOUNT: Final = "damages_for_delay"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rates:
    """The rate of each day.

    Attributes:
        steps: (first day in force, rate a year as a fraction of one), by day; the last one holds
            until the table is continued.
        year_days: days of a year of interest.
        clause: what the damages rest on.
        source: of the figures.
        grade: `A` official, `B` study, `C` judgement, `K` from memory and not verified.
    """

    steps: tuple[tuple[date, Fraction], ...]
    year_days: int
    clause: str
    source: str
    grade: str

    def __post_init__(self) -> None:
        days = [day for day, _ in self.steps]
        assert days, "some rate is in force"
        assert days == sorted(set(days)), "rates stand in order of their days"
        assert min(rate for _, rate in self.steps) >= 0, "no rate is negative"
        assert self.year_days > 0, "a year has days"

    def at(self, day: date) -> Fraction:
        """Return the rate of a day; before the table begins, its first one."""
        found = bisect_right(self.steps, day, key=lambda step: step[0])
        return self.steps[max(0, found - 1)][1]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of delay at one rate.

    Attributes:
        first: first day.
        last: last day, included.
        rate: a year, as a fraction of one.
        minor: damages of these days, minor units.
    """

    first: date
    last: date
    rate: Fraction
    minor: int

    @property
    def days(self) -> int:
        """How many, both ends counted."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Damages:
    """What a delay costs.

    Attributes:
        minor: minor units, of the currency of the payment.
        lines: by rate, in order; they add up to `minor`.
    """

    minor: int
    lines: tuple[Stretch, ...] = ()

    @property
    def days(self) -> int:
        """Days of delay."""
        return sum(line.days for line in self.lines)


def damages(amount_minor: int, due: date, paid_on: date, rates: Rates) -> Damages:
    """Return the damages for a payment of `amount_minor` that was due by `due`.

    Sum over the days of delay of amount x rate / days of the year, rounded half up once; the
    lines are shares of it by largest remainder. Paid in time is nought.

    >>> one = Rates(((date(2026, 1, 1), Fraction(3, 100)),), 365, "", "", "K")
    >>> damages(36_500_000, date(2026, 6, 10), date(2026, 6, 20), one).minor
    30000
    """
    assert amount_minor >= 0, "no payment is negative"
    spans = tuple(_spans(due + _DAY, paid_on, rates))
    weights = [((last - first).days + 1) * rate for first, last, rate in spans]
    total = round_half_up(amount_minor * sum(weights, Fraction(0)) / rates.year_days)
    if not total:
        return Damages(0, tuple(Stretch(*span, 0) for span in spans))
    parts = allocate(total, weights_of(weights))
    stretches = zip(spans, parts, strict=True)
    return Damages(total, tuple(Stretch(*span, part) for span, part in stretches))


def _spans(first: date, last: date, rates: Rates) -> Iterator[tuple[date, date, Fraction]]:
    """Yield first and last day of each stretch at one rate."""
    changes = [day for day, _ in rates.steps if first < day <= last]
    for start, after in zip([first, *changes], [*changes, last + _DAY], strict=True):
        if start < after:
            yield start, after - _DAY, rates.at(start)


def damages_moves(minor: int) -> Sequence[tuple[str, int]]:
    """Return the entry of damages that are paid: the house's own cost, out of its cash."""
    return [(ACCOUNT, minor), ("cash", -minor)] if minor else []


@cache
def shipped_rates() -> Rates:
    """Return the rates of the house; a fault in the file that is shipped is ours: asserted."""
    written = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    assert written["grade"] in "ABCK", "a figure has a grade"
    steps = tuple((one["from"], Fraction(one["rate"])) for one in written["rates"])
    return Rates(
        steps, written["year_days"], written["clause"], written["source"], written["grade"]
    )
