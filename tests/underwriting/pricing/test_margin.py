"""The risk margin by both methods: by hand, beside scipy, and never turning a price round."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from kernel.errors import Invalid
from models.borrower.curve import DefaultCurve
from models.priors import load_priors
from models.severity import GeneralisedPareto, Lognormal
from underwriting.pricing.aggregate import CoverTerms, Distribution, Poisson, aggregate
from underwriting.pricing.expected_loss import MonthLoss
from underwriting.pricing.loadings import Loadings, risk_margin
from underwriting.pricing.margin import (
    MarginRates,
    bent_months,
    capital_of,
    cost_of_capital_margin,
    margin_of,
    margin_of_months,
    wang_margin,
    wang_of_months,
)

COIN = Distribution(100.0, np.array([0.99, 0.0, 0.006, 0.004]))
RATES = MarginRates(method="cost_of_capital", cost_of_capital=0.06, capital_quantile=0.995)
WANG = replace(RATES, method="wang", wang_lambda=0.3)
LOADINGS = Loadings(
    expense=0.18, commission=0.07, profit=0.05,
    cost_of_capital=0.06, capital_quantile=0.995, tax=0.06,
)  # fmt: skip
TERMS = replace(CoverTerms.none(), retention=5e6, copay=0.2, limit=1e8, agg_limit=2e8)
LAW = Lognormal.of_median(3e7, 1.4)


def month(number: int, chance: float, net: int) -> MonthLoss:
    return MonthLoss(number, chance, net, net, 0, chance * net)


MONTHS = [month(n, 0.003 - 0.0001 * n, 1_000_000 - 50_000 * n) for n in range(1, 13)]


def test_cost_of_capital_by_hand() -> None:
    """Worst 0.5 %: 0.4 % at 300 and 0.1 % at 200 are 280; the mean is 2.4; 6 % for two years."""
    margin = cost_of_capital_margin(COIN, RATES, 2.0)
    assert capital_of(COIN, RATES) == pytest.approx(277.6)
    assert margin.amount == pytest.approx(0.06 * 2 * 277.6)
    assert margin.method == "cost_of_capital"
    assert all(figure in margin.basis for figure in ("0.06", "tvar", "0.995", "2 years"))


def test_value_at_risk_and_what_the_book_needs_of_it() -> None:
    rates = replace(RATES, capital_measure="var", marginal=0.25)
    assert capital_of(COIN, rates) == pytest.approx(200 - 2.4)
    assert cost_of_capital_margin(COIN, rates, 1.0).amount == pytest.approx(0.015 * 197.6)


def test_value_at_risk_of_a_rare_loss_is_never_a_discount() -> None:
    rare = Distribution(100.0, np.array([0.999, 0.001]))
    assert capital_of(rare, replace(RATES, capital_measure="var")) == 0.0
    assert capital_of(rare, RATES) == pytest.approx(0.001 * 100 / 0.005 - 0.1)


def test_capital_that_is_given() -> None:
    assert cost_of_capital_margin(5000.0, RATES, 3.0).amount == pytest.approx(900.0)


@pytest.mark.parametrize("lam", [0.1, 0.3, 0.5])
def test_wang_beside_an_integral(lam: float) -> None:
    """One exponential layer: scipy integrates the bent survival function."""
    law, terms = GeneralisedPareto(0.0, 1000.0, 0.0), replace(CoverTerms.none(), agg_limit=4000.0)
    year = aggregate(Poisson(0.2), law, terms, points=4096)
    number = stats.poisson.pmf(np.arange(1, 30), 0.2)
    counts = np.arange(1, 30)

    def bent(x: float) -> float:
        above = float(number @ stats.gamma.sf(x, counts, scale=1000.0))
        return float(stats.norm.cdf(stats.norm.ppf(above) + lam))

    exact = integrate.quad(bent, 0.0, 4000.0)[0]
    margin = wang_margin(year, lam, 1.0)
    assert year.mean() + margin.amount == pytest.approx(exact, rel=1e-3)
    assert margin.method == "wang"


@given(st.floats(1e-3, 3.0), st.floats(1.1, 8.0), st.sampled_from([RATES, WANG]))
def test_a_price_with_margin_never_falls_with_risk(
    events: float, factor: float, rates: MarginRates
) -> None:
    """More events, a higher limit, a lower retention: mean + margin of three years never less."""

    def price(frequency: float, terms: CoverTerms) -> float:
        year = aggregate(Poisson(frequency), LAW, terms)
        return 3.0 * year.mean() + margin_of(year, rates, 3.0).amount

    now = price(events, TERMS) * (1 - 1e-3)
    assert price(events * factor, TERMS) >= now
    assert price(events, replace(TERMS, limit=TERMS.limit * factor)) >= now
    assert price(events, replace(TERMS, agg_limit=TERMS.agg_limit * factor)) >= now
    assert price(events, replace(TERMS, retention=TERMS.retention / factor)) >= now


def test_the_tariff_names_the_method() -> None:
    stated = {"method": "wang", "cost_of_capital": 0.06, "capital_quantile": 0.99}
    rates = MarginRates.of({"loadings": stated | {"wang_lambda": 0.25, "marginal": 0.3}})
    assert (rates.wang_lambda, rates.marginal, rates.capital_measure) == (0.25, 0.3, "tvar")
    assert margin_of(COIN, rates, 1.0) == wang_margin(COIN, 0.25, 1.0)
    assert margin_of(COIN, RATES, 1.0) == cost_of_capital_margin(COIN, RATES, 1.0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("method", "guess"), ("capital_measure", "es"), ("cost_of_capital", -0.01),
        ("capital_quantile", 1.0), ("marginal", 0.0), ("wang_lambda", inf * 0),
    ],
)  # fmt: skip
def test_a_tariff_that_does_not_serve(field: str, value: object) -> None:
    with pytest.raises(Invalid, match=f"loadings.{field}"):
        replace(RATES, **{field: value})  # type: ignore[arg-type]  # wrong on purpose


def test_wang_without_a_lambda_is_refused() -> None:
    with pytest.raises(Invalid, match="wang_lambda"):
        replace(RATES, method="wang")


def test_months_bent_by_hand() -> None:
    """Default by month 1 and 2: 0.01, 0.03; bent by 0.4 through scipy."""
    bent = bent_months(np.array([0.01, 0.02]), 0.4)
    running = stats.norm.cdf(stats.norm.ppf([0.01, 0.03]) + 0.4)
    assert bent.tolist() == pytest.approx([running[0], running[1] - running[0]])
    margin = wang_of_months([month(1, 0.01, 500), month(2, 0.02, 300)], 0.4)
    exact = 500 * (running[0] - 0.01) + 300 * (running[1] - running[0] - 0.02)
    assert margin.amount == pytest.approx(exact)


def test_no_bend_no_margin_and_more_bend_more_margin() -> None:
    amounts = [wang_of_months(MONTHS, lam).amount for lam in (0.0, 0.2, 0.4)]
    assert amounts[0] == pytest.approx(0.0, abs=1e-9)
    assert amounts == sorted(amounts)
    still = [*MONTHS, month(13, 0.0, 0)]
    assert wang_of_months(still, 0.4).amount == pytest.approx(amounts[2])


def test_a_credit_cover_by_either_method() -> None:
    curve = DefaultCurve.of_grade("BB", load_priors())
    whole = risk_margin(MONTHS, curve, LOADINGS)
    part = margin_of_months(MONTHS, curve, LOADINGS, replace(RATES, marginal=0.4))
    assert part.amount == pytest.approx(0.4 * whole)
    assert part.method == "cost_of_capital"
    assert margin_of_months(MONTHS, curve, LOADINGS, WANG) == wang_of_months(MONTHS, 0.3)
