"""The overlay: what it states, what it refuses, and the factor that outcomes ask for."""

import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from sklearn.linear_model import LogisticRegression

from kernel.canonical import canonical_json
from kernel.errors import Invalid
from models.borrower.level import fit_overlay, swing
from models.borrower.odds import expit, logit, root, shifted
from models.borrower.overlay import Overlay, read_overlay

ENTRY: dict[str, Any] = {
    "from": "2026-01-01",
    "to": "2026-12-31",
    "odds_multiplier": 1.5,
    "source": "loan losses of the region",
    "author": "risk committee",
    "reason": "export orders fell",
}
LINK = {
    "index": "orders index",
    "unit": "points",
    "beta": -0.05,
    "baseline": 50.0,
    "source": "regression on ten years",
}
DAY = date(2026, 6, 30)


def overlay(*entries: dict[str, Any], **fields: Any) -> Overlay:
    return Overlay.of({"entries": [{**ENTRY, **entry} for entry in entries], **fields})


@given(st.floats(1e-6, 1 - 1e-6), st.floats(0.25, 4.0))
def test_odds_are_multiplied(pd: float, multiplier: float) -> None:
    moved = overlay({"odds_multiplier": multiplier}).at(DAY).pd(pd)
    assert moved / (1 - moved) == pytest.approx(multiplier * pd / (1 - pd), rel=1e-6)
    assert 0 < moved < 1
    assert moved == pytest.approx(shifted(np.array([pd]), np.log(multiplier))[0])


def test_missing_is_not_one() -> None:
    for said in (overlay({}).at(date(2027, 1, 1)), Overlay.empty().at(DAY)):
        assert said.json() == {"overlay": "none"}
        assert said.pd(0.04) == 0.04
    stated = overlay({"odds_multiplier": 1.0}).at(DAY)
    assert stated.json()["overlay"]["odds_multiplier"] == 1.0


def test_a_gap_can_be_refused() -> None:
    strict = overlay({}, gaps="refuse")
    assert strict.at(date(2026, 12, 31)).pd(0.5) == pytest.approx(0.6)
    with pytest.raises(Invalid, match="none is in force on 2027-01-01"):
        strict.at(date(2027, 1, 1))


def test_the_right_entry_is_in_force() -> None:
    two = overlay({"from": "2027-01-01", "to": "2027-06-30", "odds_multiplier": 2.0}, {})
    for day, wanted in (("2026-01-01", 1.5), ("2026-12-31", 1.5), ("2027-01-01", 2.0)):
        assert two.at(date.fromisoformat(day)).json()["overlay"]["odds_multiplier"] == wanted


def test_a_macro_index_moves_the_log_odds() -> None:
    row = {key: value for key, value in ENTRY.items() if key != "odds_multiplier"}
    linked = Overlay.of({"link": LINK, "entries": [{**row, "index": 42.0}]})
    entry = linked.at(DAY).entry
    assert entry is not None
    assert np.log(entry.multiplier) == pytest.approx(-0.05 * (42 - 50))
    assert entry.index == 42.0
    with pytest.raises(Invalid, match=r"is outside 0\.25 to 4"):
        Overlay.of({"link": LINK, "entries": [{**row, "index": 10.0}]})


def test_it_comes_back_from_json_and_is_frozen_in_the_answer() -> None:
    kept = overlay({}, bounds=[0.5, 2.0], title="2026")
    again = Overlay.of(json.loads(canonical_json(kept.json())))
    assert again == kept
    assert set(kept.at(DAY).json()["overlay"]) == set(ENTRY)


