"""What a tape's columns are taken for, and what is refused of a later table."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from shared_files import shared_file

from kernel.errors import Invalid
from models.borrower.batch import scored_frame
from models.borrower.boosted import BorrowerFit
from models.borrower.columns import read_columns
from models.features import Kind, Missing
from models.training.default.ask import DefaultAsked, read_asked, time_of
from models.training.default.columns import read_all
from models.training.default.freeze import spans_of
from models.training.default.steps import plan_of


def test_each_column_is_taken_for_what_it_is(tape: pl.DataFrame, asked: DefaultAsked) -> None:
    found = read_all(read_asked(tape, asked))
    kinds = {name: one.feature.kind for name, one in found.read.items()}
    assert kinds["bank"] is kinds["sector"] is Kind.CATEGORY
    assert found.read["sector"].digits == 6
    assert kinds["staff"] is kinds["new"] is kinds["amount"] is Kind.NUMBER
    assert found.read["founded"].feature.unit == "calendar year"
    assert "loan is not read: it looks like an id (3000 different texts)" in found.notes
    assert "one is not read: it is the same in every row" in found.notes
    assert not {"bad", "weight", "loan", "one"} & set(found.read)


def test_gaps_have_a_rule_only_where_training_had_some(
    tape: pl.DataFrame, asked: DefaultAsked
) -> None:
    read = read_all(read_asked(tape, asked)).read
    assert read["turnover"].feature.missing is Missing.LEARNED
    assert read["amount"].feature.missing is Missing.REFUSE


def test_the_steps_follow_from_the_contents(tape: pl.DataFrame, asked: DefaultAsked) -> None:
    plan = plan_of(read_all(read_asked(tape, asked)).read, "made")
    made = {(step.do, step.of) for step in plan.fixed}
    assert ("ratio", ("amount", "guaranteed")) in made
    assert ("same", ("state", "bank_state")) in made
    assert ("difference", ("founded", "made")) in made
    assert not any("staff" in of for do, of in made if do in ("ratio", "difference"))
    views = {(view.column, view.digits, what) for view, what in plan.learned}
    assert {("sector", 2, "rate"), ("sector", 0, "rate"), ("bank", 0, "rate")} <= views


def test_without_time_dates_are_left_out_with_a_note(tape: pl.DataFrame) -> None:
    found = read_all(read_asked(tape, DefaultAsked("bad", weights="weight")))
    assert {"made", "founded"}.isdisjoint(found.read)
    assert any(note.startswith("made is not read: dates do not recur") for note in found.notes)


def test_a_clock_is_no_predictor(tape: pl.DataFrame, asked: DefaultAsked) -> None:
    """A number that rises with the loan's date would stand for the calendar."""
    number = tape["made"].dt.epoch("d") - 14000
    found = read_all(read_asked(tape.with_columns(number.alias("batch")), asked))
    assert "batch" not in found.read
    assert "batch is not read: it only tells when the loan was made" in found.notes


def test_years_without_time_are_no_predictor() -> None:
    frame = pl.DataFrame(
        {"year": [2001, 2002, 2003] * 100, "x": range(300), "bad": [0, 0, 1] * 100}
    )
    found = read_all(read_asked(frame, DefaultAsked("bad")))
    assert any("years of the calendar" in note for note in found.notes)


@pytest.mark.parametrize(
    ("series", "first", "calendar"),
    [
        (pl.Series("t", [date(2003, 1, 1), date(2004, 7, 2)]), 2003.0, True),
        (pl.Series("t", [200301, 200412]), 2003.0, True),
        (pl.Series("t", ["2003-01-01", "2004-12-31"]), 2003.0, True),
        (pl.Series("t", [1998, 2003]), 1998.0, True),
        (pl.Series("t", [1, 40]), 1.0, False),
    ],
)
def test_time_is_read_in_many_ways(series: pl.Series, first: float, calendar: object) -> None:
    time, is_calendar = time_of(series)
    assert time[0] == first
    assert is_calendar is calendar


