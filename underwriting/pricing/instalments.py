"""Premium by instalments on what is still owed: how much falls due on which day."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kernel.money import Money, allocate
from kernel.period import add_months

_YEAR = 12


class PremiumBasis(StrEnum):
    """When the premium is paid: at once, or each year on that year's balance; in advance."""

    SINGLE = "single"
    ANNUAL = "annual"


class Instalment(NamedTuple):
    """A part of the premium.

    Attributes:
        on: the day it falls due.
        money: how much.
        basis: what it is for, in words.
    """

    on: date
    money: Money
    basis: str


def premium_instalments(
    premium: Money, earning: Sequence[int], start: date, basis: PremiumBasis
) -> tuple[Instalment, ...]:
    """Return the instalments of a premium; they sum to it to the minor unit.

    Annual: each year's part of the premium is its part of the weights by which it is earned
    (balances by month), so a loan half repaid pays half; allotted by largest remainder. A year
    in which nothing is owed pays nothing.

    >>> for one in premium_instalments(
    ...     Money(900, "CNY"), [2] * 12 + [1] * 12, date(2025, 3, 10), PremiumBasis.ANNUAL
    ... ):
    ...     print(one.on, one.money)
    2025-03-10 CNY 6.00
    2026-03-10 CNY 3.00
    """
    if basis is PremiumBasis.SINGLE:
        return (Instalment(start, premium, "the whole, in advance"),)
    years = [sum(earning[at : at + _YEAR]) for at in range(0, len(earning), _YEAR)]
    parts = allocate(premium.minor, years)
    return tuple(
        Instalment(
            add_months(start, _YEAR * year),
            Money(part, premium.currency),
            f"year {year + 1}: {weight} of {sum(years)} balance-months",
        )
        for year, (part, weight) in enumerate(zip(parts, years, strict=True))
        if weight
    )
