"""Concordance, Brier and curves under delayed entry, against lifelines and brute counts."""

import numpy as np
import pytest
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.utils import concordance_index

from kernel.errors import Invalid
from models.governance.metrics import (
    aalen_johansen,
    brier_at,
    c_index,
    integrated_brier,
    kaplan_meier,
    kaplan_meier_band,
    lives,
    null_survival,
)

RNG = np.random.default_rng(3)
TIMES = np.array([0.3, 0.5, 1.0, 1.7, 2.4])


def a_sample(rows: int, *, delayed: bool, digits: int = 2) -> tuple[np.ndarray, ...]:
    """Exponential lives with rounded times (ties), delayed entry and censoring."""
    x = RNG.normal(size=rows)
    life, censored = RNG.exponential(np.exp(-0.7 * x)), RNG.exponential(2.0, rows)
    entry = RNG.random(rows) * 0.8 * (RNG.random(rows) < 0.6) if delayed else np.zeros(rows)
    leave = np.minimum(life, censored).round(digits)
    entry = entry.round(digits)
    kept = leave > entry
    event = (life <= censored).astype(float)
    return entry[kept], leave[kept], event[kept], x[kept].round(1)


def brute_c_index(entry, leave, event, risk) -> float:  # noqa: ANN001 - arrays as above
    """Pair by pair, as the definition reads."""
    won = pairs = 0.0
    for i in np.flatnonzero(event == 1):
        for j in range(entry.size):
            there = entry[j] < leave[i] and (
                leave[j] > leave[i] or (leave[j] == leave[i] and event[j] == 0)
            )
            if there:
                pairs += 1
                won += (risk[i] > risk[j]) + 0.5 * (risk[i] == risk[j])
    return won / pairs


def test_c_index_without_delay_is_that_of_lifelines() -> None:
    entry, leave, event, x = a_sample(3000, delayed=False, digits=1)
    assert c_index(entry, leave, event, x) == concordance_index(leave, -x, event)


@pytest.mark.parametrize("digits", [1, 3])
def test_c_index_with_delay_is_the_count_of_pairs(digits: int) -> None:
    sample = a_sample(300, delayed=True, digits=digits)
    assert c_index(*sample) == pytest.approx(brute_c_index(*sample), abs=1e-14)


def test_delay_matters() -> None:
    """A row that entered after the event was never at risk beside it."""
    entry, leave, event = [0, 5], [3, 9], [1, 1]
    with pytest.raises(Invalid, match="no two rows"):
        c_index(entry, leave, event, [1, 0])
    assert c_index([0, 2.9], leave, event, [1, 0]) == 1.0
    with pytest.raises(Invalid, match="no two rows"):
        c_index([0, 3], leave, event, [1, 0])


def test_many_rows_take_no_time() -> None:
    sample = a_sample(60_000, delayed=True)
    order = RNG.permutation(sample[0].size)
    assert c_index(*sample) == c_index(*(column[order] for column in sample))


@pytest.mark.parametrize("delayed", [False, True])
def test_kaplan_meier_is_that_of_lifelines(*, delayed: bool) -> None:
    entry, leave, event, _ = a_sample(800, delayed=delayed)
    fit = KaplanMeierFitter().fit(leave, event, entry=entry)
    assert kaplan_meier(entry, leave, event, TIMES) == pytest.approx(
        fit.survival_function_at_times(TIMES).to_numpy(), abs=1e-12
    )
    band = kaplan_meier_band(entry, leave, event, TIMES)
    bounds = fit.confidence_interval_survival_function_.reindex(TIMES, method="ffill").to_numpy()
    assert band.low == pytest.approx(bounds[:, 0], abs=1e-9)
    assert band.high == pytest.approx(bounds[:, 1], abs=1e-9)


def test_the_band_is_a_point_where_nothing_happened_or_nothing_is_left() -> None:
    band = kaplan_meier_band([0, 0], [1, 2], [1, 1], [0.5, 1, 2])
    assert (band.low[0], band.high[0]) == (1, 1)
    assert 0 < band.low[1] < 0.5 < band.high[1] < 1
    assert (band.low[2], band.high[2]) == (0, 0)
    assert band.at_risk.tolist() == [2, 2, 1]


@pytest.mark.parametrize("delayed", [False, True])
def test_aalen_johansen_is_that_of_lifelines(*, delayed: bool) -> None:
    entry, leave, event, x = a_sample(600, delayed=delayed, digits=6)
    cause = np.where(event == 1, 1 + (x > 0), 0)
    found = aalen_johansen(entry, leave, cause, TIMES)
    assert set(found) == {1, 2}
    for kind, incidence in found.items():
        fit = AalenJohansenFitter(calculate_variance=False)
        fit.fit(leave, cause, event_of_interest=kind, entry=entry)
        curve = fit.cumulative_density_.iloc[:, 0]
        expected = [curve[curve.index <= time].iloc[-1] for time in TIMES]
        assert incidence == pytest.approx(expected, abs=1e-9)
    left = 1 - kaplan_meier(entry, leave, event, TIMES)
    assert found[1] + found[2] == pytest.approx(left, abs=1e-12)


