"""What holds of every measure on rows of any kind, drawn by the hundred."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kernel.errors import Unavailable
from models.governance.in_force import read_in_force
from models.governance.metrics import (
    aalen_johansen,
    auc,
    brier,
    brier_skill,
    c_index,
    deciles,
    ece,
    kaplan_meier,
    kaplan_meier_band,
    ks,
    lift,
    psi_of_counts,
)

SCORES = st.lists(
    st.tuples(st.booleans(), st.integers(0, 8), st.integers(0, 3)), min_size=2, max_size=40
)
LIVES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(1, 6), st.integers(0, 2), st.integers(0, 4)),
    min_size=2,
    max_size=40,
)


def columns(rows: list[tuple[int, ...]]) -> list[np.ndarray]:
    return list(np.array(rows, dtype=float).T)


def both(outcome: np.ndarray, weights: np.ndarray) -> bool:
    return 0 < weights @ outcome < weights.sum()


@given(SCORES)
def test_ranking_depends_on_order_alone(rows: list[tuple[int, ...]]) -> None:
    outcome, score, weights = columns(rows)
    assume(both(outcome, weights))
    bent = np.exp(score) - 3
    for measure in (auc, ks, lift):
        assert measure(outcome, bent, weights) == pytest.approx(measure(outcome, score, weights))
    assert auc(outcome, score, weights) + auc(outcome, -score, weights) == pytest.approx(1)
    assert auc(1 - outcome, -score, weights) == pytest.approx(auc(outcome, score, weights))
    assert abs(auc(outcome, score, weights) - 0.5) <= ks(outcome, score, weights) + 1e-12


@given(SCORES)
def test_auc_is_the_share_of_pairs(rows: list[tuple[int, ...]]) -> None:
    outcome, score, weights = columns(rows)
    assume(both(outcome, weights))
    won = (score[:, None] > score) + 0.5 * (score[:, None] == score)
    pairs = np.outer(weights * outcome, weights * (1 - outcome))
    assert auc(outcome, score, weights) == pytest.approx((won * pairs).sum() / pairs.sum())


@given(SCORES)
def test_calibration_adds_up(rows: list[tuple[int, ...]]) -> None:
    outcome, score, weights = columns(rows)
    assume(weights.sum() > 0)
    p = score / 8
    bins = deciles(outcome, p, weights=weights)
    assert sum(one.rows for one in bins) == len(rows)
    assert sum(one.observed for one in bins) == pytest.approx(weights @ outcome)
    assert all(one.band_low <= one.expected + 1e-9 for one in bins)
    assert all(one.expected <= one.band_high + 1e-9 or one.expected < 4 for one in bins)
    gap = abs(weights @ (outcome - p)) / weights.sum()
    assert gap - 1e-12 <= ece(outcome, p, weights=weights) <= 1
    assert 0 <= brier(outcome, p, weights) <= 1


@given(SCORES)
def test_no_skill_is_above_one(rows: list[tuple[int, ...]]) -> None:
    outcome, score, weights = columns(rows)
    assume(both(outcome, weights))
    assert brier_skill(outcome, score / 8, weights) <= 1
    assert brier_skill(outcome, outcome, weights) == 1


@given(LIVES)
def test_concordance_turns_with_the_risk(rows: list[tuple[int, ...]]) -> None:
    entry, stay, cause, risk = columns(rows)
    event, leave = (cause > 0).astype(float), entry + stay
    late = (entry[:, None] < leave) & (leave[:, None] > leave)
    tied = (entry[:, None] < leave) & (leave[:, None] == leave) & (event[:, None] == 0)
    pairs = ((late | tied) & (event == 1)).sum()
    assume(pairs > 0)
    found = c_index(entry, leave, event, risk)
    assert found + c_index(entry, leave, event, -risk) == pytest.approx(1)
    won = (risk > risk[:, None]) + 0.5 * (risk == risk[:, None])
    expected = (won * ((late | tied) & (event == 1))).sum() / pairs
    assert found == pytest.approx(expected, abs=1e-14)


@given(LIVES)
def test_curves_fall_and_incidences_make_the_whole(rows: list[tuple[int, ...]]) -> None:
    entry, stay, cause, _ = columns(rows)
    leave, when = entry + stay, np.arange(0.0, 14.0)
    event = (cause > 0).astype(float)
    curve = kaplan_meier(entry, leave, event, when)
    assert (np.diff(curve) <= 1e-12).all()
    band = kaplan_meier_band(entry, leave, event, when)
    assert (band.low <= band.survival + 1e-12).all()
    assert (band.survival <= band.high + 1e-12).all()
    total = sum(aalen_johansen(entry, leave, cause, when).values(), np.zeros(when.size))
    assert total == pytest.approx(1 - curve, abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=12))
def test_psi_is_no_less_than_nought_and_knows_no_side(rows: list[tuple[int, int]]) -> None:
    old, new = columns(rows)
    assume(old.sum() > 0 and new.sum() > 0)
    names = [str(number) for number in range(len(rows))]
    one, other = psi_of_counts(old, new, names), psi_of_counts(new, old, names)
    assert one.value >= -1e-15
    assert one.value == pytest.approx(other.value)
    assert one.bound == pytest.approx(other.bound)
    assert one.bound < one.bound_99
    assert psi_of_counts(old, old, names).value == 0


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 30)), min_size=1, max_size=6))
def test_one_serves_or_none_on_each_day(spans: list[tuple[int, int]]) -> None:
    """Rows laid end to end with gaps: each day has the row it lies in, or a refusal."""
    day, rows = date(2026, 1, 1), []
    for number, (length, gap) in enumerate(spans):
        rows.append((day, day + timedelta(length), f"fit-{number:012x}"))
        day += timedelta(length + gap)
    text = "\n".join(
        f'[[serves]]\npurpose = "lapse"\nproducts = ["p"]\nchampion = "{fit}"\n'
        f"valid_from = {first}\nvalid_to = {last}"
        for first, last, fit in rows
    )
    table = read_in_force(text)
    for offset in range(-1, (day - date(2026, 1, 1)).days + 1):
        on = date(2026, 1, 1) + timedelta(offset)
        expected = [fit for first, last, fit in rows if first <= on < last]
        if expected:
            assert [table.serving("lapse", "p", on).champion] == expected
        else:
            with pytest.raises(Unavailable):
                table.serving("lapse", "p", on)
