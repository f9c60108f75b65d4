"""The rating of a pledge guarantee: by hand, and which way it may move."""

from dataclasses import replace
from math import exp, pi, sin
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from builders import a_basis, a_risk, a_scheme, cny, some_inputs
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import lognorm

from kernel.errors import Invalid
from models.priors import Prior, PriorTable
from underwriting.pricing.view import LossView
from underwriting.products import product
from underwriting.products.pledge_guarantee.exposure import loan_to_value
from underwriting.products.pledge_guarantee.rating import rate
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


def a_month(**own: float) -> LossView:
    """A bullet loan of 3,000,000.00 for a month on a right of 8,600,000.00; own figures first."""
    risk = a_risk(loan={"term_months": 1}, cover={"waiting_days": 0})
    inputs = some_inputs(risk, scheme=a_scheme())
    rows = dict(inputs.priors.rows)
    for param, value in own.items():
        row = Prior("level", param, "key_right", "*", value, "C", "point", 0, 0, "own")
        rows[row.key] = row
    table = PriorTable("own", rows) if own else inputs.priors
    return rate(risk, a_basis(replace(inputs, priors=table)))


ALONE = {"pd_multiple_on_invalidity": 1.0, "value_default_rank_correlation": 0.0}
"""Own figures that cut the link between the borrower and its right."""


def test_a_month_by_hand() -> None:
    """The right sells with (26 + 28 + 33 + 1/2) / (78 + 69 + 83 + 1) at a quarter of its value.

    What is got back is capped at the debt: the mean over a lognormal value, by quadrature.
    """
    (row,) = a_month(**ALONE).months
    sold = 87.5 / 231
    sigma = (0.5**2 + 0.25**2 * 42 / 365) ** 0.5
    net = lognorm(sigma, scale=0.85 * 0.25 * 8_600_000_00 * exp(-(sigma**2) / 2))
    kept, _ = quad(net.sf, 0, 3_000_000_00)  # E[min(X, c)] is the integral of P(X > x)
    assert row.exposure == 3_000_000_00  # the sum insured leaves no room for interest
    assert row.paid == 2_400_000_00
    alive = row.given_back / (0.8 * sold * kept)
    assert 0.990 < alive < 0.999  # invalidation, and lapse in breach of covenant, some 18 months
    default = 1 - 0.975 ** (1 / 12)
    expected = default * (row.paid * 1.02 ** (-1 / 12) - row.given_back * 1.02 ** (-1 / 12 - 1.5))
    assert row.expected_loss == pytest.approx(expected, abs=default * FEN)


def test_the_value_falls_with_the_borrower() -> None:
    """Value and time to default joined by a Gaussian copula: E[min(value, debt) | default].

    By quadrature over the default time of the month, the value lognormal given it.
    """
    law, default = NormalDist(), 1 - 0.975 ** (1 / 12)
    sigma = (0.5**2 + 0.25**2 * 42 / 365) ** 0.5
    rho = 2 * sin(pi * 0.3 / 6)
    rest = sigma * (1 - rho**2) ** 0.5

    def kept(part: float) -> float:
        """Given the default at this part of the month's chance."""
        score = law.inv_cdf(part * default)
        mean = 0.85 * 0.25 * 8_600_000_00 * exp(rho * sigma * score - (rho * sigma) ** 2 / 2)
        value = lognorm(rest, scale=mean * exp(-(rest**2) / 2))
        return float(quad(value.sf, 0, 3_000_000_00)[0])  # the integral of P(X > x)

    nodes, weights = np.polynomial.legendre.leggauss(12)
    linked = sum(w / 2 * kept((x + 1) / 2) for x, w in zip(nodes, weights, strict=True))
    free = lognorm(sigma, scale=0.85 * 0.25 * 8_600_000_00 * exp(-(sigma**2) / 2))
    alone = quad(free.sf, 0, 3_000_000_00)[0]
    (cut,), (joined,) = a_month(**ALONE).months, a_month().months
    assert 0.59 < linked / alone < 0.65
    assert joined.given_back / cut.given_back == pytest.approx(linked / alone, rel=0.001)


def test_a_dead_key_right_is_worth_little_and_the_borrower_goes_with_it() -> None:
    months = {"loan": {"term_months": 12}}
    twice = a_risk(**months)
    view = rate(twice, a_basis(some_inputs(twice, scheme=a_scheme())))
    share = view.drivers["key_right_dead_at_default_month_1"]
    assert 0 < share < 1e-4
    pending = rated(right={"invalidation_pending": True}, **months)
    assert pending.drivers["key_right_dead_at_default_month_1"] > 100 * share
    assert pending.pure > view.pure


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
    expires = {"expires": "2025-09-01"}
    patent = rated(right=expires, loan={"term_months": 12})
    mark = rated(right={**expires, "kind": "trademark"}, loan={"term_months": 12})
    assert 0 < patent.months[0].given_back < 0.05 * mark.months[0].given_back
    assert patent.months[6].given_back == 0 < mark.months[6].given_back


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
