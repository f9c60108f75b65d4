"""The Cox regression against lifelines, against a slow likelihood, and against known truth."""

import warnings
from collections.abc import Callable
from typing import Any

import lifelines
import numpy as np
import polars as pl
import pytest
from lifelines.exceptions import ApproximationWarning

from models.training.survival.baseline import train_cox, train_drifting
from models.training.survival.cox import fit_cox
from models.training.survival.design import learn_design
from models.training.survival.lives import Lives


def lives_of(truth: Any, weights: np.ndarray | None = None) -> Lives:
    ones = np.ones(len(truth.exit)) if weights is None else weights
    return Lives(truth.entry, truth.exit, truth.event, ones)


def standardised(x: np.ndarray) -> np.ndarray:
    return (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)


@pytest.mark.parametrize("penalizer", [0.0, 0.05])
@pytest.mark.parametrize("weighted", [False, True])
def test_equals_lifelines_with_late_entries_and_ties(
    drawn: Callable[..., Any], penalizer: float, *, weighted: bool
) -> None:
    truth = drawn(digits=1)
    assert len(np.unique(truth.exit)) < 0.3 * len(truth.exit), "there must be ties"
    weights = np.random.default_rng(3).integers(1, 4, len(truth.exit)).astype(float)
    weights = weights if weighted else np.ones_like(weights)
    x = standardised(truth.x)
    own = fit_cox(x, lives_of(truth, weights), penalizer=penalizer)
    table = truth.frame().to_pandas().assign(weights=weights)
    table[["x0", "x1", "x2"]] = x
    with warnings.catch_warnings():  # weights of whole numbers are meant as they are
        warnings.simplefilter("ignore", ApproximationWarning)
        fitter = lifelines.CoxPHFitter(penalizer=penalizer).fit(
            table, "exit", "event", entry_col="entry", weights_col="weights",
            fit_options={"precision": 1e-12},
        )  # fmt: skip
    np.testing.assert_allclose(own.beta, fitter.params_.to_numpy(), atol=1e-9)
    errors = np.sqrt(np.diag(own.covariance))
    np.testing.assert_allclose(errors, fitter.standard_errors_.to_numpy(), rtol=1e-8)


def test_baseline_is_breslow_with_late_entries(drawn: Callable[..., Any]) -> None:
    """Counted by hand at each event: only rows that have entered and not left are at risk."""
    truth = drawn(rows=200, digits=1)
    fit = fit_cox(truth.x, lives_of(truth))
    rate, total = np.exp(truth.x @ fit.beta), 0.0
    for time, hazard in zip(fit.times, fit.hazard, strict=True):
        at_risk = (truth.entry < time) & (truth.exit >= time)
        died = (truth.exit == time) & (truth.event == 1.0)
        total += died.sum() / rate[at_risk].sum()
        assert hazard == pytest.approx(total, rel=1e-10)


def test_late_entries_bias_the_baseline_of_lifelines_and_not_ours(
    drawn: Callable[..., Any],
) -> None:
    """With entries up to age 9 the curve of lifelines lies far above the truth."""
    truth = drawn(rows=6000, latest=9.0, seed=4)
    at, some = np.array([4.0, 8.0]), truth.x[:500]
    expected = truth.survival(some, at).mean(axis=0)
    own = fit_cox(truth.x, lives_of(truth)).survival(some, at).mean(axis=0)
    table = truth.frame().to_pandas()
    fitter = lifelines.CoxPHFitter().fit(table, "exit", "event", entry_col="entry")
    theirs = fitter.predict_survival_function(table.iloc[:500], times=at).to_numpy().mean(axis=1)
    np.testing.assert_allclose(own, expected, atol=0.03)
    assert (theirs - expected > 0.1).all()


