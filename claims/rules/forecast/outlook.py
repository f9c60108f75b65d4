"""What may still be drawn on a pool, month by month from a day on, as frozen values.

Month 1 ends one month after the day. Amounts are minor units of one currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from math import expm1, log1p
from typing import Final

from kernel.period import add_months

MOST_MONTHS: Final = 120
"""Longest horizon."""

LEAST_FRAILTY, MOST_FRAILTY = 1e-6, 4.0
"""A variance between them can be drawn; a smaller one is told from none by no figure that is
printed (at 1e-6 the factor strays from its mean by a tenth of a per cent), and its inverse, the
shape of the factor, may be no number at all (5e-324). Nought itself is independence."""


@dataclass(frozen=True, slots=True)
class PolicyRisk:
    """One policy as the pool sees it.

    Attributes:
        key: its number.
        chances: of an event in each month, seen from the day; of a loan they sum to at most one.
        paid: what the pool is charged for an event of that month, its balance left aside.
        back: what it is expected to get back of that, at most `paid`.
        pays_after: months from the event to the charge.
        back_after: months from the event to the recovery.
        once: does an event end the risk, as a default does?
    """

    key: str
    chances: tuple[float, ...]
    paid: tuple[int, ...]
    back: tuple[int, ...]
    pays_after: int
    back_after: int
    once: bool

    def __post_init__(self) -> None:
        assert len(self.chances) == len(self.paid) == len(self.back), "a month has all three"
        assert all(0 <= chance <= 1 for chance in self.chances), "a chance is from 0 to 1"
        assert all(0 <= b <= p for b, p in zip(self.back, self.paid, strict=True)), "no gain"
        assert min(self.pays_after, self.back_after) >= 0, "money moves after the event"

    def hazards(self, frailty: float) -> tuple[float, ...]:
        """Return hazards h that give the chances on average over the common factor Z.

        With independence P(event in the month | none before) = 1 - exp(-h). Under a gamma factor
        of variance v the Laplace transform is E exp(-Z H) = (1 + v H)^(-1/v), so that a
        cumulated chance P takes H = ((1 - P)^(-v) - 1) / v, and h are its steps; what is no
        end of the risk takes each month by itself.
        """
        left, found = 1.0, []
        for chance in self.chances:
            part = min(chance / left, 1 - 1e-15) if left > 0 else 0.0
            found.append(-log1p(-part))
            left -= chance if self.once else 0.0
        if not frailty:
            return tuple(found)
        if not self.once:
            return tuple(_mixed(one, frailty) for one in found)
        whole = (0.0, *(_mixed(one, frailty) for one in accumulate(found)))
        return tuple(after - before for before, after in pairwise(whole))


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that moves in one month: a share of an open claim, or below zero a recovery.

    Attributes:
        month: counted from 1.
        chance: that it moves at all.
        minor: how much is drawn.
    """

    month: int
    chance: float
    minor: int

    def __post_init__(self) -> None:
        assert self.month >= 1, "the day itself is behind"
        assert 0 <= self.chance <= 1, "a chance is from 0 to 1"


@dataclass(frozen=True, slots=True)
class YearCap:
    """The most that a pool is charged in a calendar year.

    Attributes:
        most: of a year.
        used: of the year of the day, so far.
    """

    most: int
    used: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that a forecast rests on.

    Attributes:
        on: the day.
        months: of the horizon.
        balance: of the pool on the day.
        policies: in force or yet to start.
        flows: of claims that are open, and of recoveries that are awaited.
        year_cap: where the scheme has one.
        frailty: variance of the common factor that multiplies every hazard, its mean 1; nothing
            where events are independent. It moves no chance, only how events come together.
    """

    on: date
    months: int
    balance: int
    policies: tuple[PolicyRisk, ...]
    flows: tuple[Flow, ...] = ()
    year_cap: YearCap | None = None
    frailty: float = 0.0

    def __post_init__(self) -> None:
        assert 1 <= self.months <= MOST_MONTHS, "a horizon of some months"
        assert self.balance >= 0, "no pool owes itself"
        assert bounded(self.frailty), "a variance that can be drawn, or none"

    def day(self, month: int) -> date:
        """Return the last day of a month of the horizon."""
        return add_months(self.on, month)

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar year in which each month ends."""
        return tuple(self.day(month).year for month in range(1, self.months + 1))


def _mixed(hazard: float, frailty: float) -> float:
    """Return the hazard that, under the common factor, is survived as often as the plain one."""
    return expm1(frailty * hazard) / frailty


def bounded(frailty: float) -> bool:
    """Say whether a variance of the common factor is none, or one that can be drawn.

    >>> [bounded(one) for one in (0.0, 5e-324, 1e-6, 4.0, 4.1, float("nan"))]
    [True, False, True, True, False, False]
    """
    return frailty == 0 or LEAST_FRAILTY <= frailty <= MOST_FRAILTY


def seen_from(chances: Sequence[float], elapsed: int) -> tuple[float, ...]:
    """Return chances of an event that ends the risk, `elapsed` months later without one.

    P(m | none by e) = P(m) / (1 - sum of P(1..e)); below zero the risk has yet to begin.

    >>> seen_from((0.5, 0.25, 0.25), 1)
    (0.5, 0.5)
    >>> seen_from((0.5, 0.25), -1)
    (0.0, 0.5, 0.25)
    """
    if elapsed <= 0:
        return (0.0,) * -elapsed + tuple(chances)
    left = 1 - sum(chances[:elapsed])
    if left <= 0:
        return (0.0,) * len(chances[elapsed:])
    return tuple(min(1.0, chance / left) for chance in chances[elapsed:])
