"""The double lift says which of two fits follows the outcome where they differ."""

import numpy as np
import pytest

from kernel.errors import Invalid
from models.governance.metrics import double_lift

RNG = np.random.default_rng(2)
P = RNG.uniform(0.02, 0.3, 20_000)
OUTCOME = (RNG.random(P.size) < P).astype(float)
OFF = np.clip(P * np.exp(RNG.normal(0, 0.5, P.size)), 0, 1)


def test_the_truth_wins_on_either_side() -> None:
    for champion, challenger, winner in ((OFF, P, "challenger"), (P, OFF, "champion")):
        bins = double_lift(OUTCOME, champion, challenger)
        assert len(bins) == 10
        assert [one.winner for one in bins].count(winner) >= 8
        assert bins[0].ratio_high <= bins[-1].ratio_low


def test_two_that_agree_fall_into_one_bin() -> None:
    (one,) = double_lift(OUTCOME, P, P)
    assert one.winner == "level"
    assert one.rows == P.size
    assert one.champion == pytest.approx(P.mean())


def test_weights_count_as_rows() -> None:
    weights = RNG.integers(1, 4, P.size)
    repeated = np.repeat(np.arange(P.size), weights)
    one = double_lift(OUTCOME, OFF, P, 5, weights)
    other = double_lift(OUTCOME[repeated], OFF[repeated], P[repeated], 5)
    assert [bin_.rate for bin_ in one] == pytest.approx([bin_.rate for bin_ in other])


def test_rows_must_match() -> None:
    with pytest.raises(Invalid, match="p_challenger"):
        double_lift([0, 1], [0.1, 0.2], [0.1])
    with pytest.raises(Invalid, match="nought in some rows"):
        double_lift([0, 1], [0.1, 0.2], [0.1, 0.2], 2, [0, 1])