@pytest.mark.parametrize(
    ("change", "field", "cure"),
    [
        ({"odds_multiplier": 5.0}, "overlay.entries[0].odds_multiplier", "within the bounds"),
        ({"odds_multiplier": 0.2}, "overlay.entries[0].odds_multiplier", "within the bounds"),
        ({"odds_multiplier": -1}, "overlay.entries[0].odds_multiplier", "above zero"),
        ({"odds_multiplier": float("nan")}, "overlay.entries[0].odds_multiplier", "finite"),
        ({"odds_multiplier": True}, "overlay.entries[0].odds_multiplier", "finite"),
        ({"odds_multiplier": "1.5"}, "overlay.entries[0].odds_multiplier", "finite"),
        ({"index": 3.0}, "overlay.entries[0].odds_multiplier", "missing is not 1"),
        ({"from": None}, "overlay.entries[0].from", "2026-01-01"),
        ({"to": "soon"}, "overlay.entries[0].to", "2026-01-01"),
        ({"to": "2025-01-01"}, "overlay.entries[0].to", "last day"),
        ({"author": " "}, "overlay.entries[0].author", "in words"),
        ({"source": None}, "overlay.entries[0].source", "in words"),
        ({"reason": 3}, "overlay.entries[0].reason", "in words"),
        ({"until": "2027"}, "overlay.entries[0].until", "use author"),
    ],
)
def test_a_wrong_entry_is_refused_by_field_and_cure(
    change: dict[str, Any], field: str, cure: str
) -> None:
    with pytest.raises(Invalid) as caught:
        overlay(change)
    assert any(fault.field == field and cure in fault.cure for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"bounds": [2.0, 3.0]}, "overlay.bounds"),
        ({"bounds": [0.5]}, "overlay.bounds"),
        ({"bounds": "wide"}, "overlay.bounds"),
        ({"gaps": "one"}, "overlay.gaps"),
        ({"entry": []}, "overlay.entry"),
        ({"entries": 3}, "overlay.entries"),
        ({"link": 3}, "overlay.link"),
        ({"link": {**LINK, "beta": "x"}}, "overlay.link.beta"),
    ],
)
def test_a_wrong_file_is_refused(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        Overlay.of(fields)
    assert field in [fault.field for fault in caught.value.faults]


def test_one_day_has_one_overlay() -> None:
    with pytest.raises(Invalid, match=r"entries\[0\]\.from: 2026-12-31 is in force already"):
        overlay({"from": "2026-12-31", "to": "2027-03-01"}, {})


def test_all_faults_come_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        overlay({"author": "", "odds_multiplier": None}, {"reason": "", "from": "x"}, gaps="no")
    assert len(caught.value.faults) == 5


def test_an_index_without_a_link_is_refused() -> None:
    row = {key: value for key, value in ENTRY.items() if key != "odds_multiplier"}
    with pytest.raises(Invalid, match=r"add \[link\]"):
        Overlay.of({"entries": [{**row, "index": 42.0}]})


def test_toml_dates_are_read_and_broken_text_is_refused() -> None:
    lines = [f'{key} = "{value}"' for key, value in ENTRY.items() if isinstance(value, str)]
    text = "[[entries]]\nodds_multiplier = 1.5\n" + "\n".join(lines)
    bare = text.replace('"2026-01-01"', "2026-01-01").replace('"2026-12-31"', "2026-12-31")
    assert read_overlay(text) == read_overlay(bare) == overlay({})
    with pytest.raises(Invalid, match="is no TOML"):
        read_overlay("[[entries]")
    with pytest.raises(Invalid, match="is no day"):
        read_overlay(bare.replace("2026-01-01", "2026-01-01T00:00:00"))


def test_the_fitted_factor_solves_its_equation() -> None:
    rng = np.random.default_rng(6)
    pd, weights = expit(rng.normal(-3, 1, 5000)), rng.uniform(0.5, 4, 5000)
    outcome = (rng.random(5000) < expit(logit(pd) + 0.7)).astype(float)
    (level,) = fit_overlay(pd, outcome, np.full(5000, 2020), weights)

    def gap(x: float) -> float:
        odds = np.exp(x) * pd / (1 - pd)
        return float(weights @ (odds / (1 + odds) - outcome))

    assert np.log(level.multiplier or 0) == pytest.approx(brentq(gap, -5, 5), abs=1e-8)
    assert level.expected == pytest.approx(weights @ pd)


def test_the_factor_is_the_intercept_of_a_logistic_with_offset() -> None:
    """With weights 1 the score equation of the intercept is the same: sum (d - p) = 0."""
    rng = np.random.default_rng(7)
    pd = np.full(4000, 0.05)
    outcome = (rng.random(4000) < 0.1).astype(float)
    (level,) = fit_overlay(pd, outcome, np.zeros(4000))
    judge = LogisticRegression(C=np.inf, tol=1e-10).fit(np.zeros((4000, 1)), outcome)
    wanted = judge.intercept_[0] - logit(np.array([0.05]))[0]
    assert np.log(level.multiplier or 0) == pytest.approx(wanted, abs=1e-4)


def test_the_true_factor_of_each_period_is_covered() -> None:
    """Forty years with known factors: the 95 % intervals hold about 95 % of them."""
    rng = np.random.default_rng(9)
    truth = np.exp(rng.normal(0, 0.6, 300))
    period = np.repeat(np.arange(1000, 1300), 800)
    pd = expit(rng.normal(-3, 1, len(period)))
    happened = rng.random(len(period)) < shifted(pd, np.log(truth[period - 1000]))
    levels = fit_overlay(pd, happened.astype(float), period)
    assert [int(level.period) for level in levels] == list(range(1000, 1300))
    held = [
        (level.low or 0) <= m <= (level.high or np.inf)
        for level, m in zip(levels, truth, strict=True)
    ]
    assert np.mean(held) == pytest.approx(0.95, abs=0.035)
    assert swing(levels) == pytest.approx(0.6, abs=0.12)


def test_no_default_says_nothing_of_the_factor() -> None:
    (level,) = fit_overlay(np.full(50, 0.1), np.zeros(50), np.zeros(50))
    assert level.multiplier is None
    assert level.low is None
    assert level.high is not None
    with pytest.raises(Invalid, match="give two periods"):
        swing((level,))
    with pytest.raises(Invalid, match="3 periods for 2 rows"):
        fit_overlay(np.full(2, 0.1), np.zeros(2), np.zeros(3))


def test_the_root_is_found_or_the_end_is_told() -> None:
    assert root(np.exp, 7.0) == pytest.approx(np.log(7.0), abs=1e-10)
    assert root(lambda x: x, 99.0) == pytest.approx(30.0)
