"""The loan of a proposal: what is stated of it, and what is owed in each month."""

from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Annotated

from pydantic import Field

from kernel.errors import invalid
from kernel.money import Money
from kernel.period import add_months
from kernel.wire import Day, MoneyWire, Share, Wire, Words, exact
from underwriting.pricing.custom_plan import Stated, by_balances, by_instalments
from underwriting.pricing.day_count import DayCount
from underwriting.pricing.drawn import Tranche, checked, drawn_by_month, owed_by_tranches
from underwriting.pricing.plan import Plan


class Drawdown(Wire):
    """A tranche of the loan."""

    on: Day
    amount: MoneyWire


class OfMonth(Wire):
    """An amount of principal at the end of a month of the loan."""

    month: int = Field(ge=1, le=120)
    amount: MoneyWire


Months = Annotated[tuple[OfMonth, ...], Field(max_length=120)]


class Loan(Wire):
    """The loan that is guaranteed."""

    contract: Words = Field(description="The bank's number of the loan contract")
    amount: MoneyWire
    annual_rate: Share = Field(description="Interest per year, per 1", examples=["0.045"])
    day_count: DayCount = Field(DayCount.MONTHLY, description="How interest is counted")
    term_months: int = Field(ge=1, le=120)
    drawdown: Day = Field(description="Day of the first tranche")
    drawdowns: Annotated[tuple[Drawdown, ...], Field(max_length=60)] = Field(
        (), description="All tranches, where there is more than one"
    )
    plan: Plan = Plan.BULLET
    grace_months: int = Field(0, ge=0, le=119, description="Months without repayment of principal")
    instalments: Months = Field((), description="Custom plan: principal repaid, by month")
    balances: Months = Field((), description="Custom plan: principal owed after a month")
    fees: MoneyWire | None = Field(
        None, description="Paid by the borrower on drawdown, beside interest and premium"
    )
    purpose: Words
    refinancing: bool = Field(description="Does it repay another loan?")
    ip_share: Share = Field("1", description="Part of the loan that IP secures")

    @property
    def money(self) -> Money:
        """The loan amount."""
        return self.amount.money("risk.loan.amount")

    @property
    def rate(self) -> Fraction:
        """Interest per year, exact."""
        return exact(self.annual_rate)

    @property
    def due(self) -> date:
        """The day on which the last of it falls due."""
        return add_months(self.drawdown, self.term_months)

    def amounts(self) -> tuple[MoneyWire, ...]:
        """Every amount stated beside the loan's own."""
        by_month = (*self.instalments, *self.balances)
        return (
            *(one.amount for one in self.drawdowns),
            *(one.amount for one in by_month),
            *((self.fees,) if self.fees else ()),
        )

    def tranches(self) -> tuple[Tranche, ...]:
        """Return what is paid out, day by day.

        Raises:
            Invalid: the tranches are out of order or do not sum to the loan.
        """
        field = "risk.loan.drawdowns"
        stated = [Tranche(one.on, one.amount.money(field)) for one in self.drawdowns]
        return checked(stated, self.money, self.drawdown)


@lru_cache(maxsize=128)
def balances(loan: Loan) -> tuple[int, ...]:
    """Return the principal owed before each month's instalment, in minor units.

    Raises:
        Invalid: tranches or a custom plan that cannot be; the grace fills the term.
    """
    drawn = drawn_by_month(loan.tranches(), loan.drawdown, loan.term_months)
    custom = loan.plan is Plan.CUSTOM
    if custom != bool(loan.instalments or loan.balances):
        problem = "states no month" if custom else f"is {loan.plan}, and months are stated"
        raise invalid("risk.loan.plan", problem, "state instalments or balances, and plan custom")
    if not custom:
        if loan.grace_months >= loan.term_months:
            cure = "give a grace that is shorter than the term"
            raise invalid("risk.loan.grace_months", "leaves no month for repayment", cure)
        return owed_by_tranches(loan.plan, drawn, loan.rate, loan.grace_months)
    if (loan.instalments and loan.balances) or loan.grace_months:
        cure = "state instalments, or balances; a custom plan says its grace itself"
        raise invalid("risk.loan.plan", "is stated twice", cure)
    if loan.instalments:
        field = "risk.loan.instalments"
        return by_instalments(_stated(loan.instalments, field), drawn, field)
    return by_balances(_stated(loan.balances, "risk.loan.balances"), drawn)


def _stated(months: Months, field: str) -> list[Stated]:
    return [Stated(one.month, one.amount.money(field).minor) for one in months]
