"""AUC, KS, lift and gains against scikit-learn, and where order or weights could bend them."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score, roc_curve

from kernel.errors import Invalid
from models.governance.metrics import auc, gains, gini, ks, lift, roc

RNG = np.random.default_rng(11)
ROWS = 4000
SCORE = RNG.normal(size=ROWS).round(1)
"""Rounded, so that many scores are tied."""
OUTCOME = (RNG.random(ROWS) < 1 / (1 + np.exp(2 - SCORE))).astype(float)
WEIGHTS = RNG.integers(0, 5, ROWS).astype(float)


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_auc_is_that_of_sklearn(weights: np.ndarray | None) -> None:
    expected = roc_auc_score(OUTCOME, SCORE, sample_weight=weights)
    assert auc(OUTCOME, SCORE, weights) == pytest.approx(expected, abs=1e-12)
    assert gini(OUTCOME, SCORE, weights) == pytest.approx(2 * expected - 1, abs=1e-12)


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_ks_is_the_widest_gap_of_the_roc(weights: np.ndarray | None) -> None:
    false, true, _ = roc_curve(OUTCOME, SCORE, sample_weight=weights)
    assert ks(OUTCOME, SCORE, weights) == pytest.approx(np.abs(true - false).max(), abs=1e-12)


def test_the_area_under_our_roc_is_the_auc() -> None:
    false, true = roc(OUTCOME, SCORE, WEIGHTS)
    assert np.trapezoid(true, false) == pytest.approx(auc(OUTCOME, SCORE, WEIGHTS), abs=1e-12)
    assert (false[0], true[0]) == (0, 0)
    assert (false[-1], true[-1]) == pytest.approx((1, 1))


def test_a_whole_weight_is_that_many_rows() -> None:
    repeated = np.repeat(np.arange(ROWS), WEIGHTS.astype(int))
    for measure in (auc, ks, lift):
        assert measure(OUTCOME, SCORE, WEIGHTS) == pytest.approx(
            measure(OUTCOME[repeated], SCORE[repeated]), abs=1e-12
        ), measure


def test_lift_by_hand() -> None:
    outcome, score = [1, 0, 1, 0, 0, 0, 0, 0, 0, 0], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert lift(outcome, score, top=0.1) == pytest.approx(5.0)
    assert lift(outcome, score, top=0.3) == pytest.approx((2 / 3) / 0.2)
    assert lift(outcome, score, top=1.0) == pytest.approx(1.0)


def test_rows_of_one_score_share_the_border() -> None:
    """Four rows tie for two places: each counts half, in whatever order they stand."""
    score = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    for outcome in ([1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0, 0, 0, 0, 0]):
        assert lift(outcome, score, top=0.2) == pytest.approx(0.5 / 0.2)


def test_no_measure_depends_on_the_order_of_rows() -> None:
    order = RNG.permutation(ROWS)
    for measure in (auc, ks, lift):
        assert measure(OUTCOME, SCORE, WEIGHTS) == pytest.approx(
            measure(OUTCOME[order], SCORE[order], WEIGHTS[order]), abs=1e-12
        )


def test_gains_take_amounts_and_end_at_the_whole() -> None:
    taken, caught = gains([10, 0, 30], [0.2, 0.1, 0.9])
    assert taken == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert caught == pytest.approx([0, 0.75, 1, 1])
    assert np.trapezoid(*gains(OUTCOME, SCORE)[::-1]) > 0.5
    with pytest.raises(Invalid, match="nought in all rows"):
        gains([0, 0], [1, 2])


@pytest.mark.parametrize(
    ("outcome", "score", "weights", "words"),
    [
        ([1, 1], [0.1, 0.2], None, "same in every row"),
        ([0, 2], [0.1, 0.2], None, "besides 0 and 1"),
        ([0, 1], [0.1, np.nan], None, "row 1 is missing"),
        ([0, 1], [0.1], None, "1 rows where 2"),
        ([0, 1], [0.1, 0.2], [-1, 2], "negative"),
        ([0, 1], [0.1, 0.2], [0, 0], "all nought"),
        ([0, 1], [0.1, 0.2], [1, 0], "same in every row"),
        ([], [], None, "shape"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    outcome: list[float], score: list[float], weights: list[float] | None, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        auc(outcome, score, weights)
    assert refused.value.faults[0].cure


def test_a_share_beyond_the_whole_is_refused() -> None:
    with pytest.raises(Invalid, match="top"):
        lift([0, 1], [1, 2], top=1.5)
