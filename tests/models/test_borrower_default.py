"""The default curve against the law it states and against published figures."""

from itertools import pairwise
from math import exp, log
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.borrower_default import GRADES, DefaultCurve
from models.priors import load_priors

TABLE = load_priors()
YEARS = st.floats(0, 30)


@pytest.mark.parametrize("grade", GRADES)
def test_one_year_gives_the_published_probability(grade: str) -> None:
    curve = DefaultCurve.of_grade(grade, TABLE)
    published = TABLE.find("default_1y", grade).value
    assert curve.default_between(0, 1) == pytest.approx(published, rel=1e-12)
    assert published == {"A": 0.005, "BBB": 0.012, "BB": 0.025, "B": 0.06, "CCC": 0.15}[grade]


def test_grades_are_written_best_first() -> None:
    hazards = [DefaultCurve.of_grade(grade, TABLE).hazard for grade in GRADES]
    assert all(better < worse for better, worse in pairwise(hazards))


@given(st.sampled_from(GRADES), YEARS, YEARS, YEARS)
def test_it_is_an_exponential_law(grade: str, one: float, two: float, three: float) -> None:
    curve = DefaultCurve.of_grade(grade, TABLE)
    start, middle, end = sorted((one, two, three))
    assert curve.survival(0) == 1
    assert 0 < curve.survival(end) <= curve.survival(start) <= 1
    assert curve.survival(start + end) == pytest.approx(
        curve.survival(start) * curve.survival(end), rel=1e-9
    )
    parts = curve.default_between(start, middle) + curve.default_between(middle, end)
    assert parts == pytest.approx(curve.default_between(start, end), abs=1e-15)
    assert curve.survival(end) == pytest.approx(exp(end * log(1 - _pd(grade))), rel=1e-9)


def _pd(grade: str) -> float:
    return TABLE.find("default_1y", grade).value


def test_the_published_stress() -> None:
    """H8 of the hazards: default rate 2.5 %, correlation 0.05, quantile 99.5 %: 7.8 %."""
    curve = DefaultCurve.of_grade("BB", TABLE)
    assert curve.correlation == 0.05
    assert curve.stressed_default(1.0, 0.995) == pytest.approx(0.078, abs=0.0005)


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


def test_a_worse_state_means_more_defaults() -> None:
    curve = DefaultCurve.of_grade("BB", TABLE)
    assert curve.stressed_default(1, 0.999) > curve.stressed_default(1, 0.99)
    assert curve.stressed_default(1, 0.995) > curve.default_between(0, 1)


def test_it_names_what_it_rests_on() -> None:
    keys = [prior.key for prior in DefaultCurve.of_grade("BB", TABLE).priors]
    assert keys == ["default_1y/BB/CN", "asset_correlation/ip_pledge_sme/*"]


def test_an_unknown_grade_is_refused() -> None:
    with pytest.raises(Invalid, match="use one of A, BBB, BB, B, CCC"):
        DefaultCurve.of_grade("AA", TABLE)
