"""The default curve against closed forms, the seasoning shape, and the law it replaces."""

import json
import time
from itertools import pairwise
from math import exp, log, log1p
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta as beta_law

from kernel.canonical import canonical_json
from kernel.errors import Invalid
from models.borrower.curve import DefaultCurve
from models.borrower.scale import GRADES
from models.borrower.shapes import load_terms, term_named
from models.borrower.term import FLAT, Term
from models.priors import load_priors
from models.priors.credibility import Counts
from models.priors.own_counts import OwnCounts
from models.priors.updated import with_counts

TABLE = load_priors()
TERMS = list(load_terms().values())
YEARS = st.floats(0, 30)
CHANCES = st.floats(0.0005, 0.6)


def published(grade: str) -> float:
    return TABLE.find("default_1y", grade).value


@pytest.mark.parametrize("grade", GRADES)
def test_one_year_gives_the_published_probability(grade: str) -> None:
    for one in TERMS:
        for on_book in (0.0, 7.0, 30.5, 200.0):
            curve = DefaultCurve.of_grade(grade, TABLE, one, on_book=on_book)
            assert curve.default_between(0, 1) == pytest.approx(published(grade), rel=1e-12)


def test_grades_are_written_best_first() -> None:
    hazards = [DefaultCurve.of_grade(grade, TABLE).hazard for grade in GRADES]
    assert all(better < worse for better, worse in pairwise(hazards))


@given(st.sampled_from(GRADES), YEARS, YEARS, YEARS)
def test_the_flat_shape_is_an_exponential_law(
    grade: str, one: float, two: float, three: float
) -> None:
    curve = DefaultCurve.of_grade(grade, TABLE)
    start, middle, end = sorted((one, two, three))
    assert curve.survival(0) == 1
    assert curve.survival(start + end) == pytest.approx(
        curve.survival(start) * curve.survival(end), rel=1e-9
    )
    parts = curve.default_between(start, middle) + curve.default_between(middle, end)
    assert parts == pytest.approx(curve.default_between(start, end), abs=1e-15)
    assert curve.survival(end) == pytest.approx(exp(end * log(1 - published(grade))), rel=1e-9)
    flat = DefaultCurve.flat(-log1p(-published(grade)), 0.05)
    assert flat.survival(end) == pytest.approx(curve.survival(end), rel=1e-9)


@given(st.sampled_from(TERMS), CHANCES, st.floats(0.1, 12), st.floats(0, 250))
def test_every_shape_is_a_survival_law_that_meets_its_pd(
    term: Term, pd: float, horizon: float, on_book: float
) -> None:
    curve = DefaultCurve.of_pd(pd, horizon, term, correlation=0.05, on_book=on_book)
    assert 1 - curve.survival(horizon) == pytest.approx(pd, rel=1e-9)
    years = np.linspace(0, 30, 200)
    steps = np.array([curve.survival(year) for year in years])
    assert steps[0] == 1
    assert np.all(np.diff(steps) <= 0)
    assert np.all(steps > 0)


def test_months_multiply_back() -> None:
    for term in TERMS:
        curve = DefaultCurve.of_pd(0.08, 3.0, term, correlation=0.05, on_book=5.0)
        months = curve.monthly(36)
        assert months.sum() == pytest.approx(0.08, rel=1e-12)
        hazards = months / (1 - np.r_[0.0, np.cumsum(months)[:-1]])
        assert 1 - np.prod(1 - hazards) == pytest.approx(0.08, rel=1e-12)
        assert months[17] == pytest.approx(curve.default_between(17 / 12, 18 / 12), rel=1e-9)


def test_beyond_the_last_month_the_last_hazard_goes_on() -> None:
    curve = DefaultCurve((0.01, 0.03), 0.05, ())
    assert curve.survival(2 / 12) == pytest.approx(exp(-0.03))
    assert curve.survival(7 / 12) == pytest.approx(exp(-0.03 - 5 * 0.02))
    assert curve.survival(0.5 / 12) == pytest.approx(exp(-0.005))


def test_being_on_book_is_conditioning() -> None:
    """A cohort on book for 24 months: P(T <= 24 + t | T > 24) of the new loan's law."""
    term = term_named("sba-7a")
    new = DefaultCurve.of_pd(0.2, 10.0, term, correlation=0.05)
    later = 1 - new.survival(3.0) / new.survival(2.0)
    seasoned = DefaultCurve.of_pd(later, 1.0, term, correlation=0.05, on_book=24.0)
    for years in (0.25, 1.0, 3.0, 6.0):
        wanted = new.survival(2.0 + years) / new.survival(2.0)
        assert seasoned.survival(years) == pytest.approx(wanted, rel=1e-12)


def test_the_published_stress() -> None:
    """H8 of the hazards: default rate 2.5 %, correlation 0.05, quantile 99.5 %: 7.8 %."""
    curve = DefaultCurve.of_grade("BB", TABLE)
    assert curve.correlation == 0.05
    assert curve.stressed_default(1.0, 0.995) == pytest.approx(0.078, abs=0.0005)
    assert curve.stressed_default(0.0) == 0.0


@given(st.sampled_from(GRADES), st.floats(0.1, 10), st.floats(0.01, 0.99))
def test_the_stress_turns_back_into_the_probability(
    grade: str, years: float, quantile: float
) -> None:
    """Vasicek solved for the probability: Phi(sqrt(1 - R) x - sqrt(R) q)."""
    curve, law = DefaultCurve.of_grade(grade, TABLE), NormalDist()
    stressed = law.inv_cdf(curve.stressed_default(years, quantile))
    shock = curve.correlation**0.5 * law.inv_cdf(quantile)
    back = law.cdf((1 - curve.correlation) ** 0.5 * stressed - shock)
    assert back == pytest.approx(1 - curve.survival(years), rel=1e-6)


