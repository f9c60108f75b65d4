"""The scorecard against sklearn's logistic regression and by hand."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from models.borrower.scorecard import Bins, Scorecard
from models.training.default.card_points import train_scorecard


def _rows(rows: int = 3000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    drawn = np.random.default_rng(3)
    matrix = drawn.normal(size=(rows, 3))
    matrix[drawn.random(rows) < 0.1, 1] = np.nan
    odds = -1.5 + matrix[:, 0] - 0.7 * np.nan_to_num(matrix[:, 1], nan=2.0)
    outcome = (drawn.random(rows) < 1 / (1 + np.exp(-odds))).astype(float)
    return matrix.astype(np.float32), outcome, drawn.uniform(0.5, 3, rows)


def test_points_are_those_of_sklearn_on_the_same_evidence() -> None:
    matrix, outcome, weights = _rows()
    card = train_scorecard(matrix, outcome, weights, (0, 0, 0))
    assert {0, 1} <= {bins.at for bins in card.columns}
    mass = weights / weights.mean()
    evidence = []
    for bins in card.columns:
        place = bins.places(matrix[:, bins.at])
        bad = np.bincount(place, mass * outcome, len(bins.points)) + 0.5
        good = np.bincount(place, mass * (1 - outcome), len(bins.points)) + 0.5
        woe = np.log(bad / bad.sum() / (good / good.sum()))
        woe[np.bincount(place, minlength=len(bins.points)) == 0] = 0
        evidence.append(woe[place])
    other = LogisticRegression(C=1.0, tol=1e-10, max_iter=1000)
    other.fit(np.column_stack(evidence), outcome, sample_weight=mass)
    theirs = other.decision_function(np.column_stack(evidence))
    np.testing.assert_allclose(card.margin(matrix), theirs, atol=1e-4)


def test_points_add_up_and_come_back_from_json() -> None:
    matrix, outcome, weights = _rows(800)
    card = train_scorecard(matrix, outcome, weights, (0, 0, 0))
    again = Scorecard.read(card.json())
    np.testing.assert_array_equal(again.margin(matrix), card.margin(matrix))
    for row in matrix[:20]:
        assert again.base + again.parts(row).sum() == pytest.approx(
            card.margin(row[None, :])[0], abs=1e-12
        )


def test_a_declared_sign_holds_where_the_rows_say_otherwise() -> None:
    matrix, outcome, weights = _rows()
    matrix[:, 0] = np.abs(matrix[:, 0])  # rises and falls: pooled to one direction
    card = train_scorecard(matrix, outcome, weights, (-1, 0, 0))
    points = [bins.points for bins in card.columns if bins.at == 0]
    assert all((np.diff(one[:-1]) <= 1e-12).all() for one in points)


def test_a_missing_number_has_its_own_bin() -> None:
    bins = Bins(0, np.array([1.0, 2.0]), np.array([0.1, 0.2, 0.3, 0.9]))
    column = np.array([0.0, 1.0, 1.5, 2.0, np.nan])
    assert bins.places(column).tolist() == [0, 1, 1, 2, 3]
