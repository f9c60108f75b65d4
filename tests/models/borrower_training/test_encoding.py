"""The matrix, by hand and by another road."""

import math

import numpy as np
import polars as pl
import pytest

from models.borrower.batch import coded
from models.borrower.columns import level_of
from models.borrower.encoding import Encoder, Step, View
from models.training.default.ask import DefaultAsked
from models.training.default.grid import Grid
from models.training.default.steps import Plan

STEPS = (
    Step("number", ("a",)),
    Step("ratio", ("a", "b")),
    Step("difference", ("a", "b")),
    Step("same", ("one", "two")),
    Step("table", ("one",), table={"x": 1.0, "": -1.0}, other=0.25, what="flag"),
    Step("table", ("code",), 2, {"72": 0.5}, 0.0, "rate"),
)
COLUMNS = {
    "a": np.array([6.0, 1.0, np.nan, 4.0]),
    "b": np.array([3.0, 0.0, 2.0, 8.0]),
    "one": np.array(["x", "", "y", "x"], dtype=object),
    "two": np.array(["x", "x", "z", ""], dtype=object),
    "code": np.array(["722410", "721", "45", ""], dtype=object),
}
NAN = math.nan
WANTED = [
    [6, 2, 3, 1, 1, 0.5],
    [1, NAN, 1, NAN, -1, 0.5],
    [NAN, NAN, NAN, 0, 0.25, 0],
    [4, 0.5, -4, NAN, 1, 0],
]


def test_each_step_by_hand() -> None:
    encoder = Encoder.of(STEPS)
    np.testing.assert_array_equal(encoder.matrix(coded(encoder, COLUMNS)), np.float32(WANTED))


def test_a_row_alone_is_the_row_of_the_table() -> None:
    encoder = Encoder.of(Step.read(step.json()) for step in STEPS)
    for place, wanted in enumerate(WANTED):
        row = {name: column[place] for name, column in COLUMNS.items()}
        np.testing.assert_array_equal(encoder.matrix(encoder.coded(row))[0], np.float32(wanted))


def test_parts_come_back_to_the_users_columns() -> None:
    parts = Encoder.of(STEPS).by_column(np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0]))
    assert parts == {"a": 4.0, "b": 3.0, "one": 20.0, "two": 4.0, "code": 32.0}


def _grid(outcome: np.ndarray, level: np.ndarray) -> Grid:
    plan = Plan((), ((View("bank"), "rate"),))
    return Grid.of(plan, {"bank": level}, outcome, DefaultAsked("y").seed)


def test_a_rows_own_outcome_never_counts_in_its_rate() -> None:
    """Turning one outcome leaves that row's own training value as it was."""
    drawn = np.random.default_rng(2)
    level = drawn.choice(np.array(["p", "q", "r"], dtype=object), 400)
    outcome = (drawn.random(400) < 0.3).astype(float)
    rows, ones = np.arange(400), np.ones(400)
    before, _ = _grid(outcome, level).split(rows, rows[:0], ones)
    for row in (0, 17, 399):
        turned = outcome.copy()
        turned[row] = 1 - turned[row]
        after, _ = _grid(turned, level).split(rows, rows[:0], ones)
        assert after[row] == before[row]
        assert (after != before).any()


def test_a_rate_is_the_shrunk_log_odds() -> None:
    """20 of 100 of one level, 10 of 300 of all others: (20 + 50 x 0.075) / 150 against 0.075."""
    level = np.array(["a"] * 100 + ["b"] * 300 + ["rare"] * 0, dtype=object)
    outcome = np.array([1.0] * 20 + [0.0] * 80 + [1.0] * 10 + [0.0] * 290)
    (step,) = _grid(outcome, level).frozen(np.ones(400))
    p, base = (20 + 50 * 0.075) / 150, 0.075
    assert step.table["a"] == pytest.approx(math.log(p / (1 - p)) - math.log(base / (1 - base)))
    assert step.other == 0.0


def test_a_rare_level_is_other() -> None:
    level = np.array(["a"] * 396 + ["rare"] * 4, dtype=object)
    (step,) = _grid((np.arange(400) % 5 == 0).astype(float), level).frozen(np.ones(400))
    assert set(step.table) == {"a"}


def test_codes_are_read_alike_from_text_and_number() -> None:
    series = pl.Series([21, 0, 905, None])
    assert [level_of(value, 3) for value in series] == ["021", "", "905", ""]
    assert level_of("021", 3) == level_of(21.0, 3) == "021"
