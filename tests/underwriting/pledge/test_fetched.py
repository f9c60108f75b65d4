"""Values, lots and what is kept of them, against quadrature, closed forms and simulation."""

from datetime import date
from math import exp, log, sqrt
from random import Random
from typing import Any

import numpy as np
import pytest
from builders import QUOTED, a_basis, a_risk, a_scheme, cny, risk_json, some_inputs
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import gamma, lognorm

from models.recovery import Appraisal, AppraisalLaw, GammaLaw, LogNormal, combined_value
from models.recovery.figures import recovery_table
from underwriting.pledge.at_sale import in_force_at_sale
from underwriting.pledge.fetched import kept_below, kept_below_each, limited, weights_at
from underwriting.pledge.forms import PledgedRight
from underwriting.pledge.laws import Laws, laws_of
from underwriting.pledge.lots import NO_LINK, Lot, lots_of
from underwriting.pledge.values import appraisals_of, package_of, quantile_haircut, value_of
from underwriting.products.pledge_guarantee.rival import secured

WAIT = GammaLaw.of_mean(1.5, 0.5)
APPRAISALS = AppraisalLaw.of(recovery_table())


class Flat:
    """A right that dies at a constant rate and ends at a stated time."""

    def __init__(self, rate: float, years_left: float = 99.0) -> None:
        self.rate, self.years_left = rate, years_left

    def survival(self, years: float) -> float:
        return exp(-self.rate * years) if years < self.years_left else 0.0


@pytest.mark.parametrize("rate", [0.0, 0.05, 0.4])
@pytest.mark.parametrize("left", [0.4, 1.3, 2.9, 99.0])
def test_a_term_that_ends_during_the_sale(rate: float, left: float) -> None:
    ends = [0.1, 0.35, 1.2, 3.0]
    got = in_force_at_sale(Flat(rate, left), WAIT, ends)
    law = gamma(4, scale=0.375)
    for end, chance in zip(ends, got, strict=True):
        upto = min(max(0.0, left - end), 30.0)
        exact = quad(lambda t, e=end: exp(-rate * (e + t)) * law.pdf(t), 0, upto, limit=200)[0]
        assert chance == pytest.approx(exact, abs=1.5e-3)


def laws(**parts: Any) -> Laws:
    risk = a_risk(**parts)
    basis = a_basis(some_inputs(risk, scheme=a_scheme()))
    return laws_of(secured(risk), basis, lambda serving: serving.champion)


def test_a_lot_without_a_link_is_the_sale() -> None:
    own = laws()
    (lot,) = lots_of(own, 12, NO_LINK)
    assert lot.mean == pytest.approx(8_600_000_00 * 0.25 * 0.85)
    spread = own.rights[0].spread
    assert np.sqrt(lot.variance) / lot.mean == pytest.approx(sqrt(exp(spread**2) - 1))
    assert all(lot.chance < 87.5 / 231)
    assert all(np.diff(lot.chance) < 0)


def test_the_link_tilts_mean_and_spread_as_a_copula_does() -> None:
    """Moments of value given the month of default, by drawing both from the Gaussian pair."""
    own = laws(loan={"term_months": 3})
    (lot,) = lots_of(own, 3, own.link)
    rng = np.random.default_rng(7)
    ends = [1 - own.borrower.survival(m / 12) for m in range(4)]
    rho = 2 * np.sin(np.pi * own.link.rank_correlation / 6)
    law = LogNormal.of_mean(8_600_000_00 * 0.25 * 0.85, own.rights[0].spread)
    from scipy.special import ndtri  # noqa: PLC0415 - one use

    for month in range(3):
        part = rng.uniform(ends[month], ends[month + 1], 400_000)
        score = rho * ndtri(part) + np.sqrt(1 - rho**2) * rng.standard_normal(400_000)
        value = np.exp(law.mu + law.sigma * score)
        assert lot.mean[month] == pytest.approx(value.mean(), rel=0.004)
        assert lot.variance[month] == pytest.approx(value.var(), rel=0.03)


@settings(max_examples=30, deadline=None)
@given(st.floats(1e3, 1e12), st.floats(0.05, 1.2), st.floats(0.01, 20))
def test_a_limited_mean_is_the_integral_of_the_tail(mean: float, sigma: float, at: float) -> None:
    law = lognorm(sigma, scale=mean * exp(-(sigma**2) / 2))
    exact = quad(law.sf, 0, at * mean, limit=300)[0]
    variance = mean**2 * (exp(sigma**2) - 1)
    (got,) = limited(np.array([mean]), np.array([variance]), np.array([[at * mean]]))[0]
    assert got == pytest.approx(exact, rel=1e-5)


CHANCES = [0.4, 0.3, 0.38, 0.2, 0.35, 0.3, 0.25, 0.4]
MEANS = [900.0, 700.0, 500.0, 200.0, 100.0, 90.0, 80.0, 60.0]


