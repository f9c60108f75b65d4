"""Repayment plans: what is still owed before each month's instalment, to the minor unit."""

from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from kernel.money import round_half_up


class Plan(StrEnum):
    """How principal is repaid, monthly in arrear."""

    BULLET = "bullet"
    EQUAL_PRINCIPAL = "equal_principal"
    ANNUITY = "annuity"
    CUSTOM = "custom"


@lru_cache(maxsize=256)
def outstanding(
    plan: Plan, principal: int, annual_rate: Fraction, months: int, grace: int = 0
) -> tuple[int, ...]:
    """Return the principal owed before instalment 1 to `months`, in minor units.

    Bullet: P. Equal principal: P (1 - k/n). Annuity at monthly rate r:
    P ((1+r)^n - (1+r)^k) / ((1+r)^n - 1); without interest it is equal principal. With a grace
    of g months nothing is repaid in the first g, and the plan runs over the other n - g.

    >>> outstanding(Plan.EQUAL_PRINCIPAL, 1200, Fraction(0), 3)
    (1200, 800, 400)
    >>> outstanding(Plan.EQUAL_PRINCIPAL, 1200, Fraction(0), 5, 2)
    (1200, 1200, 1200, 800, 400)
    """
    assert months > 0, "a loan has a term"
    assert 0 <= grace < months, "something is repaid in some month"
    assert plan is not Plan.CUSTOM, "a custom plan is stated, not worked out"
    if plan is Plan.BULLET:
        return (principal,) * months
    growth, repaying = 1 + annual_rate / 12, months - grace
    if plan is Plan.EQUAL_PRINCIPAL or growth == 1:
        left = [Fraction(repaying - k, repaying) for k in range(repaying)]
    else:
        end = growth**repaying
        left = [(end - growth**k) / (end - 1) for k in range(repaying)]
    return (principal,) * grace + tuple(round_half_up(principal * part) for part in left)