@pytest.mark.parametrize(
    ("change", "asked", "words"),
    [
        ({}, DefaultAsked("badd"), "no column 'badd'.*did you mean bad"),
        ({}, DefaultAsked("bad", "mad"), "--time: there is no column 'mad'"),
        ({}, DefaultAsked("bad", drop=("x",)), "--drop: there is no column 'x'"),
        ({}, DefaultAsked("staff"), "staff: is neither 0 nor 1"),
        ({}, DefaultAsked("bad", weights="turnover"), "turnover: is missing or not above nought"),
        ({}, DefaultAsked("bad", "turnover"), "--time: turnover is missing or no date in"),
        ({}, DefaultAsked("bad", monotone={"staff": 2}), "monotone.staff: 2"),
        ({"bad": None}, DefaultAsked("bad"), "bad: is neither 0 nor 1 in 3000 rows, first row 1"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    tape: pl.DataFrame, change: dict[str, None], asked: DefaultAsked, words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        read_asked(tape.with_columns(**{k: pl.lit(v) for k, v in change.items()}), asked)


def test_the_user_may_say_more_of_a_column(tape: pl.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "columns.toml"
    path.write_text('[columns.staff]\nunit = "persons"\nhigh = 500\nen = "Staff"\nmonotone = -1\n')
    said = DefaultAsked("bad", features_file=path)
    staff = read_all(read_asked(tape, said)).read["staff"].feature
    assert (staff.unit, staff.high, staff.en, staff.monotone) == ("persons", 500, "Staff", -1)
    path.write_text("[columns.staff]\nunits = 1\n")
    with pytest.raises(Invalid, match=r"columns\.staff\.units: is unknown"):
        read_asked(tape, said)


def _at(frame: pl.DataFrame, row: int, name: str, value: object) -> pl.DataFrame:
    column = frame[name].cast(pl.String) if isinstance(value, str) else frame[name]
    held = column.to_list()
    held[row - 1] = value
    return frame.with_columns(pl.Series(name, held))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("amount", "much", "row 8, amount: 'much' is not a number"),
        ("amount", -5.0, "row 8, amount: -5 is out of range; check its unit; the fit takes 0 to"),
        ("amount", None, "row 8, amount: is missing, and the fit has no rule for that"),
        ("amount", 9e9, r"row 8, amount: 9e\+09 is out of range"),
        ("new", 3.0, "row 8, new: 3 is out of range; check its unit; the fit takes 0 to 1"),
    ],
)
def test_what_cannot_be_is_refused_by_row_and_column(
    ready: BorrowerFit, tape: pl.DataFrame, name: str, value: object, words: str
) -> None:
    wrong = tape.head(30).with_columns(pl.col("new").cast(pl.Float64))
    with pytest.raises(Invalid, match=words):
        scored_frame(ready, _at(wrong, 8, name, value))


def test_every_fault_is_named_but_not_without_end(ready: BorrowerFit, tape: pl.DataFrame) -> None:
    both = tape.with_columns(pl.lit(-1.0).alias("amount"), pl.lit(-1).alias("staff"))
    with pytest.raises(Invalid) as refused:
        scored_frame(ready, both)
    fields = [fault.field for fault in refused.value.faults]
    assert sum(field.endswith("amount") for field in fields) == 6  # five rows, and the unit
    assert any("and 2995 more rows" in fault.problem for fault in refused.value.faults)
    assert any(field.endswith("staff") for field in fields)


@pytest.mark.parametrize("factor", [100, 0.01])
def test_a_column_in_another_unit_is_refused(
    ready: BorrowerFit, tape: pl.DataFrame, factor: float
) -> None:
    with pytest.raises(Invalid, match=r"amount: its median is .* in training; check its unit"):
        scored_frame(ready, tape.with_columns(pl.col("amount", "guaranteed") * factor))


def test_a_column_that_is_not_there_is_refused(ready: BorrowerFit, tape: pl.DataFrame) -> None:
    with pytest.raises(Invalid, match="staff: is no column of the table; add it"):
        scored_frame(ready, tape.drop("staff"))


def test_the_new_is_taken_and_counted(ready: BorrowerFit, tape: pl.DataFrame) -> None:
    later = tape.head(100).with_columns(
        pl.lit("bank of tomorrow").alias("bank"), pl.lit(400).alias("staff")
    )
    found = scored_frame(ready, later)
    assert found.pd.is_between(0, 1, closed="none").all()
    assert any(note.startswith("bank: 100 rows have a level") for note in found.notes)
    assert any(note.startswith("staff: 100 rows lie beyond") for note in found.notes)


def test_one_borrower_is_held_to_the_same_rules(ready: BorrowerFit, tape: pl.DataFrame) -> None:
    names = [feature.name for feature in ready.fit.features]
    row = tape.select(names).row(0, named=True)
    with pytest.raises(Invalid, match=r"features\.amount: -1 is out of range"):
        ready.pd(row | {"amount": -1.0})
    with pytest.raises(Invalid, match=r"features\.amount: is missing"):
        ready.pd({k: v for k, v in row.items() if k != "amount"})
    assert ready.pd(row | {"sector": str(row["sector"])}) == ready.pd(row)


@pytest.mark.parametrize(
    ("train", "later", "target"),
    [
        ("polish_1year_dev.parquet", "polish_5year_dev.parquet", "class"),
        ("polish_5year_dev.parquet", "polish_1year_dev.parquet", "class"),
    ],
)
def test_honest_later_rows_are_never_refused(train: str, later: str, target: str) -> None:
    _never_refused(pl.read_parquet(shared_file(train)), pl.read_parquet(shared_file(later)), target)


@pytest.mark.parametrize(("early", "late"), [(2013, 2015), (2015, 2013)])
def test_other_years_are_never_refused(early: int, late: int) -> None:
    frame = pl.read_parquet(shared_file("slovak_sme_dev_2013_2015.parquet"))
    at = pl.col("year")
    _never_refused(frame.filter(at == early), frame.filter(at == late), "bankrupt")


@pytest.mark.parametrize("end", [1992, 1996, 2000, 2002])
def test_later_loans_are_never_refused(end: int) -> None:
    frame = pl.read_parquet(shared_file("sba_dev_fy1971_2003.parquet"))
    year = pl.col("approval_fy")
    _never_refused(frame.filter(year <= end), frame.filter(year > end), "default")


def _never_refused(train: pl.DataFrame, later: pl.DataFrame, target: str) -> None:
    columns = read_all(read_asked(train, DefaultAsked(target)))
    codes = {name: one.digits for name, one in columns.read.items() if one.digits}
    fit = SimpleNamespace(
        features=columns.features, parameters={"spans": spans_of(columns), "codes": codes}
    )
    read, _ = read_columns(fit, later)
    assert {len(column) for column in read.values()} == {later.height}
    assert all(column.dtype == object or not np.isinf(column).any() for column in read.values())
