"""Calibration against scikit-learn, a general optimiser, closed forms and a known truth."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from kernel.errors import Invalid
from models.borrower.calibration import (
    BetaCalibration,
    Calibration,
    Identity,
    Isotonic,
    Platt,
    calibration_of,
)
from models.borrower.isotonic import _floored, _pooled
from models.borrower.odds import LEAST_SLOPE, Floats, expit, logit
from models.borrower.rows import rows_of

FORMS: list[Any] = [Platt, BetaCalibration, Isotonic]


def drawn(seed: int, size: int = 4000) -> tuple[Floats, Floats, Floats]:
    """Scores that are too bold, outcomes from logit q = 0.6 logit p - 0.5, weights."""
    rng = np.random.default_rng(seed)
    score = expit(rng.normal(-2.0, 1.5, size))
    outcome = (rng.random(size) < expit(0.6 * logit(score) - 0.5)).astype(float)
    return score, outcome, rng.uniform(0.2, 3.0, size)


def test_pooling_equals_scikit_learn() -> None:
    for seed in range(5):
        score, outcome, weights = drawn(seed, 1500)
        score = np.round(score, 3)  # ties
        blocks = _pooled(rows_of(score, outcome, weights))
        judge = IsotonicRegression().fit(score, outcome, sample_weight=weights)
        level = judge.predict(score)
        steps = np.unique(level)
        assert [block.level for block in blocks] == pytest.approx(steps.tolist(), abs=1e-12)
        for block in blocks:
            member = np.isclose(level, block.level, atol=1e-12)
            assert block.weight == pytest.approx(weights[member].sum())
            assert block.centre == pytest.approx(np.average(score[member], weights=weights[member]))


def test_isotonic_passes_through_its_block_centres() -> None:
    score, outcome, weights = drawn(7)
    fit = Isotonic.fit(score, outcome, weights)
    assert fit.apply(np.array(fit.centre)) == pytest.approx(np.array(fit.level))
    middle = (np.array(fit.centre[1:]) + np.array(fit.centre[:-1])) / 2
    halfway = (np.array(fit.level[1:]) + np.array(fit.level[:-1])) / 2
    assert fit.apply(middle) == pytest.approx(halfway)


def test_floors_are_jeffreys_and_leave_no_certainty() -> None:
    score = np.array([0.1, 0.1, 0.1, 0.9, 0.9])
    outcome = np.array([0.0, 0.0, 0.0, 1.0, 1.0])
    plain = _pooled(rows_of(score, outcome))
    assert _floored(plain) == pytest.approx((0.5 / 4, 1 - 0.5 / 3))
    weighted = _pooled(rows_of(score, outcome, np.full(5, 40.0)))
    assert _floored(weighted) == pytest.approx(_floored(plain))  # effective rows, not weights


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(3))
def test_ranking_is_never_lost(form: Any, seed: int) -> None:
    score, outcome, weights = drawn(seed, 500)
    fit = form.fit(score, outcome, weights)
    asked = np.linspace(0.0005, 0.9995, 4001)
    levels = fit.apply(asked)
    assert np.all(np.diff(levels) > 0)
    assert np.all((levels > 0) & (levels < 1))
    assert np.all(np.isfinite(fit.apply(np.array([0.0, 1.0]))))


@pytest.mark.parametrize("form", FORMS)
def test_ranking_is_kept_where_the_score_knows_nothing(form: Any) -> None:
    rng = np.random.default_rng(3)
    score = rng.uniform(0.01, 0.99, 3000)
    outcome = (rng.random(3000) < 0.5 - 0.3 * (score - 0.5)).astype(float)  # backwards
    fit = form.fit(score, outcome)
    levels = fit.apply(np.linspace(0.01, 0.99, 99))
    assert np.all(np.diff(levels) > 0)
    assert levels.mean() == pytest.approx(outcome.mean(), abs=0.01)
    assert levels[-1] - levels[0] < 0.2


def test_platt_equals_scikit_learn() -> None:
    score, outcome, weights = drawn(11)
    fit = Platt.fit(score, outcome, weights)
    judge = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000)
    judge.fit(logit(score)[:, None], outcome, sample_weight=weights)
    assert fit.slope == pytest.approx(judge.coef_[0, 0], abs=1e-5)
    assert fit.intercept == pytest.approx(judge.intercept_[0], abs=1e-5)


def test_beta_equals_a_general_optimiser() -> None:
    score, outcome, weights = drawn(12)

    def loss(theta: Floats) -> float:
        z = theta[0] * np.log(score) - theta[1] * np.log1p(-score) + theta[2]
        return float(weights @ (np.logaddexp(0, z) - outcome * z))

    judge = minimize(loss, [1.0, 1.0, 0.0], bounds=[(0, None), (0, None), (None, None)])
    fit = BetaCalibration.fit(score, outcome, weights)
    assert loss(np.array([fit.a, fit.b, fit.c])) <= judge.fun + 1e-6 * judge.fun
    assert (fit.a, fit.b, fit.c) == pytest.approx(tuple(judge.x), abs=0.02)


def test_a_wrong_sign_is_held_at_nought_as_the_bounded_optimum() -> None:
    rng = np.random.default_rng(5)
    score = rng.uniform(0.05, 0.95, 6000)
    truth = expit(2.5 * np.log(score) + 0.6 * np.log1p(-score) + 1.0)
    outcome = (rng.random(6000) < truth).astype(float)

    def loss(theta: Floats) -> float:
        z = theta[0] * np.log(score) - theta[1] * np.log1p(-score) + theta[2]
        return float(np.sum(np.logaddexp(0, z) - outcome * z))

    judge = minimize(loss, [1.0, 1.0, 0.0], bounds=[(0, None), (0, None), (None, None)])
    fit = BetaCalibration.fit(score, outcome)
    assert fit.b == 0.0
    assert loss(np.array([fit.a, fit.b, fit.c])) == pytest.approx(judge.fun, rel=1e-7)


def test_the_truth_is_found() -> None:
    score, outcome, _ = drawn(21, 200_000)
    truth = expit(0.6 * logit(score) - 0.5)
    platt = Platt.fit(score, outcome)
    assert (platt.slope, platt.intercept) == pytest.approx((0.6, -0.5), abs=0.02)
    for form, bound in ((Platt, 0.002), (BetaCalibration, 0.002), (Isotonic, 0.006)):
        off = np.abs(form.fit(score, outcome).apply(score) - truth)
        assert off.mean() < bound
    assert np.abs(score - truth).mean() > 0.02  # what was there to mend


def test_joining_small_blocks_keeps_order_and_mean() -> None:
    score, outcome, weights = drawn(31)
    fine = Isotonic.fit(score, outcome, weights, least=0)
    coarse = Isotonic.fit(score, outcome, weights, least=200)
    assert len(coarse.centre) < len(fine.centre)
    assert len(coarse.centre) <= len(score) / 200
    for fit in (fine, coarse):
        assert np.average(fit.apply(score), weights=weights) == pytest.approx(
            np.average(outcome, weights=weights), abs=1e-9
        )


def test_a_perfect_split_stays_finite() -> None:
    score = np.r_[np.full(50, 0.2), np.full(50, 0.8)]
    outcome = np.r_[np.zeros(50), np.ones(50)]
    for form in FORMS:
        levels = form.fit(score, outcome).apply(np.array([0.2, 0.8]))
        assert 0 < levels[0] < 0.05
        assert 0.95 < levels[1] < 1


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30))
@settings(max_examples=50)
def test_identity_changes_nothing_inside(scores: list[float]) -> None:
    asked = np.array(scores)
    assert np.abs(Identity().apply(asked) - asked).max() <= 1e-9


def test_every_form_comes_back_from_json() -> None:
    score, outcome, weights = drawn(41, 800)
    fits: list[Calibration] = [Identity(), *(f.fit(score, outcome, weights) for f in FORMS)]
    for fit in fits:
        again = calibration_of(json.loads(json.dumps(fit.json())))
        assert again == fit
        assert np.array_equal(again.apply(score), fit.apply(score))
        assert type(fit).of(fit.json()) == fit
    with pytest.raises(Invalid, match="use one of identity, platt, beta, isotonic"):
        calibration_of({"form": "spline"})


@pytest.mark.parametrize(
    ("score", "outcome", "weights", "words"),
    [
        ([0.1, 0.2], [0.0], None, "2 scores, 1 outcomes"),
        ([0.1, 1.2], [0.0, 1.0], None, "outside 0 to 1"),
        ([0.1, np.nan], [0.0, 1.0], None, "missing or outside"),
        ([0.1, 0.2], [0.0, 2.0], None, "is not 0 or 1"),
        ([0.1, 0.2], [0.0, 0.0], None, "one value only"),
        ([0.1, 0.2], [0.0, 1.0], [1.0, 0.0], "one value only"),
        ([0.1, 0.2], [0.0, 1.0], [1.0, -1.0], "negative"),
    ],
)
def test_bad_rows_are_refused(
    score: list[float], outcome: list[float], weights: list[float] | None, words: str
) -> None:
    given_weights = None if weights is None else np.array(weights)
    for form in FORMS:
        with pytest.raises(Invalid, match=words):
            form.fit(np.array(score), np.array(outcome), given_weights)


def test_faults_come_together() -> None:
    with pytest.raises(Invalid) as caught:
        rows_of(np.array([2.0]), np.array([3.0]), np.array([-1.0]))
    assert [fault.field for fault in caught.value.faults] == ["score", "outcome", "weights"]


def test_one_block_still_ranks() -> None:
    fit = Isotonic.fit(np.array([0.2, 0.5]), np.array([1.0, 0.0]))
    assert fit.level == pytest.approx((0.5,), abs=1e-3)
    low, high = fit.apply(np.array([0.1, 0.9]))
    assert low < 0.5 < high
    assert logit(np.array([high]))[0] < LEAST_SLOPE * 10
