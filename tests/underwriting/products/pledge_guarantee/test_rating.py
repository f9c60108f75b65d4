"""The rating of a pledge guarantee: by hand, and which way it may move."""

from typing import Any

import pytest
from builders import a_basis, a_risk, a_scheme, cny, some_inputs
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Invalid
from underwriting.pricing.view import LossView
from underwriting.products import product
from underwriting.products.pledge_guarantee.rating import loan_to_value, rate
from underwriting.receipt import price

GRADES = ("A", "BBB", "BB", "B", "CCC")
PLANS = st.sampled_from(["bullet", "equal_principal", "annuity"])
LINE = product("pledge_guarantee")
FEN = 3
"""Room for rounding: a loss is split, a recovery given back, and a premium rounded, to the fen."""


def rated(scheme: Any = None, **parts: Any) -> LossView:
    risk = a_risk(**parts)
    return rate(risk, a_basis(some_inputs(risk, scheme=scheme or a_scheme())))


def total(**parts: Any) -> int:
    risk = a_risk(**parts)
    return price(LINE, some_inputs(risk, scheme=a_scheme())).premium.total.minor


def money(minor: int) -> dict[str, str]:
    return cny(f"{minor // 100}.{minor % 100:02}")


def test_a_month_by_hand() -> None:
    """Bullet loan of 3,000,000.00; the right fetches 10 % of 8,600,000.00 less 15 %."""
    view = rated(loan={"term_months": 1}, cover={"waiting_days": 0})
    (row,) = view.months
    hazard = 0.00034 * 0.253
    gross = 8_600_000_00 * 0.1 * 2.718281828459045 ** (-hazard * (1 / 12 + 1.5))
    net = gross * 0.85
    assert row.exposure == 3_000_000_00  # the sum insured leaves no room for interest
    assert row.paid == 2_400_000_00
    assert row.given_back == pytest.approx(net * 0.8, abs=FEN)
    default = 1 - 0.975 ** (1 / 12)
    expected = default * (row.paid * 1.02 ** (-1 / 12) - row.given_back * 1.02 ** (-1 / 12 - 1.5))
    assert row.expected_loss == pytest.approx(expected, rel=1e-9)


def test_interest_runs_to_the_end_of_waiting_within_the_sum_insured() -> None:
    """A month and 80 days at 4.35 % on 3,000,000.00, where the scheme shares interest."""
    shares_interest = a_scheme(loss_base="principal_interest")
    view = rated(shares_interest, loan={"term_months": 1})
    interest = round(3_000_000_00 * 0.0435 * (1 / 12 + 80 / 365))
    assert view.months[0].exposure == pytest.approx(3_000_000_00 + interest, abs=1)
    small = rated(shares_interest, cover={"sum_insured": cny("3000000.01")})
    assert {row.exposure for row in small.months} == {3_000_000_01}


def test_a_low_sum_insured_limits_the_loss() -> None:
    view = rated(cover={"sum_insured": cny("1000000.00")})
    assert {row.paid for row in view.months} == {800_000_00}


def test_other_security_helps_only_where_the_whole_loan_is_shared() -> None:
    mixed = {"loan": {"ip_share": "1/2"}}
    whole = rated(a_scheme(), **mixed)
    assert whole.months[0].given_back > rated(a_scheme()).months[0].given_back
    assert [prior.param for prior in whole.priors][-1] == "lgd_other_security"
    part = rated(a_scheme(eligible="ip_share"), **mixed)
    assert "lgd_other_security" not in {prior.param for prior in part.priors}


def test_a_trademark_does_not_end_with_its_term() -> None:
    expires = {"expires": "2026-06-01"}
    patent = rated(right=expires, loan={"term_months": 12})
    mark = rated(right={**expires, "kind": "trademark"}, loan={"term_months": 12})
    assert patent.months[0].given_back == 0
    assert mark.months[0].given_back > 0


def test_loan_to_value() -> None:
    assert loan_to_value(a_risk(right={"appraised": cny("6000000")})) == 0.5
    assert (
        loan_to_value(a_risk(loan={"ip_share": "1/2"}, right={"appraised": cny("6000000")})) == 0.25
    )


def test_a_right_that_is_worth_nothing_is_refused_where_it_stands() -> None:
    """Nothing is lent on it; the refusal names the field of the proposal."""
    with pytest.raises(Invalid) as refused:
        price(LINE, some_inputs(a_risk(right={"appraised": cny("0")}), scheme=a_scheme()))
    assert refused.value.faults[0].field.startswith(("risk.rights", "rights"))


def test_a_right_from_elsewhere_has_no_price_without_a_rate() -> None:
    with pytest.raises(Invalid, match="in ZZ"):
        rated(right={"office": "ZZ"})


@settings(max_examples=50, deadline=None)
@given(PLANS, st.integers(1, 119), st.sampled_from(GRADES))
def test_a_longer_term_never_costs_less(plan: str, months: int, grade: str) -> None:
    def cost(term: int) -> int:
        return total(loan={"plan": plan, "term_months": term}, borrower={"grade": grade})

    assert cost(months) <= cost(months + 1) + FEN


@settings(max_examples=50, deadline=None)
@given(PLANS, st.integers(10_000, 10**10), st.integers(1, 10**10), st.integers(10_000, 10**11))
def test_a_larger_loan_never_costs_less(plan: str, loan: int, more: int, value: int) -> None:
    def cost(minor: int) -> int:
        return total(loan={"plan": plan, "amount": money(minor)}, right={"appraised": money(value)})

    assert cost(loan) <= cost(loan + more) + FEN


@settings(max_examples=50, deadline=None)
@given(PLANS, st.integers(10_000, 10**10), st.integers(10_000, 10**11), st.integers(1, 10**11))
def test_a_higher_loan_to_value_never_costs_less(
    plan: str, loan: int, value: int, more: int
) -> None:
    def cost(appraised: int) -> int:
        return total(
            loan={"plan": plan, "amount": money(loan)}, right={"appraised": money(appraised)}
        )

    assert cost(value + more) <= cost(value) + FEN


@pytest.mark.parametrize("plan", ["bullet", "equal_principal", "annuity"])
def test_a_worse_grade_costs_more(plan: str) -> None:
    costs = [total(borrower={"grade": grade}, loan={"plan": plan}) for grade in GRADES]
    assert costs == sorted(set(costs))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 100), st.integers(0, 100))
def test_a_larger_share_never_costs_less(one: int, other: int) -> None:
    def cost(percent: int) -> int:
        shares = f'insurer = "{percent}/100", bank = "{100 - percent}/100"'
        scheme = a_scheme(layers=f"[[layers]]\nshares = {{ {shares} }}")
        return price(LINE, some_inputs(scheme=scheme)).premium.total.minor

    low, high = sorted((one, other))
    assert cost(low) <= cost(high) + FEN