def test_the_band_of_a_grade_is_the_law_of_its_prior() -> None:
    """Grade C weighs ten cases: Beta(10 p, 10 (1 - p)) of the house's rule, by scipy."""
    low, high = DefaultCurve.of_grade("B", TABLE).interval(1.0) or (0.0, 0.0)
    judge = beta_law(0.6, 9.4)
    assert (low, high) == pytest.approx((judge.ppf(0.05), judge.ppf(0.95)), rel=1e-6)


def test_an_interval_is_met_at_the_horizon_and_kept_in_shape() -> None:
    term = term_named("sba-7a")
    curve = DefaultCurve.of_pd(0.05, 2.0, term, correlation=0.05, interval=(0.03, 0.09))
    assert curve.interval(2.0) == pytest.approx((0.03, 0.09), rel=1e-12)
    low, high = curve.interval(5.0) or (0.0, 0.0)
    assert low < 1 - curve.survival(5.0) < high
    assert DefaultCurve.of_pd(0.05, 2.0, correlation=0.05).interval(2.0) is None
    with pytest.raises(Invalid, match="does not hold"):
        DefaultCurve.of_pd(0.05, 2.0, correlation=0.05, interval=(0.06, 0.09))


def test_credibility_mixes_the_pds_alike_at_every_horizon() -> None:
    prior = DefaultCurve.of_grade("BB", TABLE)
    own = DefaultCurve.of_pd(
        0.06, 1.0, term_named("sba-7a"), correlation=0.05, fit_id="x-1", interval=(0.04, 0.08)
    )
    curve = own.credible(prior, 30.0)  # grade C weighs ten: Z = 30 / 40
    assert curve.share_prior == pytest.approx(0.25)
    assert curve.cohort == 30.0
    for years in (0.5, 1.0, 4.0, 20.0):
        wanted = 0.75 * own.default_between(0, years) + 0.25 * prior.default_between(0, years)
        assert curve.default_between(0, years) == pytest.approx(wanted, rel=0.002)
    assert curve.default_between(0, 1) == pytest.approx(0.75 * 0.06 + 0.25 * 0.025, rel=1e-12)
    low, high = curve.interval(1.0) or (0.0, 0.0)
    assert low < curve.default_between(0, 1) < high
    assert curve.fit_id == "x-1"
    assert curve.priors[0].key == "default_1y/BB/CN"
    none = own.credible(prior, 0.0)
    assert none.share_prior == 1.0
    assert none.default_between(0, 1) == pytest.approx(0.025, rel=1e-12)
    blind = DefaultCurve.of_pd(0.06, 1.0, correlation=0.05).credible(prior, 30.0)
    assert blind.interval(1.0) is None  # what one side does not know, the mixture does not


def test_own_counts_lower_the_share_that_is_prior() -> None:
    counted = with_counts(TABLE, [OwnCounts("default_1y", "BB", "CN", Counts(6.0, 90.0))])
    curve = DefaultCurve.of_grade("BB", counted)
    assert curve.share_prior == pytest.approx(0.1)
    assert curve.cohort == 90.0
    assert curve.default_between(0, 1) == pytest.approx((0.25 + 6) / 100, rel=1e-9)
    plain = DefaultCurve.of_grade("B", counted)
    assert (plain.share_prior, plain.cohort) == (1.0, 0.0)


def test_it_names_what_it_rests_on() -> None:
    curve = DefaultCurve.of_grade("BB", TABLE)
    assert [prior.key for prior in curve.priors] == [
        "default_1y/BB/CN",
        "asset_correlation/ip_pledge_sme/*",
    ]
    said = json.loads(canonical_json(curve.json()))
    assert said["share_prior"] == 1.0
    assert said["pd_1y"] == pytest.approx(0.025)


@pytest.mark.parametrize(
    ("pd", "years", "on_book", "field"),
    [(0.0, 1, 0, "pd"), (1.0, 1, 0, "pd"), (0.1, 0, 0, "horizon"), (0.1, 1, -1, "on_book")],
)
def test_what_cannot_be_is_refused(pd: float, years: float, on_book: float, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        DefaultCurve.of_pd(pd, years, FLAT, correlation=0.05, on_book=on_book)
    assert [fault.field for fault in caught.value.faults] == [field]


def test_an_unknown_grade_is_refused() -> None:
    with pytest.raises(Invalid, match="use one of A, BBB, BB, B, CCC"):
        DefaultCurve.of_grade("AA", TABLE)


def test_it_is_quick() -> None:
    """Building with an interval and 36 months: about 70 us, with room for a busy day."""
    term = term_named("sba-7a")
    best = float("inf")
    for _ in range(30):
        begun = time.perf_counter()
        for _ in range(10):
            curve = DefaultCurve.of_pd(0.03, 1.0, term, correlation=0.05, interval=(0.02, 0.05))
            curve.monthly(36)
        best = min(best, (time.perf_counter() - begun) / 10)
    assert best < 200e-6


def test_a_mixture_is_one_at_every_horizon() -> None:
    """Two flat curves: S = Z S_own + (1 - Z) S_prior a year and ten years out."""
    prior = DefaultCurve.of_grade("B", TABLE)
    own = DefaultCurve.of_pd(0.01, 1.0, correlation=0.05)
    mixed = own.credible(prior, 50.0)
    z = 50.0 / 60.0  # a grade C probability stands for ten cases
    for years in (1.0, 10.0):
        expected = z * own.survival(years) + (1.0 - z) * prior.survival(years)
        assert mixed.survival(years) == pytest.approx(expected, rel=1e-9)
