"""Repayment plans against the account of a loan, month by month."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from underwriting.pricing.plan import Plan, outstanding

PRINCIPALS = st.integers(1, 10**12)
RATES = st.fractions(0, 1, max_denominator=10_000)
MONTHS = st.integers(1, 120)
PLANS = st.sampled_from([plan for plan in Plan if plan is not Plan.CUSTOM])


def account(plan: Plan, principal: int, rate: Fraction, months: int) -> list[Fraction]:
    """Balances before each instalment, by paying interest and instalment every month, exact."""
    monthly = rate / 12
    if plan is Plan.ANNUITY and monthly:
        # present value of `months` payments of 1
        worth = sum((1 + monthly) ** -month for month in range(1, months + 1))
        payment = principal / worth
    balance, balances = Fraction(principal), []
    for month in range(1, months + 1):
        balances.append(balance)
        if plan is Plan.BULLET:
            repaid = balance if month == months else Fraction(0)
        elif plan is Plan.ANNUITY and monthly:
            repaid = payment - balance * monthly
        else:
            repaid = Fraction(principal, months)
        balance -= repaid
    assert balance == 0
    return balances


@given(PLANS, PRINCIPALS, RATES, MONTHS)
def test_the_plan_is_what_the_account_shows(
    plan: Plan, principal: int, rate: Fraction, months: int
) -> None:
    shown = outstanding(plan, principal, rate, months)
    exact = account(plan, principal, rate, months)
    assert len(shown) == months
    assert all(
        abs(minor - balance) <= Fraction(1, 2) for minor, balance in zip(shown, exact, strict=True)
    )


@given(PLANS, PRINCIPALS, RATES, MONTHS)
def test_it_starts_whole_and_never_rises(
    plan: Plan, principal: int, rate: Fraction, months: int
) -> None:
    owed = outstanding(plan, principal, rate, months)
    assert owed[0] == principal
    assert list(owed) == sorted(owed, reverse=True)
    assert owed[-1] >= 0


def test_a_small_annuity_by_hand() -> None:
    """1000.00 at 12 % over 3 months: payment 340.02, so 669.98 and 336.66 are left."""
    assert outstanding(Plan.ANNUITY, 100000, Fraction(12, 100), 3) == (100000, 66998, 33666)


def test_an_annuity_repays_slower_than_equal_principal() -> None:
    rate = Fraction(6, 100)
    annuity = outstanding(Plan.ANNUITY, 10**8, rate, 24)
    equal = outstanding(Plan.EQUAL_PRINCIPAL, 10**8, rate, 24)
    assert all(slow > quick for slow, quick in zip(annuity[1:], equal[1:], strict=True))


def test_a_loan_without_a_term_is_impossible() -> None:
    with pytest.raises(AssertionError):
        outstanding(Plan.BULLET, 1, Fraction(0), 0)
