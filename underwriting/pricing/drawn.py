"""A loan that is paid out in tranches: which month owes what."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kernel.errors import invalid
from kernel.money import Money
from kernel.period import add_months
from underwriting.pricing.plan import Plan, outstanding


class Tranche(NamedTuple):
    """A part of the loan.

    Attributes:
        on: the day it is paid out.
        money: how much.
    """

    on: date
    money: Money


def checked(
    tranches: Sequence[Tranche], loan: Money, first: date, field: str = "risk.loan.drawdowns"
) -> tuple[Tranche, ...]:
    """Return the tranches, or the whole loan as one where none is stated.

    Raises:
        Invalid: they do not begin on the day of drawdown, are out of order, or do not sum to
            the loan.
    """
    if not tranches:
        return (Tranche(first, loan),)
    days = [one.on for one in tranches]
    if days != sorted(set(days)):
        raise invalid(field, "are not of rising days", "state each day once, in order")
    if days[0] != first:
        problem = f"begin on {days[0]}, and the loan is drawn on {first}"
        raise invalid(field, problem, "begin with the day of drawdown")
    total = sum(one.money.minor for one in tranches)
    if total != loan.minor:
        problem = f"sum to {Money(total, loan.currency)}, and the loan is {loan}"
        raise invalid(field, problem, "have them sum to the loan")
    return tuple(tranches)


def month_of(day: date, first: date, months: int, field: str = "risk.loan.drawdowns") -> int:
    """Return the month of the loan, counted from 1, in which a day falls.

    A default of that month is taken at its end: the tranche is owed then.

    Raises:
        Invalid: the day lies beyond the term.

    >>> month_of(date(2025, 4, 9), date(2025, 3, 10), 12)
    1
    >>> month_of(date(2025, 4, 10), date(2025, 3, 10), 12)
    2
    """
    for month in range(1, months + 1):
        if day < add_months(first, month):
            return month
    problem = f"include {day}, when the loan is due"
    raise invalid(field, problem, "draw before the loan falls due")


def drawn_by_month(tranches: Sequence[Tranche], first: date, months: int) -> tuple[Money, ...]:
    """Return what is paid out in each month of the loan."""
    currency, sums = tranches[0].money.currency, [0] * months
    for one in tranches:
        sums[month_of(one.on, first, months) - 1] += one.money.minor
    return tuple(Money(minor, currency) for minor in sums)


def owed_by_tranches(
    plan: Plan, drawn: Sequence[Money], annual_rate: Fraction, grace: int
) -> tuple[int, ...]:
    """Return the principal owed before each instalment, minor units.

    Each month's tranche is repaid by the plan over the months that are left, its own counted,
    after what is left of the grace.

    >>> parts = [Money(600, "CNY"), Money(0, "CNY"), Money(200, "CNY")]
    >>> owed_by_tranches(Plan.EQUAL_PRINCIPAL, parts, Fraction(0), 0)
    (600, 400, 400)
    """
    months, owed = len(drawn), [0] * len(drawn)
    for start, out in enumerate(drawn):
        if out.minor:
            rest = max(0, grace - start)
            part = outstanding(plan, out.minor, annual_rate, months - start, rest)
            for month, minor in enumerate(part, start):
                owed[month] += minor
    return tuple(owed)
