"""Occurrence over exposure: by hand without columns, and against known truth with them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from models.training.survival.aft import train_aft
from models.training.survival.boosted import train_trees
from models.training.survival.design import learn_design
from models.training.survival.episodes import cut, edges_of
from models.training.survival.lives import Lives
from models.training.survival.poisson import train_piecewise

NAMES = ("x0", "x1", "x2")


def lives_of(truth: Any) -> Lives:
    return Lives(truth.entry, truth.exit, truth.event, np.ones(len(truth.exit)))


def test_cutting_keeps_years_and_events(truth: Any) -> None:
    lives = lives_of(truth)
    edges = edges_of(lives)
    seen = cut(lives, edges)
    years = np.bincount(seen.rows, seen.years, lives.rows)
    np.testing.assert_allclose(years, lives.exit - lives.entry, atol=1e-9)
    np.testing.assert_array_equal(np.bincount(seen.rows, seen.events, lives.rows), lives.event)
    assert (seen.years > 0.0).all()
    counts = np.bincount(seen.pieces, seen.events)
    assert counts[0] == 0, "nothing happens before the first event"
    assert counts[1:].min() >= 5


def test_without_effects_each_piece_is_occurrence_over_exposure(truth: Any) -> None:
    lives = lives_of(truth)
    design = learn_design(truth.frame(), NAMES, ())
    frozen = train_piecewise(design, design.matrix(truth.frame()), lives, penalizer=1e6)
    edges = np.array(frozen.law["edges"])
    upto = np.append(edges[1:], np.inf)
    for level, start, end in zip(frozen.law["level"], edges, upto, strict=True):
        lived = np.clip(np.minimum(lives.exit, end) - np.maximum(lives.entry, start), 0, None)
        died = (lives.event == 1) & (lives.exit > start) & (lives.exit <= end)
        assert np.exp(level) == pytest.approx(died.sum() / lived.sum(), rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("drifting", [False, True])
def test_piecewise_finds_the_truth(drawn: Callable[..., Any], *, drifting: bool) -> None:
    truth = drawn(rows=6000, seed=9)
    design = learn_design(truth.frame(), NAMES, ())
    frozen = train_piecewise(
        design, design.matrix(truth.frame()), lives_of(truth), penalizer=1e-4, drifting=drifting
    )
    at = np.array([3.0, 6.0, 12.0])
    found = frozen.hazard().survival(truth.x, at)
    assert np.abs(found - truth.survival(truth.x, at)).mean() < 0.015
    low, high = frozen.hazard().survival_band(truth.x[0], at)
    assert ((low < found[0]) & (found[0] < high)).all()
    assert (np.log(low) / np.log(high) < 1.6).all()


def test_weibull_finds_the_truth_and_its_band_holds_it(drawn: Callable[..., Any]) -> None:
    truth = drawn(rows=3000, seed=10)
    design = learn_design(truth.frame(), NAMES, ())
    frozen = train_aft(
        "hazard.weibull", design, design.matrix(truth.frame()), lives_of(truth), penalizer=1e-5
    )
    at = np.array([3.0, 6.0, 12.0])
    fit = frozen.hazard()
    assert np.abs(fit.survival(truth.x, at) - truth.survival(truth.x, at)).mean() < 0.015
    inside = []
    for row in truth.x[:200]:
        low, high = fit.survival_band(row, at, z=2.6)
        real = truth.survival(row[None, :], at)[0]
        inside.append((low <= real) & (real <= high))
    assert np.mean(inside) > 0.9


def test_the_challenger_heeds_late_entries(drawn: Callable[..., Any]) -> None:
    truth = drawn(rows=5000, seed=11, latest=9.0)
    trees = train_trees(truth.x, lives_of(truth), rounds=150).challenger
    at = np.array([4.0, 8.0, 12.0])
    found, real = trees.survival(truth.x, at), truth.survival(truth.x, at)
    assert np.abs(found.mean(axis=0) - real.mean(axis=0)).max() < 0.03
    assert np.corrcoef(found[:, 1], real[:, 1])[0, 1] > 0.95
