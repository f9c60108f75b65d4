"""What several appraisals say together."""

from dataclasses import replace
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.recovery import Appraisal, AppraisalLaw, combined_value, recovery_table

LAW = AppraisalLaw.of(recovery_table())
PLAIN = AppraisalLaw(
    {"market": 0.3, "income": 0.3, "cost": 0.3},
    {"market": 1.0, "income": 1.0, "cost": 1.0},
    drift_sd=0.2,
    growth=0.0,
    correlation=0.5,
)
VALUES = st.floats(1e3, 1e9)
METHODS = st.sampled_from(["market", "income", "cost"])
APPRAISALS = st.builds(Appraisal, VALUES, METHODS, st.floats(0.0, 10.0))


def test_one_fresh_appraisal_is_the_mean() -> None:
    law = combined_value([Appraisal(1e6, "income")], LAW)
    assert law.mean == pytest.approx(1e6)
    assert law.sigma == 0.5
    assert law.median == pytest.approx(1e6 * exp(-0.125))


def test_age_widens_the_spread_and_leaves_the_mean() -> None:
    """sd^2 + 0.2^2 per year: 0.09 + 0.04 x 4 = 0.25."""
    law = combined_value([Appraisal(1e6, "income", 4.0)], PLAIN)
    assert law.sigma == pytest.approx(0.5)
    assert law.mean == pytest.approx(1e6)


def test_bias_and_growth_are_taken_off() -> None:
    law = replace(PLAIN, bias={"market": 1.0, "income": 1.25, "cost": 1.0}, growth=-0.1)
    value = combined_value([Appraisal(1e6, "income", 2.0)], law)
    assert value.mean == pytest.approx(1e6 / 1.25 * exp(-0.2))


@pytest.mark.parametrize("count", [2, 3, 7])
def test_alike_appraisers_by_the_closed_form(count: int) -> None:
    """Var = sd^2 (1 + (n - 1) rho) / n; the centre is the geometric mean."""
    values = [1e6 * (1 + place) for place in range(count)]
    law = combined_value([Appraisal(value) for value in values], PLAIN)
    assert law.sigma == pytest.approx(0.3 * sqrt((1 + (count - 1) * 0.5) / count))
    assert law.mean == pytest.approx(exp(np.mean(np.log(values))))


def test_independent_appraisers_are_weighted_by_their_precision() -> None:
    law = replace(PLAIN, log_sd={"market": 0.2, "income": 0.4, "cost": 0.4}, correlation=0.0)
    value = combined_value([Appraisal(1e6, "market"), Appraisal(4e6, "income")], law)
    assert log(value.mean / 1e6) == pytest.approx(log(4) * 0.2)  # 25 : 6.25
    assert value.sigma == pytest.approx(1 / sqrt(25 + 6.25))


def test_appraisers_of_one_mind_add_nothing() -> None:
    law = replace(PLAIN, correlation=0.999999)
    assert combined_value([Appraisal(1e6)] * 5, law).sigma == pytest.approx(0.3, rel=1e-5)


def test_old_appraisals_share_what_moved_since() -> None:
    """Two of ten years ago are no better than one as to those ten years."""
    law = replace(PLAIN, correlation=0.0)
    value = combined_value([Appraisal(1e6, "income", 10.0)] * 2, law)
    assert value.sigma**2 == pytest.approx(0.09 / 2 + 0.04 * 10)


def test_an_appraisal_that_would_count_against_itself_is_left_out() -> None:
    """Sd 0.2 and 0.6 with correlation 0.9: best weights would be 1.38 and -0.38."""
    law = replace(PLAIN, log_sd={"market": 0.2, "income": 0.6, "cost": 0.6}, correlation=0.9)
    value = combined_value([Appraisal(1e6, "market"), Appraisal(9e6, "income")], law)
    assert (value.mean, value.sigma) == (pytest.approx(1e6), pytest.approx(0.2))


@given(st.lists(APPRAISALS, min_size=1, max_size=5))
def test_the_mean_lies_among_the_appraisals_and_more_never_widen(rows: list[Appraisal]) -> None:
    law = combined_value(rows, PLAIN)
    values = [one.value for one in rows]
    assert min(values) * (1 - 1e-9) <= law.mean <= max(values) * (1 + 1e-9)
    assert law.sigma <= min(sqrt(PLAIN.variance(one)) for one in rows) + 1e-12


def test_simulated_appraisers_are_weighed_best() -> None:
    """Known truth: the log error of the combination has the stated spread and no bias."""
    rng = np.random.default_rng(5)
    rows = [Appraisal(1.0, "market", 1.0), Appraisal(1.0, "income", 3.0), Appraisal(1.0, "cost")]
    law = replace(PLAIN, log_sd={"market": 0.25, "income": 0.35, "cost": 0.5}, correlation=0.4)
    runs, sd = 20_000, np.array([0.25, 0.35, 0.5])
    shared = rng.normal(size=(runs, 1)) * sqrt(0.4)
    errors = (shared + rng.normal(size=(runs, 3)) * sqrt(0.6)) * sd
    early = rng.normal(size=runs) * 0.2 * sqrt(2.0)  # between three years and one year ago
    late = rng.normal(size=runs) * 0.2
    logs = errors + np.column_stack([late, late + early, np.zeros(runs)])
    whole = np.array([[law.covariance(a, b) for b in rows] for a in rows])
    np.fill_diagonal(whole, [law.variance(one) for one in rows])
    assert np.cov(logs.T) == pytest.approx(whole, abs=0.006)
    subset = [
        log(
            combined_value(
                [replace(a, value=exp(x)) for a, x in zip(rows, line, strict=True)], law
            ).mean
        )
        for line in logs[:2000]
    ]
    sigma = combined_value(rows, law).sigma
    assert np.std(subset) == pytest.approx(sigma, rel=0.06)
    assert abs(np.mean(subset)) < 4 * sigma / sqrt(2000)


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([], "appraisals"),
        ([Appraisal(0.0)], r"appraisals\[0\].value"),
        ([Appraisal(1.0), Appraisal(float("nan"))], r"appraisals\[1\].value"),
        ([Appraisal(1.0, "guess")], r"appraisals\[0\].method"),
        ([Appraisal(1.0, "cost", -0.1)], r"appraisals\[0\].age_years"),
    ],
)
def test_what_is_no_appraisal_is_refused(rows: list[Appraisal], field: str) -> None:
    with pytest.raises(Invalid, match=field):
        combined_value(rows, LAW)


def test_every_figure_from_memory_says_so() -> None:
    assert LAW.priors
    assert all(prior.unverified for prior in LAW.priors)
