"""Cards, tables and the training's small rules, each worked out by hand."""

import math
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.borrower.encoding import View
from models.borrower.odds import expit
from models.borrower.scorecard import Scorecard
from models.training.default.ask import DefaultAsked, Tape, read_asked, time_of
from models.training.default.columns import read_all
from models.training.default.forward import Split, random_folds, splits_of
from models.training.default.grid import Grid
from models.training.default.leaks import leaks
from models.training.default.level import Later, later_rows
from models.training.default.steps import Plan, plan_of
from models.training.default.trial import Foreseen

CARD = Scorecard.read(
    {
        "base": -3.0,
        "columns": [
            {"at": 0, "edges": [0.0, 1.0], "points": [0.9, 0.2, -0.4, 0.5]},
            {"at": 2, "edges": [], "points": [0.3, -0.7]},
        ],
    }
)


@settings(max_examples=60, deadline=None)
@given(st.none() | st.floats(-2, 3), st.none() | st.floats(-9, 9))
def test_a_card_adds_its_points_up(first: float | None, last: float | None) -> None:
    """The bin of a value is found by plain comparison; the missing one is the last."""
    value = math.nan if first is None else first
    one = 0.9 if value < 0 else 0.2 if value < 1 else -0.4 if value >= 1 else 0.5
    two = -0.7 if last is None else 0.3
    row = np.array([value, 5.0, math.nan if last is None else last])
    assert CARD.parts(row).tolist() == [one, 0.0, two]
    assert CARD.margin(row[None, :])[0] == pytest.approx(-3.0 + one + two)


def test_a_share_is_its_log_per_ten_thousand_and_rare_levels_have_none() -> None:
    levels = np.array(["a"] * 90 + ["b"] * 6 + ["c"] * 4, dtype=object)
    outcome = (np.arange(100) % 4 == 0).astype(float)
    grid = Grid.of(Plan((), ((View("bank"), "share"),)), {"bank": levels}, outcome, 1)
    (step,) = grid.frozen(np.ones(100))
    assert step.table == pytest.approx({"a": math.log(9001), "b": math.log(601)})
    train, test = np.arange(0, 90), np.arange(90, 100)
    ones, twos = grid.split(train, test, np.ones(100))
    assert set(ones.ravel().tolist()) == {np.float32(math.log(10001))}
    assert not twos.any()


def test_a_rate_counts_the_weights() -> None:
    """A level of 10 bad in 40, bad ones of weight 3: 30 / 60 of the weight, shrunk by 50 means."""
    levels = np.array(["a"] * 40 + ["b"] * 60, dtype=object)
    outcome = np.array([1.0] * 10 + [0.0] * 30 + [1.0] * 10 + [0.0] * 50)
    weights = np.where(outcome > 0, 3.0, 1.0)
    grid = Grid.of(Plan((), ((View("bank"), "rate"),)), {"bank": levels}, outcome, 1)
    (step,) = grid.frozen(weights)
    base, pull = 60 / 140, 50 * 1.4
    p = (30 + pull * base) / (60 + pull)
    assert step.table["a"] == pytest.approx(math.log(p / (1 - p)) - math.log(base / (1 - base)))


def _tape(outcome: np.ndarray, time: np.ndarray | None = None) -> Tape:
    return Tape(pl.DataFrame(), outcome, np.ones(len(outcome)), time, calendar=False, said={})


def test_later_rows_meet_the_rate_of_their_own_period_and_the_latest_count_most() -> None:
    outcome = np.tile([1.0, 0.0, 0.0, 0.0], 50)
    time = np.arange(200.0)
    parts = [(0, 50, 100), (50, 100, 200)]
    splits = [Split("", np.arange(a, b), np.arange(b, c)) for a, b, c in parts]
    foreseen = tuple(
        Foreseen(split, np.linspace(-4, 1, len(split.test)), np.zeros(len(split.train)))
        for split in splits
    )
    later = later_rows(_tape(outcome, time), foreseen, forward=True)
    for rows in (slice(0, 50), slice(50, 150)):
        rate = outcome[later.rows[rows]].mean()
        assert later.p[rows].mean() == pytest.approx(rate, abs=1e-9)
    assert later.weights[50:].sum() == pytest.approx(2 * later.weights[:50].sum())
    kept = later_rows(_tape(outcome), foreseen, forward=False)
    np.testing.assert_allclose(kept.p[:50], expit(np.linspace(-4, 1, 50)))
    assert sorted(set(kept.block)) == [0, 1, 2, 3, 4]
    assert isinstance(kept, Later)


