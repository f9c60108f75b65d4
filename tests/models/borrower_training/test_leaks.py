"""A column that knows the outcome is named; an honest one never is."""

import numpy as np
import polars as pl
import pytest
from shared_files import shared_file

from models.training.default.ask import DefaultAsked
from models.training.default.fit import fit_default
from models.training.default.leaks import leaks

LATER = {"LEAK_term_months", "chg_off_date", "chg_off_prin_gr", "months_to_chargeoff"}


@pytest.mark.parametrize("time", ["approval_date", "approval_fy", None])
def test_the_leaking_columns_of_real_loans_are_named_and_no_other(time: str | None) -> None:
    frame = pl.read_parquet(shared_file("sba_dev_fy1971_2003.parquet"))
    found = leaks(frame, DefaultAsked("default", time, "sample_weight"))
    assert {leak.column for leak in found} == LATER
    term = next(leak for leak in found if leak.column == "LEAK_term_months")
    assert "AUC of 0.9" in term.problem
    assert "--drop LEAK_term_months" in term.cure


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("polish_1year_dev.parquet", DefaultAsked("class")),
        ("polish_5year_dev.parquet", DefaultAsked("class")),
        ("slovak_sme_dev_2013_2015.parquet", DefaultAsked("bankrupt", "year")),
    ],
)
def test_honest_columns_are_not_named(name: str, asked: DefaultAsked) -> None:
    assert leaks(pl.read_parquet(shared_file(name)), asked) == ()


def test_a_sampling_weight_taken_for_a_column_is_named() -> None:
    frame = pl.read_parquet(shared_file("sba_dev_fy1971_2003.parquet"))
    found = leaks(frame.select("sample_weight", "no_emp", "default"), DefaultAsked("default"))
    assert [leak.column for leak in found] == ["sample_weight"]


def _cut_short(rows: int, share: float) -> pl.DataFrame:
    """Terms of round months; `share` of the defaults are cut to a month on the way."""
    drawn = np.random.default_rng(4)
    bad = drawn.random(rows) < 0.2
    term = drawn.choice([36, 60, 84, 120, 180, 240], rows)
    cut = bad & (drawn.random(rows) < share)
    real = np.where(cut, (term * drawn.uniform(0.2, 0.9, rows)).astype(int), term)
    return pl.DataFrame({"term": real, "x": drawn.normal(size=rows), "bad": bad})


def test_a_term_cut_short_is_named_though_its_auc_is_below_the_bound() -> None:
    frame = _cut_short(4000, 0.6)
    (found,) = leaks(frame, DefaultAsked("bad"))
    assert found.column == "term"
    assert "commonest values" in found.problem
    assert leaks(_cut_short(4000, 0.0), DefaultAsked("bad")) == ()


def test_a_column_tied_to_the_date_of_default_is_named() -> None:
    """It ranks nothing, but among defaults it tells when they came."""
    drawn = np.random.default_rng(5)
    rows, bad = 3000, np.arange(3000) % 5 == 0
    start = np.datetime64("2005-01-01") + drawn.integers(0, 2000, rows)
    wait = drawn.integers(100, 2000, rows)
    gone = np.where(bad, start + wait, np.datetime64("NaT", "D"))
    tied = np.where(bad, wait / 30 + drawn.normal(0, 5, rows), drawn.uniform(0, 66, rows))
    frame = pl.DataFrame(
        {"start": start, "gone": gone, "life": tied, "x": drawn.normal(size=rows), "bad": bad}
    )
    found = {leak.column: leak.problem for leak in leaks(frame, DefaultAsked("bad", "start"))}
    assert set(found) == {"gone", "life"}
    assert "moves with the time to gone" in found["life"]


def test_the_fit_warns_and_goes_on(tape: pl.DataFrame) -> None:
    told = tape.with_columns(pl.col("bad").alias("told"))
    fit = fit_default(told.head(900), DefaultAsked("bad", "made", "weight"), None)
    assert any("told may know the outcome" in note for note in fit.notes)