def test_brier_without_censoring_is_the_plain_one() -> None:
    life = RNG.exponential(1, 500)
    stays = np.exp(-1.0 * np.ones(500))
    plain = np.mean(((life > 1) - stays) ** 2)
    assert brier_at(1.0, np.zeros(500), life, np.ones(500), stays) == pytest.approx(plain)


def graf(time: float, leave: np.ndarray, event: np.ndarray, stays: np.ndarray) -> float:
    """Graf's score row by row, with the censoring curve of lifelines (events first at ties)."""
    later = leave + 1e-9 * (event == 0)
    curve = KaplanMeierFitter().fit(later, 1 - event)
    total = 0.0
    for t, d, s in zip(leave, event, stays, strict=True):
        if t > time:
            total += (1 - s) ** 2 / curve.predict(time + 1e-6)
        elif d:
            total += s**2 / curve.predict(t - 1e-6)
    return total / leave.size


def test_brier_with_censoring_is_grafs() -> None:
    entry, leave, event, x = a_sample(400, delayed=False)
    stays = np.exp(-np.exp(0.7 * x) * 0.8)
    assert brier_at(0.8, entry, leave, event, stays) == pytest.approx(
        graf(0.8, leave, event, stays), abs=1e-9
    )


def test_brier_under_delay_finds_the_truth() -> None:
    """Known law, entry delayed, a third censored: the weighted score is the uncensored one."""
    rows, time = 200_000, 1.5
    x = RNG.normal(size=rows)
    rate = np.exp(0.7 * x)
    life, entry = RNG.exponential(1 / rate), RNG.random(rows)
    censored = entry + RNG.exponential(3.0, rows)
    there = life > entry
    stays = np.exp(-rate * (time - entry))[there]
    full = np.mean(((life > time)[there] - stays) ** 2)
    leave, event = np.minimum(life, censored)[there], (life <= censored)[there]
    assert 0.1 < 1 - event.mean() < 0.5
    assert brier_at(time, entry[there], leave, event, stays) == pytest.approx(full, abs=0.002)
    bent = np.clip(stays + 0.2, 0, 1)
    assert brier_at(time, entry[there], leave, event, bent) > full + 0.02


def test_integrated_brier_beats_the_null_only_with_knowledge() -> None:
    entry, leave, event, x = a_sample(5000, delayed=True)
    when = np.array([0.9, 1.2, 1.6, 2.0])
    rate = np.exp(0.7 * x)[:, None]
    stays = np.exp(-rate * np.maximum(when[None, :] - entry[:, None], 0))
    null = null_survival(entry, leave, event, when)
    scores = [integrated_brier(when, entry, leave, event, one) for one in (stays, null)]
    assert scores[0] < scores[1] - 0.01
    by_hand = [brier_at(t, entry, leave, event, s) for t, s in zip(when, stays.T, strict=True)]
    assert scores[0] == pytest.approx(np.trapezoid(by_hand, when) / 1.1)


def test_censoring_can_come_from_other_rows() -> None:
    """Ten rows that nobody censored say nothing of a censoring that another sample shows."""
    entry, leave, event, _ = a_sample(2000, delayed=False)
    life, stays = np.full(10, 2.0), np.full(10, 0.9)
    seen = lives(entry, leave, event)
    own = brier_at(1.0, np.zeros(10), life, np.ones(10), stays)
    other = brier_at(1.0, np.zeros(10), life, np.ones(10), stays, censoring=seen)
    assert own == pytest.approx(0.01)
    assert other > 1.3 * own


def test_a_time_that_nobody_reaches_is_refused() -> None:
    entry, leave, event = [0, 0, 0], [1, 2, 3], [1, 0, 0]
    with pytest.raises(Invalid, match="no row entered before"):
        brier_at(0.0, entry, leave, event, [1, 1, 1])
    assert brier_at(5.0, entry, leave, event, [0.5] * 3) == pytest.approx(0.25 / 3)
    with pytest.raises(Invalid, match="leaves nothing to see"):
        brier_at(5.0, entry, [1, 2, 6], event, [0.5] * 3, censoring=lives([0], [3], [0]))


@pytest.mark.parametrize(
    ("entry", "leave", "cause", "words"),
    [
        ([0, 3], [1, 3], [0, 1], "row 1 leaves no later"),
        ([0, 1], [1, 2], [0, -1], "code censored as 0"),
        ([0, 1], [1, 2], [0, 0.5], "code censored as 0"),
    ],
)
def test_impossible_lives_are_refused(
    entry: list[float], leave: list[float], cause: list[float], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        aalen_johansen(entry, leave, cause, [1.0])


def test_a_matrix_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(Invalid, match="one column for each time"):
        integrated_brier([1, 2], [0], [3], [1], [[0.5]])
    with pytest.raises(Invalid, match="ascend"):
        integrated_brier([2, 1], [0], [3], [1], [[0.5, 0.5]])