def test_origins_cut_at_half_65_80_and_90_percent() -> None:
    found, forward = splits_of(_tape(np.tile([1.0, 0.0], 1000), np.arange(2000.0)), 1)
    assert forward
    assert [len(split.train) for split in found] == [1000, 1300, 1600, 1800]
    assert found[0].name == "to 999, then to 1999"
    folds = random_folds(np.tile([1.0, 0.0], 50), 3)
    assert all(not set(fold.train) & set(fold.test) for fold in folds)


@pytest.mark.parametrize(
    ("column", "asked", "words"),
    [
        (["yes", "no"] * 50, DefaultAsked("bad", weights="x"), "x: is of type String; give num"),
        ([0.0, 1.0] * 50, DefaultAsked("bad", weights="x"), "x: is missing.*50 rows, first row 1"),
        (["soon", "late"] * 50, DefaultAsked("bad", "x"), "--time: x is missing or no date in 100"),
        ([True, False] * 50, DefaultAsked("bad", "x"), "--time: x is of type Boolean; name dates"),
        ([date(2020, 1, 1)] * 100, DefaultAsked("x"), "x: is of type Date; write 1 for a default"),
    ],
)
def test_what_cannot_be_read_is_refused(
    column: list[object], asked: DefaultAsked, words: str
) -> None:
    frame = pl.DataFrame({"x": column, "bad": [1, 0] * 50})
    with pytest.raises(Invalid, match=words):
        read_asked(frame, asked)


@pytest.mark.parametrize(("bad", "enough"), [(29, False), (30, True), (170, True), (171, False)])
def test_thirty_of_the_rarer_outcome_are_needed(bad: int, *, enough: bool) -> None:
    frame = pl.DataFrame({"bad": ["1 "] * bad + ["0"] * (200 - bad)})
    if enough:
        assert read_asked(frame, DefaultAsked("bad")).defaults == bad
        return
    with pytest.raises(Invalid, match=r"29 rows of its rarer outcome; a fit needs 30.*pool more"):
        read_asked(frame, DefaultAsked("bad"))


def test_months_are_read_as_parts_of_a_year_unless_one_is_no_month() -> None:
    time, calendar = time_of(pl.Series("t", [200301, 200307]))
    assert (time.tolist(), calendar) == ([2003.0, 2003.5], True)
    time, calendar = time_of(pl.Series("t", [200301, 200313]))
    assert (time.tolist(), calendar) == ([200301.0, 200313.0], False)


def test_twins_are_compared_unless_a_sign_was_declared() -> None:
    drawn = np.random.default_rng(3)
    debt = drawn.lognormal(3, 1, 400)
    frame = pl.DataFrame(
        {"debt": debt, "twin": debt * drawn.uniform(0.9, 1.1, 400), "bad": [1, 0, 0, 0] * 100}
    )
    for signs, compared in (({}, True), ({"debt": 1}, False)):
        asked = DefaultAsked("bad", monotone=signs)
        plan = plan_of(read_all(read_asked(frame, asked)).read, None)
        pairs = {step.do for step in plan.fixed if set(step.of) == {"debt", "twin"}}
        assert pairs == ({"ratio", "difference"} if compared else set())


def test_gaps_that_tell_the_outcome_are_named_with_their_cure() -> None:
    bad = np.arange(600) % 4 == 0
    noise = np.random.default_rng(5).normal(size=600)
    frame = pl.DataFrame({"paid": np.where(bad, np.nan, noise), "x": noise, "bad": bad})
    (found,) = leaks(frame, DefaultAsked("bad"))
    assert (found.column, "its gaps alone" in found.problem) == ("paid", True)
    assert "--drop paid" in str(found)
