"""A table's columns on their way to a score: what is read, what is counted, what is refused."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.borrower.batch import scored_frame
from models.borrower.boosted import BorrowerFit, plain
from models.borrower.columns import level_of, read_columns, texts, years
from models.borrower.overlay import Overlay
from models.features import Feature, Kind, Missing
from models.shelf import fit_named, in_force


@cache
def shipped() -> BorrowerFit:
    champion = in_force().serving("borrower_score", "pledge_guarantee", date(2026, 6, 1)).champion
    return BorrowerFit.of(fit_named(champion))


@cache
def firms(count: int = 60) -> pl.DataFrame:
    """Draw each ratio between its 1 % and 99 % quantile of training, about one in ten missing."""
    drawn = np.random.default_rng(8)
    made = {}
    for name, (low, middle, high) in shipped().fit.parameters["spans"].items():
        column = drawn.triangular(low, middle, high, count)
        column[drawn.random(count) < 0.1] = np.nan
        made[name] = pl.Series(column, nan_to_null=True)
    return pl.DataFrame(made)


def refused(frame: pl.DataFrame) -> list[tuple[str, str, str]]:
    with pytest.raises(Invalid) as found:
        scored_frame(shipped(), frame)
    return [(fault.field, fault.problem, fault.cure) for fault in found.value.faults]


def test_a_table_scores_as_its_rows_one_by_one() -> None:
    alone = [shipped().pd(row) for row in firms().iter_rows(named=True)]
    assert scored_frame(shipped(), firms()).pd.to_list() == alone
    assert len(set(alone)) > 50


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(60)), st.integers(1, 60))
def test_order_neighbours_and_other_columns_do_not_matter(order: list[int], kept: int) -> None:
    straight = scored_frame(shipped(), firms()).pd.to_numpy()
    some = firms()[order[:kept]].select(reversed(firms().columns))
    told = some.with_columns(pl.lit("x").alias("bank"), pl.lit(None).alias("default"))
    assert scored_frame(shipped(), told).pd.to_list() == straight[order[:kept]].tolist()


def test_numbers_written_as_text_score_as_numbers() -> None:
    blank = pl.col(firms().columns).cast(pl.String).fill_null("")
    padded = firms().select(blank + "  ")
    wanted = scored_frame(shipped(), firms()).pd.to_list()
    assert scored_frame(shipped(), firms().select(blank)).pd.to_list() == wanted
    assert scored_frame(shipped(), padded).pd.to_list() == wanted


def test_nan_null_and_infinite_are_missing_alike() -> None:
    found = []
    for gap in (None, math.nan, math.inf, -math.inf):
        wrong = firms().with_columns(pl.lit(gap, pl.Float64).alias("quick_ratio"))
        found.append(scored_frame(shipped(), wrong).pd.to_list())
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize(
    ("column", "value", "problem", "cure"),
    [
        ("quick_ratio", "1,5", "'1,5' is not a number", "write a number, or leave it blank"),
        ("quick_ratio", -2.0, "-2 is out of range", "check its unit; the fit takes 0 to 500 per 1"),
        ("receivable_days", 4000.0, "4000 is out of range", "the fit takes 0 to 3650 days"),
        ("liabilities_to_assets", 45.0, "45 is out of range", "the fit takes 0 to 20 per 1"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(
    column: str, value: float | str, problem: str, cure: str
) -> None:
    cells: list[object] = firms()[column].to_list()
    cells[16] = value
    if isinstance(value, str):
        cells = [None if cell is None else str(cell) for cell in cells]
    ((field, said, do),) = refused(firms().with_columns(pl.Series(column, cells)))
    assert field == f"row 17, {column}"
    assert problem in said
    assert cure in do


def test_dates_where_numbers_belong_are_refused() -> None:
    found = refused(firms().with_columns(pl.lit(date(2020, 1, 1)).alias("quick_ratio")))
    assert found[0] == ("quick_ratio", "holds dates", "give numbers, as in training")


def test_a_whole_column_in_percent_is_refused_but_a_few_rows_are_not_judged() -> None:
    percent = firms().with_columns(pl.col("current_ratio").clip(1.6, 2.0) * 100)
    ((field, problem, cure),) = refused(percent)
    assert field == "current_ratio"
    assert "against 1.66075 in training" in problem
    assert cure == "check its unit: the fit takes per 1"
    few = percent.drop_nulls("current_ratio").head(19)
    assert len(scored_frame(shipped(), few).pd) == 19
    tenfold = firms().with_columns(pl.col("current_ratio").clip(1.6, 2.0) * 20)
    assert len(scored_frame(shipped(), tenfold).pd) == 60


def test_what_lies_beyond_training_is_counted_exactly() -> None:
    beyond = [450.0, 449.0, 460.0, None] + [2.0] * 56
    notes = scored_frame(shipped(), firms().with_columns(pl.Series("current_ratio", beyond))).notes
    assert [note for note in notes if note.startswith("current_ratio")] == [
        "current_ratio: 2 rows lie beyond what training saw (0 to 449.94)"
    ]


def small(*features: Feature, codes: dict[str, int] | None = None) -> SimpleNamespace:
    """The part of a fit that reading asks for."""
    return SimpleNamespace(features=features, parameters={"spans": {}, "codes": codes or {}})


def test_missing_is_refused_filled_or_learned_as_the_rule_says() -> None:
    rules = [Feature("a"), Feature("b", missing=Missing.FILL, fill=7.0)]
    learned = Feature("c", missing=Missing.LEARNED)
    frame = pl.DataFrame({name: [1.0, None, 3.0] for name in "abc"})
    read, _ = read_columns(small(rules[1], learned), frame)  # type: ignore[arg-type] # the wrong type is the test
    assert read["b"].tolist() == [1.0, 7.0, 3.0]
    np.testing.assert_array_equal(read["c"], [1.0, np.nan, 3.0])
    with pytest.raises(Invalid, match=r"row 2, a: is missing.*give it, or leave the row out"):
        read_columns(small(*rules), frame)  # type: ignore[arg-type] # the wrong type is the test


def test_levels_never_seen_are_counted_and_blanks_are_not() -> None:
    sector = Feature("sector", Kind.CATEGORY, levels=("031", "722"))
    frame = pl.DataFrame({"sector": [31.0, 722.0, 999.0, None, 0.0]})
    read, notes = read_columns(small(sector, codes={"sector": 3}), frame)  # type: ignore[arg-type] # the wrong type is the test
    assert read["sector"].tolist() == ["031", "722", "999", "", ""]
    (note,) = notes
    assert note.startswith("sector: 1 rows have a level that training never saw")


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 999_999))
def test_a_code_reads_alike_as_number_float_and_text(code: int) -> None:
    written = [code, float(code), str(code), f" {code} ", f"{code:06d}"]
    assert {level_of(one, 6) for one in written} == {f"{code:06d}"}
    columns = [pl.Series([code, None]), pl.Series([float(code), math.nan])]
    assert all(texts(one, 6).tolist() == [f"{code:06d}", ""] for one in columns)


@settings(max_examples=50, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_of_a_table_reads_as_the_day_of_one_borrower(day: date) -> None:
    read = years(pl.Series([day, None]))
    assert read[0] == pytest.approx(plain(day), abs=1e-9)
    assert int(read[0]) == day.year
    assert math.isnan(read[1])
    assert plain(datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)) == plain(day)


def test_an_overlay_asks_for_dates_that_the_fit_does_not_know() -> None:
    with pytest.raises(Invalid, match=r"overlay: needs a date.*score without it"):
        scored_frame(shipped(), firms(), Overlay.empty())


DATED = [date(2024, 1, 31), "2024-01-31", " 2024-01-31T08:00", 2024]
NO_DATES = ["31/01/2024", "", 0, 12345.0, None]


def _dated(day: object) -> pl.DataFrame:
    return firms().head(1).with_columns(pl.Series("made", [day]))


@pytest.mark.parametrize("day", NO_DATES)
def test_what_is_no_date_is_refused_with_its_column(day: object) -> None:
    with pytest.raises(Invalid, match=r"made: .* is no date.*(2026-01-31|give a date)"):
        scored_frame(with_time(), _dated(day), Overlay.empty())


@pytest.mark.parametrize("day", DATED)
def test_an_empty_overlay_leaves_every_kind_of_date_as_it_is(day: object) -> None:
    plainly = scored_frame(shipped(), firms().head(1)).pd.to_list()
    over = scored_frame(with_time(), _dated(day), Overlay.empty()).pd.to_list()
    assert over == pytest.approx(plainly, rel=1e-12)


@cache
def with_time() -> BorrowerFit:
    """The shipped fit as if it were trained with a column of time."""
    fit = shipped().fit
    return replace(shipped(), fit=replace(fit, parameters={**fit.parameters, "time": "made"}))
