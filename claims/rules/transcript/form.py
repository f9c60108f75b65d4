"""The terms of a loan account as a bank states them; what is left out is assumed, and named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field

from claims.rules.interest import BY_DAY, Rate
from claims.rules.transcript.defaults import assumed
from claims.rules.transcript.lending import OWED, Lending, Overdue
from kernel.errors import invalid
from kernel.period import add_months
from kernel.wire import Day, Share, Wire
from underwriting.pricing.day_count import DayCount
from underwriting.watch.schedule import Due

_MOST_DAYS = 2000
_MOST_FACTOR = 4
_MONTHS = {"month": 1, "quarter": 3}
_ASSUMED = ("day_count", "interest_every", "penalty_factor", "overdue", "compound", "order",
            "interest_stops")  # fmt: skip

Factor = Annotated[str, Field(pattern=r"^[1-9](\.[0-9]{1,4})?$|^[1-9][0-9]?/[1-9][0-9]?$")]


class RateForm(Wire):
    """A rate per year from a day on."""

    from_on: Day
    annual: Share = Field(description='Per 1 and year, such as "0.0435" or "87/2000"')


class AccountForm(Wire):
    """How the account runs; what is left out is assumed and named in the answer."""

    day_count: Literal["actual/360", "actual/365", "30/360"] | None = Field(
        None, description="As the policy states it, where left out and the policy counts by the day"
    )
    rates: Annotated[tuple[RateForm, ...], Field(max_length=200)] = Field(
        (), description="Changes of the rate after the first day, in order"
    )
    interest_every: Literal["month", "quarter", "end"] | None = Field(
        None, description="How often interest is charged; `end`: with the last instalment only"
    )
    first_interest_on: Day | None = Field(None, description="First of those days")
    charge_days: Annotated[tuple[Day, ...], Field(max_length=_MOST_DAYS)] | None = Field(
        None, description="The days on which interest is charged, instead of a period"
    )
    penalty_factor: Factor | None = Field(None, description="Times the rate, such as 1.5")
    overdue: Overdue | None = None
    compound: bool | None = None
    order: tuple[str, ...] | None = Field(
        None, max_length=len(OWED), description=f"Of payments: {', '.join(OWED)}"
    )
    accelerated_on: Day | None = Field(None, description="The day all principal was called")
    bankrupt_on: Day | None = Field(None, description="The day the bankruptcy was accepted")
    interest_stops: bool | None = Field(None, description="Does interest stop on that day?")

    def left_out(self) -> tuple[str, ...]:
        """Return what is not stated and was assumed."""
        names = [name for name in _ASSUMED if getattr(self, name) is None]
        if self.charge_days is not None and "interest_every" in names:
            names.remove("interest_every")
        if self.bankrupt_on is None:
            names = [name for name in names if name != "interest_stops"]
        return tuple(names)


@dataclass(frozen=True, slots=True)
class Lent:
    """What the policy, or the loan contract, says of the loan.

    Attributes:
        currency: of every amount.
        drawdowns: what is paid out, by day, minor units.
        plan: principal that falls due, by day.
        annual_rate: of the first day, per 1.
        day_count: as agreed; None where it is not, or does not count by the day.
    """

    currency: str
    drawdowns: tuple[Due, ...]
    plan: tuple[Due, ...]
    annual_rate: Fraction
    day_count: DayCount | None = None

    def __post_init__(self) -> None:
        assert self.day_count is None or self.day_count in BY_DAY, "an account runs by the day"


def assumed_for(lent: Lent, form: AccountForm) -> tuple[str, ...]:
    """Return what neither the policy nor the bank states and was assumed."""
    known = () if lent.day_count is None else ("day_count",)
    return tuple(name for name in form.left_out() if name not in known)


def lending_of(lent: Lent, form: AccountForm, until: date) -> Lending:
    """Return the terms by which an account is worked out to the end of a day.

    Raises:
        Invalid: rates are out of order, the order of payments is not whole, or a factor is
            below one.
    """
    opens = min(one.on for one in lent.drawdowns)
    factor = Fraction(_or(form, "penalty_factor"))
    if not 1 <= factor <= _MOST_FACTOR:
        cure = f"give it from 1 to {_MOST_FACTOR}, such as 1.5"
        raise invalid("account.penalty_factor", f"{factor} is no penalty", cure)
    order = tuple(_or(form, "order"))
    if sorted(order) != sorted(OWED):
        raise invalid("account.order", "does not name each once", f"order {', '.join(OWED)}")
    stops = form.bankrupt_on if _or(form, "interest_stops") else None
    return Lending(
        currency=lent.currency,
        drawdowns=lent.drawdowns,
        plan=lent.plan,
        charge_days=tuple(_charge_days(lent, form, opens, until)),
        rates=_rates(lent, form, opens),
        day_count=_day_count(lent, form),
        penalty_factor=factor,
        overdue=Overdue(_or(form, "overdue")),
        compound=_or(form, "compound"),
        order=order,
        accelerated_on=form.accelerated_on,
        stops_on=None if stops is None else max(stops, opens),
    )


def _day_count(lent: Lent, form: AccountForm) -> DayCount:
    if form.day_count is None and lent.day_count is not None:
        return lent.day_count
    return DayCount(_or(form, "day_count"))


def _or(form: AccountForm, name: str) -> Any:
    stated = getattr(form, name)
    return assumed(name) if stated is None else stated


def _rates(lent: Lent, form: AccountForm, opens: date) -> tuple[Rate, ...]:
    rates = [Rate(opens, lent.annual_rate)]
    for place, one in enumerate(form.rates):
        if one.from_on <= rates[-1].from_on:
            words = f"{one.from_on} is not after {rates[-1].from_on}"
            raise invalid(f"account.rates[{place}].from_on", words, "give them in order")
        rates.append(Rate(one.from_on, Fraction(one.annual)))
    return tuple(rates)


def _charge_days(lent: Lent, form: AccountForm, opens: date, until: date) -> Iterator[date]:
    """Yield the days on which interest is charged, those after the last instalment among them."""
    ends = max(one.on for one in lent.plan)
    if form.charge_days is not None:
        yield from form.charge_days
        return
    every = _or(form, "interest_every")
    if every == "end":
        yield ends
        return
    step, first = _MONTHS[every], form.first_interest_on
    count = 1 if first is None else 0
    while (day := add_months(first or opens, count * step)) <= until:  # from one day: no drift
        yield day
        count += 1
    yield ends