def test_finds_the_truth_within_its_own_error(drawn: Callable[..., Any]) -> None:
    """The errors are true: over 40 markets, z has mean nought and spread one."""
    each = []
    for seed in range(40):
        truth = drawn(rows=400, seed=seed)
        fit = fit_cox(truth.x, lives_of(truth))
        each.append((fit.beta - truth.beta) / np.sqrt(np.diag(fit.covariance)))
    z = np.array(each)
    assert np.abs(z.mean(axis=0)).max() < 4.0 / np.sqrt(40)
    assert 0.75 < z.std() < 1.25


def test_collinear_columns_are_told_apart_by_a_ridge_only() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(300, 1))
    ends = rng.exponential(size=300) * np.exp(-x[:, 0])
    lives = Lives(np.zeros(300), ends, np.ones(300), np.ones(300))
    twins = np.hstack([x, x])
    with pytest.raises(ArithmeticError, match="penalizer"):
        fit_cox(twins, lives)
    fit = fit_cox(twins, lives, penalizer=1e-3)
    assert fit.beta[0] == pytest.approx(fit.beta[1])
    alone = fit_cox(x, lives, penalizer=5e-4)
    assert fit.beta.sum() == pytest.approx(alone.beta[0], rel=1e-6)


def bootstrap(truth: Any, train: Any, x: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Spread of ln H over 60 resamples of rows."""
    rng, found = np.random.default_rng(8), []
    frame, lives = truth.frame(), lives_of(truth)
    for _ in range(60):
        rows = np.sort(rng.integers(0, lives.rows, lives.rows))
        design = learn_design(frame[rows], ("x0", "x1", "x2"), ())
        fit = train(design, design.matrix(frame[rows]), lives.take(rows), penalizer=1e-4).hazard()
        found.append(np.log(fit.cumulative_hazard(x, at)))
    return np.array(found).std(axis=0)


@pytest.mark.parametrize("train", [train_cox, train_drifting])
def test_bands_are_as_wide_as_a_bootstrap(truth: Any, train: Callable[..., Any]) -> None:
    at = np.array([3.0, 6.0, 12.0])
    x = np.array([1.5, 1.0, -1.0])
    spread = bootstrap(truth, train, x, at)
    design = learn_design(truth.frame(), ("x0", "x1", "x2"), ())
    frozen = train(design, design.matrix(truth.frame()), lives_of(truth), penalizer=1e-4)
    fit = frozen.hazard()
    low, high = fit.survival_band(x, at, z=1.0)
    own = np.log(np.log(low) / np.log(high)) / 2.0
    np.testing.assert_allclose(own, spread, rtol=0.35)
    assert (low < fit.survival(x, at)).all()
    assert (fit.survival(x, at) < high).all()


def test_drift_finds_an_effect_that_fades() -> None:
    """Thrice the hazard to age 5 and the same after; a constant effect lies between and misses."""
    rng = np.random.default_rng(2)
    flag = rng.integers(0, 2, 8000).astype(float)
    early = rng.exponential(size=8000) / (0.06 * np.exp(1.2 * flag))
    ends = np.where(early < 5.0, early, 5.0 + rng.exponential(size=8000) / 0.06)
    lives = Lives(np.zeros(8000), np.minimum(ends, 20.0), (ends < 20.0) * 1.0, np.ones(8000))
    frame = pl.DataFrame({"flag": flag})
    design = learn_design(frame, ("flag",), ())
    at, x = np.array([5.0, 12.0]), np.array([[0.0], [1.0]])
    rate = np.array([0.06, 0.06 * np.exp(1.2)])[:, None]
    truth = np.exp(-np.hstack([5.0 * rate, 5.0 * rate + 7.0 * 0.06]))
    ready = (design, design.matrix(frame), lives)
    drifting = train_drifting(*ready, penalizer=1e-4).hazard().survival(x, at)
    constant = train_cox(*ready, penalizer=1e-4).hazard().survival(x, at)
    assert np.abs(drifting - truth).max() < 0.04
    assert np.abs(drifting - truth).mean() < np.abs(constant - truth).mean() / 2.0
