"""Day counts, premium by instalments, and the internal rate of return against second ways."""

from datetime import date, timedelta
from fractions import Fraction
from math import inf, isclose

import numpy as np
import pytest
from builders import yuan
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.money import Money
from kernel.period import add_months
from underwriting.pricing.day_count import DayCount, days_part, year_part
from underwriting.pricing.effective_cost import Flow, effective_rate, nominal_rate
from underwriting.pricing.instalments import PremiumBasis, premium_instalments

START = date(2025, 1, 1)


def a_loan(months: int, rate: float, upfront: int) -> list[Flow]:
    """An annuity of 1,000,000 fen over equal thirtieths of 365 days, and a payment at the start."""
    principal, monthly = 1_000_000, rate / 12
    payment = principal * monthly / (1 - (1 + monthly) ** -months) if rate else principal / months
    flows = [Flow(START, principal - upfront, "drawn, less what is paid for it")]
    return flows + [
        Flow(START + timedelta(days=73 * month), -round(payment), "instalment")
        for month in range(1, months + 1)
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 20), st.just(0.0) | st.floats(0.001, 0.4), st.integers(0, 100_000))
def test_the_rate_is_the_root_of_the_polynomial(months: int, rate: float, upfront: int) -> None:
    """Every 73 days is a fifth of a year: with x = (1 + i)^(-1/5) a polynomial; roots by numpy."""
    flows = a_loan(months, rate, upfront)
    found = effective_rate(flows)
    roots = np.roots([flow.minor for flow in reversed(flows)])
    real = [root.real for root in roots if abs(root.imag) < 1e-9 and root.real > 0]
    assert any(isclose((1 + found) ** -0.2, root, rel_tol=1e-8) for root in real)


def test_a_loan_without_cost_costs_its_interest() -> None:
    """Interest of one per cent every 73 days is 1.01^5 - 1 a year."""
    flows = [Flow(START, 100, "drawn")]
    flows += [Flow(START + timedelta(days=73 * k), -1, "interest") for k in range(1, 6)]
    flows.append(Flow(START + timedelta(days=365), -100, "principal"))
    assert effective_rate(flows) == pytest.approx(1.01**5 - 1, abs=1e-13)
    assert nominal_rate(1.02**12 - 1) == pytest.approx(0.24)


def test_a_discount_by_the_closed_form() -> None:
    """97 now for 106 in two years: (106 / 97)^(1/2) - 1, the years of 365 days."""
    flows = [Flow(START, 97, "drawn"), Flow(START + timedelta(days=730), -106, "repaid")]
    assert effective_rate(flows) == pytest.approx((106 / 97) ** 0.5 - 1, abs=1e-14)


def test_the_ends_of_the_scale() -> None:
    assert effective_rate([Flow(START, -1, "all"), Flow(add_months(START, 1), -1, "more")]) == inf
    less = [Flow(START, 100, "drawn"), Flow(START + timedelta(days=365), -50, "repaid")]
    assert effective_rate(less) == pytest.approx(-0.5)


@given(
    st.sampled_from(DayCount),
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    st.integers(0, 3000),
    st.integers(0, 3000),
)
def test_day_counts_stay_near_each_other_and_never_run_back(
    count: DayCount, start: date, days: int, more: int
) -> None:
    end = start + timedelta(days=days)
    part = year_part(count, start, end)
    assert year_part(count, start, end + timedelta(days=more)) >= part
    assert abs(float(part) - days / 365) <= 0.02 + days / 365 / 50


def test_day_counts_by_hand() -> None:
    """From 31 January to 31 March 2025: 59 days."""
    ends = date(2025, 1, 31), date(2025, 3, 31)
    assert year_part(DayCount.ACTUAL_365, *ends) == Fraction(59, 365)
    assert year_part(DayCount.ACTUAL_360, *ends) == Fraction(59, 360)
    assert year_part(DayCount.THIRTY_360, *ends) == Fraction(60, 360)
    assert year_part(DayCount.MONTHLY, *ends) == Fraction(2, 12)
    assert days_part(DayCount.MONTHLY, ends[0], 80) == Fraction(80, 365)
    assert days_part(DayCount.ACTUAL_360, ends[0], 80) == Fraction(80, 360)


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(0, 10**9), min_size=1, max_size=60).filter(sum),
    st.sampled_from(PremiumBasis),
)
def test_instalments_are_the_premium(premium: int, earning: list[int], basis: PremiumBasis) -> None:
    parts = premium_instalments(Money(premium, "CNY"), earning, START, basis)
    assert sum(part.money.minor for part in parts) == premium
    assert [part.on for part in parts] == sorted({part.on for part in parts})
    if basis is PremiumBasis.ANNUAL:
        for part in parts:
            year = (part.on.year - START.year) * 12
            due = Fraction(premium * sum(earning[year : year + 12]), sum(earning))
            assert abs(part.money.minor - due) < 1


def test_a_falling_balance_pays_less_each_year() -> None:
    """24 equal instalments of principal: 222 of 300 balance-months in the first year."""
    owed = [24 - month for month in range(24)]
    first, second = premium_instalments(yuan("300.00"), owed, START, PremiumBasis.ANNUAL)
    assert (first.money, second.money) == (yuan("222.00"), yuan("78.00"))
    assert second.on == date(2026, 1, 1)
    assert "222 of 300" in first.basis


@given(
    st.integers(1, 10**9),
    st.lists(st.integers(0, 10**8), min_size=1, max_size=60),
    st.integers(0, 10**7),
)
def test_it_is_the_root_that_halving_alone_finds(lent: int, back: list[int], fee: int) -> None:
    """Newton's steps only bring it near: the root is met as closely as by halving all the way."""
    flows = [Flow(START, lent, "lent"), Flow(START, -fee, "fee")]
    flows += [Flow(add_months(START, n), -one, "repaid") for n, one in enumerate(back, 1)]
    found = effective_rate(flows)
    timed = [((flow.on - START).days / 365, float(flow.minor)) for flow in flows]

    def present(rate: float) -> float:
        return sum(minor * (1.0 + rate) ** -years for years, minor in timed)

    if found == inf:
        assert present(1e6) <= 0
        return
    low, high = -0.999, 1e6
    while (middle := 0.5 * (low + high)) not in (low, high):
        low, high = (middle, high) if present(middle) < 0 else (low, middle)
    assert found == pytest.approx(high, abs=1e-12, rel=1e-12)
