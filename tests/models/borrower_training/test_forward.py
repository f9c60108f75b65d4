"""Splits, level and calibration: never from what a fit has seen."""

import numpy as np
import polars as pl
import pytest

from models.borrower.calibration import Identity
from models.borrower.odds import expit, logit
from models.training.default.ask import Tape
from models.training.default.forward import random_folds, splits_of
from models.training.default.level import Later, calibrated, latest, level_of
from models.training.default.trees import Recipe, faded, turning


def _tape(time: np.ndarray | None, outcome: np.ndarray) -> Tape:
    calendar = time is not None and bool((time > 1900).all())
    return Tape(pl.DataFrame(), outcome, np.ones(len(outcome)), time, calendar, {})


def test_forward_splits_learn_from_the_past_alone() -> None:
    time = np.repeat(np.arange(1990.0, 2004.0), 200)
    outcome = (np.arange(len(time)) % 5 == 0).astype(float)
    found, forward = splits_of(_tape(time, outcome), 1)
    assert forward
    assert len(found) >= 2
    for split in found:
        assert time[split.train].max() < time[split.test].min()
        assert len(split.train) + len(split.test) == len(time)


def test_an_origin_without_defaults_on_both_sides_is_left_out() -> None:
    time = np.repeat(np.arange(1990.0, 2000.0), 200)
    outcome = np.where(time < 1993, (np.arange(len(time)) % 3 == 0), 0).astype(float)
    _, forward = splits_of(_tape(time, outcome), 1)
    assert not forward


def test_random_folds_part_the_rows_and_share_the_defaults() -> None:
    outcome = np.zeros(103)
    outcome[:20] = 1
    folds = random_folds(outcome, 1)
    assert sorted(np.concatenate([fold.test for fold in folds])) == list(range(103))
    assert all(outcome[fold.test].sum() == 4 for fold in folds)


def test_the_past_fades_by_halves() -> None:
    weights = faded(np.full(3, 2.0), np.array([2000.0, 2001.5, 2003.0]), np.arange(3), 1.5)
    assert weights.tolist() == [0.5, 1.0, 2.0]


def test_the_latest_period_is_a_year_with_enough_defaults() -> None:
    time = np.repeat(np.arange(1990.0, 2000.0), 100)
    many, few = np.ones(1000), np.tile([1.0] + [0.0] * 9, 100)
    assert set(time[latest(_tape(time, many), np.arange(1000))]) == {1999}
    assert few[latest(_tape(time, few), np.arange(1000))].sum() >= 50


def test_the_level_meets_the_rate() -> None:
    drawn = np.random.default_rng(1)
    margin = drawn.normal(-3, 1, 500)
    outcome = (drawn.random(500) < 0.3).astype(float)
    weights = drawn.uniform(1, 4, 500)
    shift = level_of(margin, outcome, weights, Identity())
    assert np.average(expit(margin + shift), weights=weights) == pytest.approx(
        np.average(outcome, weights=weights), abs=1e-9
    )


def _later(p: np.ndarray, outcome: np.ndarray) -> Later:
    rows = np.arange(len(p))
    return Later(p, outcome, np.ones(len(p)), rows, rows % 5, forward=False)


def test_a_shape_that_does_not_last_is_not_chosen() -> None:
    """Early rows want a slope of one half, late ones of one: no change foresees them better."""
    drawn = np.random.default_rng(6)
    z, block = drawn.normal(-1.5, 1, 9000), np.repeat([0, 1, 2], 3000)
    outcome = (drawn.random(9000) < expit(np.where(block == 0, z / 2, z))).astype(float)
    forward = Later(expit(z), outcome, np.ones(9000), np.arange(9000), block, forward=True)
    assert calibrated(forward).form == Identity()
    assert calibrated(forward._replace(block=np.arange(9000) % 5, forward=False)).form != Identity()


def test_scores_twice_too_bold_are_brought_back() -> None:
    """True log-odds z, scored 2 z: Platt's slope of one half is found, and it beats no change."""
    drawn = np.random.default_rng(2)
    z = drawn.normal(-1.5, 1, 8000)
    outcome = (drawn.random(8000) < expit(z)).astype(float)
    found = calibrated(_later(expit(2 * z), outcome))
    assert found.loss["platt"] < found.loss["identity"]
    assert logit(found.form.apply(expit(2 * z))) == pytest.approx(z, abs=0.25)


def test_scores_that_are_right_are_left_alone() -> None:
    drawn = np.random.default_rng(3)
    p = expit(drawn.normal(-1.5, 1, 4000))
    outcome = (drawn.random(4000) < p).astype(float)
    kept = calibrated(_later(p, outcome)).form.apply(p)
    assert logit(kept) == pytest.approx(logit(p), abs=0.25)


def test_a_column_that_turns_is_found() -> None:
    drawn = np.random.default_rng(4)
    time, x, y = np.repeat([1.0, 2.0, 3.0], 500), drawn.normal(size=1500), drawn.normal(size=1500)
    sign = np.where(time == 3, -1, 1)
    outcome = (drawn.random(1500) < expit(1.5 * sign * x + y)).astype(float)
    assert turning(np.column_stack([x, y]).astype(np.float32), outcome, time).tolist() == [0]


def test_a_recipe_says_what_it_is() -> None:
    words = Recipe(1.5, early=True, steady=True).words()
    assert words == "half-life 1.5, depth 3, leaf 5, early stopping, steady columns alone"