@pytest.mark.parametrize(("count", "room"), [(1, 0.004), (3, 0.004), (5, 0.004), (8, 0.01)])
def test_several_lots_by_simulation(count: int, room: float) -> None:
    """With other security, below two limits; five are enumerated, the smaller ones pooled."""
    rng, paths, spread, sure = np.random.default_rng(11), 1_000_000, 0.5, 150.0
    chosen = list(zip(CHANCES[:count], MEANS[:count], strict=True))
    lots = [
        Lot(np.array([c]), np.array([m]), np.array([m**2 * (exp(spread**2) - 1)]))
        for c, m in chosen
    ]
    total = np.full(paths, sure)
    for chance, mean in chosen:
        value = mean * np.exp(spread * rng.standard_normal(paths) - spread**2 / 2)
        total += (rng.random(paths) < chance) * value
    limits = np.array([[400.0, 1500.0]])
    kept = kept_below(lots, limits, np.array([sure]))[0]
    for got, limit in zip(kept, limits[0], strict=True):
        assert got == pytest.approx(np.minimum(total, limit).mean(), rel=room)
    assert kept_below(lots, np.array([[0.0, 100.0]]), np.array([sure])).tolist() == [[0.0, 100.0]]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 2000), min_size=1, max_size=40),
    st.lists(st.floats(1, 500), min_size=1, max_size=4),
    st.data(),
)
def test_weights_at_the_kinks_give_every_bent_function_its_mean(
    recovered: list[float], widths: list[float], choices: st.DataObject
) -> None:
    kinks = np.concatenate(([0.0], np.cumsum(widths)))
    slopes = [choices.draw(st.floats(0, 1)) for _ in widths]
    values = np.concatenate(([0.0], np.cumsum(np.multiply(slopes, widths))))
    kept = np.array([[np.mean(np.minimum(recovered, kink)) for kink in kinks]])
    (weights,) = weights_at(kinks[None, :], kept)
    assert weights.sum() == pytest.approx(1.0)
    assert weights.min() >= 0
    mean = np.mean(np.interp(np.minimum(recovered, kinks[-1]), kinks, values))
    assert float(weights @ values) == pytest.approx(mean, rel=1e-9, abs=1e-9)


def a_right(**more: Any) -> PledgedRight:
    (sample,) = risk_json()["rights"]
    return PledgedRight.model_validate({**sample, **more}, strict=False)


FURTHER = {
    "value": cny("4300000.00"), "on": "2025-03-03", "method": "market", "by": "另一评估公司",
}  # fmt: skip


def test_a_second_appraisal_moves_the_mean_and_narrows_the_law() -> None:
    """Generalised least squares by hand: variances 0.25 + 0.0625 x 42/365 and 0.1225."""
    one, two = a_right(), a_right(appraisals=[FURTHER])
    assert len(appraisals_of(two, QUOTED)) == 2
    first, second = 0.5**2 + 0.0625 * 42 / 365, 0.35**2
    common = 0.5 * 0.5 * 0.35
    weight = (second - common) / (first + second - 2 * common)
    mean = exp(weight * log(8_600_000_00) + (1 - weight) * log(4_300_000_00))
    variance = (first * second - common**2) / (first + second - 2 * common)
    law = value_of(two, QUOTED, APPRAISALS)
    assert law.mean == pytest.approx(mean)
    assert law.sigma**2 == pytest.approx(variance)
    assert law.sigma < value_of(one, QUOTED, APPRAISALS).sigma


def test_a_method_is_as_wide_as_its_figure() -> None:
    spreads = [
        value_of(a_right(method=m, appraised_on="2025-03-03"), QUOTED, APPRAISALS).sigma
        for m in ("market", "income", "cost")
    ]
    assert spreads == pytest.approx([0.35, 0.5, 0.6])


def test_a_lower_second_appraisal_never_makes_the_loan_cheaper() -> None:
    prices = []
    for value in ("8600000.00", "4300000.00", "860000.00"):
        own = laws(right={"appraisals": [{**FURTHER, "value": cny(value)}]})
        prices.append(own.rights[0].value)
    assert prices == sorted(prices, reverse=True)


def test_the_haircut_at_a_quantile_by_scipy() -> None:
    law = combined_value([Appraisal(8.6e8)], APPRAISALS)
    exact = 1 - lognorm(0.5, scale=exp(-0.125)).ppf(0.1)
    assert quantile_haircut(law, 0.1) == pytest.approx(exact)


def test_a_package_has_the_mean_and_variance_of_its_sum() -> None:
    parts = [(5e8, 0.5), (3e8, 0.6), (1e8, 0.35)]
    law = package_of(parts)
    assert law.mean == pytest.approx(9e8)
    assert law.sd**2 == pytest.approx(sum(m**2 * (exp(s**2) - 1) for m, s in parts))
    rng = np.random.default_rng(3)
    total = sum(m * np.exp(s * rng.standard_normal(10**6) - s**2 / 2) for m, s in parts)
    assert law.quantile(0.1) == pytest.approx(np.quantile(total, 0.1), rel=0.03)


def test_values_of_the_future_are_of_no_age() -> None:
    right = a_right(appraised_on="2025-06-01")
    assert [one.age_years for one in appraisals_of(right, date(2025, 3, 3))] == [0.0]


@given(st.integers(1, 15), st.integers(0, 3), st.randoms(use_true_random=False))
def test_sets_of_lots_at_once_keep_what_each_keeps_alone(
    months: int, many: int, chance: Random
) -> None:
    """To the last bit, whatever stands beside it."""
    grid = np.array([[0.0, 50.0 + month, 100.0 + 2 * month] for month in range(months)])
    sure = np.array([chance.uniform(0, 40) for _ in range(months)])

    def lot() -> Lot:
        columns = ([chance.uniform(low, high) for _ in range(months)]
                   for low, high in ((0, 1), (1, 300), (0, 9e4)))  # fmt: skip
        return Lot(*map(np.array, columns))

    sets = [[lot() for _ in range(chance.randrange(4))] for _ in range(many)]
    together = kept_below_each(sets, grid, sure)
    assert len(together) == many
    for lots, kept in zip(sets, together, strict=True):
        assert kept.tolist() == kept_below(lots, grid, sure).tolist()
