"""Sets at risk and cut lives counted by hand on random lives."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.governance.metrics import brier_at, c_index, integrated_brier, kaplan_meier
from models.training.survival.at_risk import sets_at_risk
from models.training.survival.episodes import cut, edges_of
from models.training.survival.lives import Lives
from models.training.survival.score import ages_of, mean_scores, score

SPAN = st.tuples(st.integers(0, 12), st.integers(1, 12), st.booleans(), st.integers(1, 4))


def lives_of(spans: list[tuple[int, int, bool, int]]) -> Lives:
    entry, length, event, weight = (np.array(column, float) for column in zip(*spans, strict=True))
    return Lives(entry / 2.0, (entry + length) / 2.0, event, weight)


@given(st.lists(SPAN, min_size=3, max_size=25))
def test_sums_over_those_at_risk_are_counted_right(spans: list[tuple[int, int, bool, int]]) -> None:
    lives = lives_of(spans)
    risk = sets_at_risk(lives)
    amounts = np.column_stack([lives.weights, lives.exit])
    found = risk.at_risk(amounts)
    assert risk.times.tolist() == sorted(set(lives.exit[lives.event == 1.0].tolist()))
    for place, time in enumerate(risk.times):
        there = (lives.entry < time) & (lives.exit >= time)
        np.testing.assert_allclose(found[place], amounts[there].sum(axis=0), atol=1e-9)


@given(st.lists(SPAN, min_size=3, max_size=25))
def test_efron_counts_each_tie_once(spans: list[tuple[int, int, bool, int]]) -> None:
    lives = lives_of(spans)
    risk = sets_at_risk(lives)
    for place, time in enumerate(risk.times):
        here = risk.at == place
        died = (lives.exit == time) & (lives.event == 1.0)
        assert here.sum() == died.sum()
        np.testing.assert_allclose(np.sort(risk.tied[here]), np.arange(died.sum()) / died.sum())
        np.testing.assert_allclose(risk.weights[here], lives.weights[died].mean())


@given(st.lists(SPAN, min_size=2, max_size=20), st.integers(1, 10))
def test_two_periods_are_the_whole(spans: list[tuple[int, int, bool, int]], cut_at: int) -> None:
    lives = lives_of(spans)
    middle, end = cut_at / 2.0 + 0.25, float(lives.exit.max())
    early, late = lives.between(0.0, middle), lives.between(middle, end)
    years = (early.exit - early.entry) + (late.exit - late.entry)
    np.testing.assert_allclose(years, lives.exit - lives.entry)
    np.testing.assert_array_equal(early.event + late.event, lives.event)
    assert (early.exit <= middle).all()
    assert (late.entry >= np.minimum(middle, late.exit)).all()


@given(st.lists(SPAN, min_size=2, max_size=20), st.lists(st.integers(1, 20), max_size=5))
def test_cut_lives_lose_nothing(spans: list[tuple[int, int, bool, int]], inner: list[int]) -> None:
    lives = lives_of(spans)
    edges = np.unique([0.0, *(edge / 2.0 + 0.1 for edge in inner)])
    seen = cut(lives, edges)
    np.testing.assert_allclose(
        np.bincount(seen.rows, seen.years, lives.rows), lives.exit - lives.entry
    )
    np.testing.assert_allclose(np.bincount(seen.rows, seen.events, lives.rows), lives.event)
    ends = np.append(edges[1:], np.inf)
    happened = seen.events == 1.0
    exits = lives.exit[seen.rows[happened]]
    assert (exits > edges[seen.pieces[happened]]).all()
    assert (exits <= ends[seen.pieces[happened]]).all()


def test_edges_begin_at_the_first_entry_and_before_the_first_event(truth: Any) -> None:
    lives = Lives(truth.entry + 1.0, truth.exit + 1.0, truth.event, np.ones_like(truth.exit))
    edges = edges_of(lives)
    first = lives.exit[lives.event == 1.0].min()
    assert edges[0] == lives.entry.min()
    assert 0.0 < first - edges[1] < 1e-4
    assert (np.diff(edges) > 0.0).all()
    assert len(edges) <= 26


def test_scores_are_those_of_the_metrics(truth: Any) -> None:
    lives = Lives(truth.entry, truth.exit, truth.event, np.ones_like(truth.exit))
    rate = np.exp(truth.x @ truth.beta)[:, None]
    ages = ages_of(lives)
    place = (lives.entry, lives.exit, lives.event)

    def hazard(t: np.ndarray) -> np.ndarray:
        return rate * (t / 10.0) ** 1.6

    found = score(hazard, lives, ages)
    survival = np.exp(-hazard(ages))
    from_entry = np.minimum(survival / np.exp(-hazard(lives.entry[:, None])), 1.0)
    assert found["c_index"] == pytest.approx(c_index(*place, rate[:, 0]))
    assert found["integrated_brier"] == pytest.approx(integrated_brier(ages, *place, from_entry))
    middle = len(ages) // 2
    at_middle = brier_at(float(ages[middle]), *place, from_entry[:, middle])
    assert found["brier_middle"] == pytest.approx(at_middle)
    gaps = survival.mean(axis=0) - kaplan_meier(*place, ages)
    assert abs(found["calibration"]) == pytest.approx(np.abs(gaps).max())


def test_means_go_by_rows_and_gaps_by_size() -> None:
    one = {
        "c_index": 0.7,
        "integrated_brier": 0.1,
        "brier_middle": float("nan"),
        "calibration": -0.2,
    }
    other = {"c_index": 0.6, "integrated_brier": 0.2, "brier_middle": 0.3, "calibration": 0.1}
    found = mean_scores([one, other], [100, 300])
    assert found["c_index"] == pytest.approx(0.625)
    assert found["integrated_brier"] == pytest.approx(0.175)
    assert found["brier_middle"] == pytest.approx(0.3), "a split that says nothing is left out"
    assert found["calibration"] == pytest.approx(0.125)
    nothing = dict.fromkeys(one, float("nan"))
    assert mean_scores([nothing], [5])["integrated_brier"] == 9.0, "the worst, never the best"
