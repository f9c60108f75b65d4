"""A user's table: what is refused with row and cure, what is left out and why, what leaks."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from kernel.errors import Invalid
from models.features import Kind, Missing
from models.hazard.terms import Take
from models.training.survival.columns import sort_columns
from models.training.survival.design import learn_design
from models.training.survival.folds import folds_of
from models.training.survival.leaks import find_leaks
from models.training.survival.lives import Lives, read_lives

AGES = frozenset({"entry", "exit", "event"})


def lives_of(frame: pl.DataFrame) -> Lives:
    return read_lives(frame, "entry", "exit", "event")


def dates(rng: np.random.Generator, first: date, rows: int) -> list[date]:
    return [first + timedelta(int(days)) for days in rng.integers(0, 900, rows)]


def spoilt(frame: pl.DataFrame, column: str, row: int, value: object) -> pl.DataFrame:
    here = pl.int_range(pl.len()) == row - 1
    return frame.with_columns(pl.when(here).then(pl.lit(value)).otherwise(column).alias(column))


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("exit", 0.0, "exit: is not after its entry in row 7"),
        ("entry", -1.0, "entry: is negative in row 7"),
        ("event", 2, "event: is neither 0 nor 1 in row 7"),
        ("exit", None, "exit: is missing or no number in row 7"),
        ("entry", float("nan"), "entry: is missing or no number in row 7"),
        ("exit", float("inf"), "exit: is missing or no number in row 7"),
    ],
)
def test_a_bad_row_is_named(truth: Any, column: str, value: object, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        lives_of(spoilt(truth.frame(), column, 7, value))
    assert words in str(refused.value)
    assert refused.value.faults[0].cure


def test_the_number_of_bad_rows_is_told(truth: Any) -> None:
    frame = spoilt(spoilt(truth.frame(), "event", 3, 5), "event", 9, 5)
    with pytest.raises(Invalid, match=r"in row 3 \(and in 1 more rows\)"):
        lives_of(frame)


def test_few_events_are_refused(truth: Any) -> None:
    few = truth.frame().with_columns(event=(pl.int_range(pl.len()) < 29).cast(pl.Int8))
    with pytest.raises(Invalid, match="is 1 in 29 of"):
        lives_of(few)


def test_text_and_half_dates_are_refused(truth: Any) -> None:
    with pytest.raises(Invalid, match="not numbers"):
        lives_of(truth.frame().with_columns(entry=pl.col("entry").cast(pl.String)))
    with pytest.raises(Invalid, match="is a date and exit is not"):
        lives_of(truth.frame().with_columns(entry=pl.lit(date(2000, 1, 1))))


def test_two_dates_are_years_from_the_first(truth: Any) -> None:
    rows = truth.frame().height
    start = pl.Series("entry", [date(2001, 1, 1) + timedelta(place) for place in range(rows)])
    end = pl.Series("exit", [date(2001, 1, 1) + timedelta(place + 1461) for place in range(rows)])
    lives = lives_of(truth.frame().with_columns(start, end))
    np.testing.assert_allclose(lives.exit, 4.0)
    np.testing.assert_array_equal(lives.entry, 0.0)


def test_flags_serve_as_events(truth: Any) -> None:
    as_flag = truth.frame().with_columns(pl.col("event").cast(pl.Boolean))
    np.testing.assert_array_equal(lives_of(as_flag).event, truth.event)


def test_what_is_left_out_is_said(truth: Any) -> None:
    rows = truth.frame().height
    rng = np.random.default_rng(0)
    frame = truth.frame().with_columns(
        pl.Series("loan_id", rng.permutation(10 * rows)[:rows]),
        pl.Series("row", np.arange(rows)),
        pl.Series("name", [f"firm {place}" for place in range(rows)]),
        pl.lit(3).alias("same"),
        pl.lit(None, pl.Float64).alias("empty"),
        pl.Series("filed", dates(rng, date(2001, 1, 1), rows)),
        pl.Series("granted", dates(rng, date(2005, 1, 1), rows)),
        pl.Series("kept", rng.permutation(10 * rows)[:rows] * 1.5),
        pl.Series("kind", rng.choice(["a", "b", "c"], rows)),
    )  # fmt: skip
    columns = sort_columns(frame, lives_of(frame), taken=AGES)
    assert columns.numbers == ("x0", "x1", "x2", "kept")
    assert columns.texts == ("kind",)
    assert columns.order == "filed"
    notes = "; ".join(columns.notes)
    for name in ("loan_id", "row", "name", "same", "empty", "granted"):
        assert f"{name}: " in notes
    kept = sort_columns(frame, lives_of(frame), taken=AGES, keep=frozenset({"loan_id"}))
    assert "loan_id" in kept.numbers


def test_leaks_are_warned_of_by_name_and_left_out(truth: Any) -> None:
    rng = np.random.default_rng(1)
    rows, event = truth.frame().height, truth.event
    ended = dates(rng, date(2010, 1, 1), rows)
    closed = [day if happened else None for day, happened in zip(ended, event, strict=True)]
    frame = truth.frame().with_columns(
        pl.Series("duration", truth.exit - truth.entry),
        pl.Series("months", np.round((truth.exit - truth.entry) * 12.0) + rng.normal(size=rows)),
        pl.Series("status", np.where(event == 1, "dead", "alive")),
        pl.Series("code", event * 2 + rng.normal(size=rows) * 0.3),
        pl.Series("closed", closed),
        pl.Series("fine", truth.x[:, 0] + rng.normal(size=rows)),
    )  # fmt: skip
    found = {
        leak.column
        for leak in find_leaks(frame, frame.columns[:3] + frame.columns[6:], lives_of(frame))
    }
    assert found == {"duration", "months", "status", "code", "closed"}
    columns = sort_columns(frame, lives_of(frame), taken=AGES)
    warnings = [note for note in columns.notes if note.startswith("warning: ")]
    assert len(warnings) == 5
    assert columns.numbers == ("x0", "x1", "x2", "fine")
    assert columns.texts == ()
    asked = sort_columns(frame, lives_of(frame), taken=AGES, keep=frozenset({"duration"}))
    assert "duration" in asked.numbers


def test_a_design_learns_scales_gaps_and_levels(truth: Any) -> None:
    rows = truth.frame().height
    rng = np.random.default_rng(2)
    gaps = np.where(rng.random(rows) < 0.2, np.nan, rng.normal(5.0, 2.0, rows))
    frame = truth.frame().with_columns(
        pl.Series("claims", np.exp(rng.normal(2.0, 1.2, rows)).round()),
        pl.Series("gaps", gaps),
        pl.Series("flag", rng.random(rows) < 0.02),
        pl.Series("country", rng.choice(["US", "JP", "XX"], rows, p=[0.6, 0.395, 0.005])),
    )
    design = learn_design(frame, ("x0", "claims", "gaps", "flag"), ("country",))
    names = [term.name for term in design.terms]
    assert names == [
        "x0", "log1p(claims)", "gaps", "missing(gaps)", "flag", "country = JP", "country = US",
    ]  # fmt: skip
    known = {feature.name: feature for feature in design.features}
    assert known["claims"].low == 0.0
    assert known["gaps"].missing is Missing.LEARNED
    assert known["x0"].missing is Missing.REFUSE
    assert known["flag"].high == 1.0
    assert known["country"].kind is Kind.CATEGORY
    assert known["country"].levels == ("JP", "US")
    x = design.matrix(frame)
    assert np.isfinite(x).all()
    np.testing.assert_allclose(x[:, :4].mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(x[:, :3].std(axis=0), 1.0)
    assert design.scale[names.index("flag")] == 0.25
    levels = np.array([term.take is Take.LEVEL for term in design.terms])
    assert set(np.unique(x[:, levels])) == {0.0, 1.0}


def test_served_scores_are_those_of_the_standardised_terms(truth: Any) -> None:
    design = learn_design(truth.frame(), ("x0", "x1", "x2"), ())
    beta = np.array([[0.3, -0.2, 0.1]])
    matrix, offset = design.served(beta, np.array([0.7]))
    scores = design.matrix(truth.frame()) @ beta[0] + 0.7
    np.testing.assert_allclose(design.raw(truth.frame()) @ matrix[0] + offset[0], scores)


def test_forward_folds_never_look_ahead(truth: Any) -> None:
    rows = truth.frame().height
    rng = np.random.default_rng(3)
    days = rng.integers(0, 400, rows)
    frame = truth.frame().with_columns(
        pl.Series("filed", [date(2001, 1, 1) + timedelta(int(d)) for d in days])
    )
    folds = folds_of(frame, "filed", lives_of(frame))
    assert len(folds) == 3
    for fold in folds:
        assert days[fold.train].max() < days[fold.test].min()
    tested = np.sum([fold.test for fold in folds], axis=0)
    assert set(np.unique(tested)) == {0, 1}


def test_random_folds_test_every_row_once_with_events_dealt_evenly(truth: Any) -> None:
    folds = folds_of(truth.frame(), None, lives_of(truth.frame()))
    tested = np.sum([fold.test for fold in folds], axis=0)
    np.testing.assert_array_equal(tested, 1)
    rates = [truth.event[fold.test].mean() for fold in folds]
    assert np.ptp(rates) < 0.01
