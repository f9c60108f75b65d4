"""Intervals of a PD: do they hold the truth as often as they say?"""

import json

import numpy as np
import pytest
from scipy.stats import beta as beta_law

from kernel.canonical import canonical_json
from kernel.errors import Invalid
from models.borrower.calibration import Platt
from models.borrower.interval import Intervals
from models.borrower.odds import Floats, expit, logit

ASKED = np.geomspace(0.004, 0.5, 60)


def truth_of(score: Floats) -> Floats:
    """A law that no logistic meets exactly."""
    z = logit(score)
    return expit(-0.3 + 0.8 * z + 0.05 * np.sin(2 * z))


def drawn(seed: int, size: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    score = expit(rng.normal(-3.0, 1.2, size))
    return score, (rng.random(size) < truth_of(score)).astype(float)


def test_the_true_pd_is_held_as_often_as_stated() -> None:
    """120 markets: calibrate on one half, build on the other, ask on a third."""
    held = []
    for seed in range(120):
        score, outcome = drawn(seed, 6000)
        platt = Platt.fit(score[:3000], outcome[:3000])
        table = Intervals.fit(platt.apply(score[3000:]), outcome[3000:], level=0.9)
        fresh, _ = drawn(10_000 + seed, 500)
        low, high = table.ends(platt.apply(fresh))
        true = truth_of(fresh)
        held.append(np.mean((low <= true) & (true <= high)))
    assert 0.89 <= np.mean(held) <= 0.98


def test_a_bad_level_is_held_too() -> None:
    """PDs half of the truth: the interval reaches up to the truth, and still holds the PD."""
    rng = np.random.default_rng(1)
    pd = expit(rng.normal(-3, 0.8, 20_000))
    true = np.minimum(2 * pd, 0.99)
    table = Intervals.fit(pd, (rng.random(20_000) < true).astype(float))
    middle = np.quantile(pd, [0.2, 0.4, 0.6, 0.8])
    low, high = table.ends(middle)
    assert np.all(low <= middle)
    assert np.all(high >= 2 * middle * 0.95)


@pytest.mark.parametrize("seed", range(5))
def test_ends_never_fall_and_hold_the_pd(seed: int) -> None:
    score, outcome = drawn(seed, 1500)
    weights = np.random.default_rng(seed).uniform(0.2, 5, 1500)
    table = Intervals.fit(score, outcome, weights)
    asked = np.linspace(0.0005, 0.9995, 3000)
    low, high = table.ends(asked)
    assert np.all(np.diff(low) >= -1e-12)
    assert np.all(np.diff(high) >= -1e-12)
    assert np.all((low <= asked) & (asked <= high))
    assert np.all((low >= 0) & (high <= 1))
    assert table.interval(0.05) == pytest.approx(
        tuple(float(end[0]) for end in table.ends(np.array([0.05])))
    )


def test_one_band_is_jeffreys_own() -> None:
    """All rows at one score: the interval is the beta's of scipy."""
    pd, outcome = np.full(200, 0.05), np.r_[np.ones(14), np.zeros(186)]
    low, high = Intervals.fit(pd, outcome, level=0.9).interval(0.05)
    judge = beta_law(14.5, 186.5)
    assert (low, high) == pytest.approx((judge.ppf(0.05), judge.ppf(0.95)), rel=1e-6)


def test_more_rows_make_it_narrower_and_thin_ends_wider() -> None:
    few, many = (Intervals.fit(*drawn(3, size)) for size in (1000, 30_000))
    width = [np.diff(np.array(table.interval(0.05)))[0] for table in (few, many)]
    assert width[1] < width[0]
    close = Intervals.fit(*drawn(3, 30_000), near=300.0)
    assert np.diff(np.array(close.interval(0.05)))[0] > width[1]


def test_drift_widens_by_the_stated_swing() -> None:
    """With very many rows all that is left is the swing: +- 1.645 sd of log-odds at 90 %."""
    score, _ = drawn(4, 60_000)
    rng = np.random.default_rng(0)
    outcome = (rng.random(60_000) < score).astype(float)
    table = Intervals.fit(score, outcome, near=30_000.0, drift=0.5)
    low, high = (logit(np.array([end]))[0] for end in table.interval(0.05))
    centre = logit(np.array([0.05]))[0]
    assert (centre - low, high - centre) == pytest.approx((0.822, 0.822), abs=0.08)


def test_effective_rows_near_a_pd_are_told() -> None:
    table = Intervals.fit(*drawn(5, 20_000))
    assert 3500 < table.cohort(0.05) < 7000  # a bell that gathers 5000
    small = Intervals.fit(*drawn(5, 300))
    assert small.cohort(0.05) < 301


def test_it_comes_back_from_json() -> None:
    table = Intervals.fit(*drawn(6, 2000))
    assert Intervals.of(json.loads(canonical_json(table.json()))) == table


def test_no_default_in_the_sample_leaves_an_upper_end() -> None:
    pd = np.linspace(0.01, 0.1, 300)
    low, high = Intervals.fit(pd, np.zeros(300)).interval(0.05)
    assert low == pytest.approx(0, abs=1e-6)
    assert 0.05 <= high < 0.2


def test_what_cannot_be_is_refused() -> None:
    score, outcome = drawn(7, 100)
    for bad in ({"level": 1.0}, {"drift": -0.1}, {"near": 1.0}):
        with pytest.raises(Invalid, match="interval"):
            Intervals.fit(score, outcome, **bad)
