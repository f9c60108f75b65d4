"""A loan as its account is worked out from it: plan, rates, day count, order of payments."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from claims.rules.interest import Rate
from underwriting.pricing.day_count import DayCount
from underwriting.watch.schedule import Due

OWED: Final = ("costs", "interest", "principal", "penalty", "compound_interest", "damages")
"""What may be owed, in the order of the Civil Code (art. 561: costs, interest, principal); what
the article does not name comes last."""


class Overdue(StrEnum):
    """What a bank calls penalty interest on overdue principal."""

    SURCHARGE = "surcharge"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lending:
    """The terms by which a loan account runs; amounts in minor units.

    Attributes:
        currency: of every amount.
        drawdowns: what is paid out, by day; the first opens the account.
        plan: principal that falls due, by day; it sums to what is paid out.
        charge_days: days on which interest is charged and falls due.
        rates: of ordinary interest.
        day_count: how days are counted.
        penalty_factor: times the rate, on overdue principal and on unpaid interest.
        overdue: `surcharge`: ordinary interest runs on and the penalty is what goes beyond it;
            `whole`: the penalty takes the place of ordinary interest on overdue principal.
        compound: is interest that is due and unpaid charged interest?
        order: in which a payment meets what is owed, each name of `OWED` once.
        accelerated_on: the day from which all principal is due; None where it was not called.
        stops_on: the day from which nothing accrues: the bankruptcy was accepted.
    """

    currency: str
    drawdowns: tuple[Due, ...]
    plan: tuple[Due, ...]
    charge_days: tuple[date, ...]
    rates: tuple[Rate, ...]
    day_count: DayCount
    penalty_factor: Fraction
    overdue: Overdue = Overdue.SURCHARGE
    compound: bool = True
    order: tuple[str, ...] = OWED
    accelerated_on: date | None = None
    stops_on: date | None = None

    def __post_init__(self) -> None:
        assert self.drawdowns, "a loan is paid out"
        assert sorted(self.order) == sorted(OWED), "the order names each once"
        assert self.penalty_factor >= 1, "a penalty is no discount"
        assert self.rates[0].from_on <= self.opens_on, "the first rate counts from the first day"

    @property
    def opens_on(self) -> date:
        """The first day of the account."""
        return min(one.on for one in self.drawdowns)

    def planned(self, on: date) -> int:
        """Principal due by the end of a day."""
        if self.accelerated_on is not None and self.accelerated_on <= on:
            return sum(one.principal for one in self.plan)
        return sum(one.principal for one in self.plan if one.on <= on)
