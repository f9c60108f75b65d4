"""Brier, slope, ECE and bands against scikit-learn, scipy and outcomes drawn from the law."""

import numpy as np
import pytest
from scipy.stats import chi2, poisson
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss

from kernel.errors import Invalid
from models.governance.laws import chi_square_above, chi_square_quantile, poisson_band
from models.governance.metrics import (
    brier,
    brier_skill,
    calibration_slope,
    deciles,
    ece,
    hosmer_lemeshow,
)

RNG = np.random.default_rng(5)
ROWS = 20_000
P = 1 / (1 + np.exp(-RNG.normal(-2, 1, ROWS)))
TRUE = (RNG.random(ROWS) < P).astype(float)
"""Outcomes that follow the probabilities exactly."""
BENT = (RNG.random(ROWS) < 1.6 * P / (1 + 0.6 * P)).astype(float)
"""Outcomes whose odds are 1.6 times those stated."""
WEIGHTS = RNG.integers(1, 4, ROWS).astype(float)


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_brier_is_that_of_sklearn(weights: np.ndarray | None) -> None:
    assert brier(TRUE, P, weights) == pytest.approx(
        brier_score_loss(TRUE, P, sample_weight=weights), abs=1e-12
    )


def test_the_base_rate_has_no_skill() -> None:
    rate = np.full(ROWS, np.average(TRUE, weights=WEIGHTS))
    assert brier_skill(TRUE, rate, WEIGHTS) == pytest.approx(0, abs=1e-12)
    assert brier_skill(TRUE, P) > 0.05
    assert brier_skill(TRUE, np.clip(3 * P, 0, 1)) < 0


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_slope_is_an_unpenalised_logistic_regression(weights: np.ndarray | None) -> None:
    spread = 1 / (1 + np.exp(-(1.7 * np.log(P / (1 - P)) + 0.4)))
    logit = np.log(spread / (1 - spread)).reshape(-1, 1)
    fit = LogisticRegression(C=np.inf, tol=1e-10).fit(logit, TRUE, sample_weight=weights)
    intercept, slope = calibration_slope(TRUE, spread, weights)
    assert slope == pytest.approx(fit.coef_[0, 0], abs=1e-5)
    assert intercept == pytest.approx(fit.intercept_[0], abs=1e-5)
    assert slope == pytest.approx(1 / 1.7, rel=0.05)


def test_true_probabilities_have_slope_one() -> None:
    intercept, slope = calibration_slope(TRUE, P)
    assert slope == pytest.approx(1, abs=0.06)
    assert intercept == pytest.approx(0, abs=0.12)
    assert calibration_slope(BENT, P)[0] == pytest.approx(np.log(1.6), abs=0.12)


def test_slope_from_a_bad_start_is_found() -> None:
    """Scores far too sure: a full Newton step from (0, 1) would overshoot."""
    sure = 1 / (1 + np.exp(-30 * np.log(P / (1 - P))))
    assert calibration_slope(TRUE, np.clip(sure, 1e-9, 1 - 1e-9))[1] < 0.2


def test_a_slope_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Invalid, match="same in every row"):
        calibration_slope([0, 1, 1], [0.4, 0.4, 0.4])
    with pytest.raises(Invalid, match="without error"):
        calibration_slope([0, 0, 1, 1], [0.1, 0.2, 0.7, 0.9])


def test_deciles_add_up_and_hold_true_probabilities() -> None:
    bins = deciles(TRUE, P, weights=WEIGHTS)
    assert len(bins) == 10
    assert sum(one.rows for one in bins) == ROWS
    assert sum(one.expected for one in bins) == pytest.approx(WEIGHTS @ P)
    assert sum(one.observed for one in bins) == pytest.approx(WEIGHTS @ TRUE)
    assert sum(one.inside for one in bins) >= 9
    assert [one.p_mean for one in bins] == sorted(one.p_mean for one in bins)
    assert sum(one.inside for one in deciles(BENT, P)) <= 3


def test_the_band_is_the_poisson_band_of_the_expected_count() -> None:
    for one in deciles(TRUE, P):
        low, high = poisson.ppf([0.025, 0.975], one.expected)
        assert (one.band_low, one.band_high) == pytest.approx((low, high))


def test_the_weighted_band_covers_as_it_says() -> None:
    """Rare events, weights of 1 or 5: 2,000 draws fall outside in about 1 of 20."""
    p, weights = np.full(600, 0.05), np.where(np.arange(600) % 2, 5.0, 1.0)
    outside = 0
    for _ in range(2000):
        (one,) = deciles((RNG.random(600) < p).astype(float), p, 1, weights)
        outside += not one.inside
    assert 0.01 < outside / 2000 < 0.07


def test_rows_of_one_probability_share_a_bin() -> None:
    p = np.repeat([0.1, 0.2, 0.6], [700, 200, 100])
    outcome = (RNG.random(1000) < p).astype(float)
    bins = deciles(outcome, p)
    assert [(one.p_low, one.p_high, one.rows) for one in bins] == [
        (0.1, 0.1, 700),
        (0.2, 0.2, 200),
        (0.6, 0.6, 100),
    ]
    order = RNG.permutation(1000)
    assert deciles(outcome[order], p[order]) == bins


def test_ece_by_hand_and_by_either_binning() -> None:
    assert ece([0, 1, 1, 1], [0.2, 0.2, 0.9, 0.9], 2) == pytest.approx(0.5 * 0.3 + 0.5 * 0.1)
    assert ece([0, 1, 1, 1], [0.2, 0.2, 0.9, 0.9], 10, by="width") == pytest.approx(0.2)
    assert ece(TRUE, P, weights=WEIGHTS) < 0.01
    assert ece(BENT, P) > 0.03
    with pytest.raises(Invalid, match="choose mass or width"):
        ece([0, 1], [0.1, 0.2], by="rank")


def test_hosmer_lemeshow_rejects_as_often_as_it_says() -> None:
    """Under true probabilities its p value is uniform; under bent ones it is nothing."""
    p = P[:2000]
    values = [hosmer_lemeshow(RNG.random(2000) < p, p)[1] for _ in range(400)]
    assert np.mean(np.array(values) < 0.05) == pytest.approx(0.05, abs=0.035)
    assert np.mean(values) == pytest.approx(0.5, abs=0.06)
    assert hosmer_lemeshow(BENT, P)[1] < 1e-9


@pytest.mark.parametrize("dof", [1, 2, 3, 9, 10, 60])
def test_the_chi_square_is_that_of_scipy(dof: int) -> None:
    for x in (0.0, 0.3, 1.0, 7.7, 25.0, 90.0):
        assert chi_square_above(x, dof) == pytest.approx(chi2.sf(x, dof), rel=1e-10)
    for chance in (0.05, 0.5, 0.95, 0.99):
        assert chi_square_quantile(chance, dof) == pytest.approx(chi2.ppf(chance, dof), rel=1e-9)


@pytest.mark.parametrize("mean", [0.001, 0.02, 0.7, 3.0, 14.6, 420.0, 1e6])
def test_the_poisson_band_is_that_of_scipy(mean: float) -> None:
    for chance in (0.5, 0.95, 0.99):
        tail = (1 - chance) / 2
        assert poisson_band(mean, chance) == tuple(poisson.ppf([tail, 1 - tail], mean))


def test_chances_outside_their_range_are_refused() -> None:
    with pytest.raises(Invalid, match="not scores or percent"):
        brier([0, 1], [10, 90])
    with pytest.raises(Invalid, match="bins"):
        deciles([0, 1], [0.1, 0.9], 0)
