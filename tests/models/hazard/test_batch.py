"""Batches: the same figures as row by row, in order, and refusals that name column and row."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from kernel.errors import Invalid
from models.features import Missing
from models.fit_file import FitFile
from models.hazard.batch import expression, score_frame
from models.hazard.fit import HazardFit

FolderOf = Callable[[FitFile], Path]
AT = (2.5, 8.0, 12.0)
COLUMNS = ["claims", "pages", "agency", "country"]


def one_by_one(fit: HazardFit, rows: pl.DataFrame) -> np.ndarray:
    read = [fit.read(row) for row in rows.select(COLUMNS).iter_rows(named=True)]
    return np.array(read)


def test_equals_row_by_row(known: FitFile, folder_of: FolderOf, rows: pl.DataFrame) -> None:
    fit = HazardFit.of(known)
    x = one_by_one(fit, rows)
    found = score_frame(folder_of(known), rows, AT)
    assert found.columns == ["risk", "survival_2.5", "survival_8", "survival_12"]
    expected = fit.survival(x, np.array(AT))
    np.testing.assert_allclose(found.drop("risk").to_numpy(), expected, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(found["risk"].to_numpy(), fit.risk(x), rtol=1e-12)
    for age in AT:  # the bare expression guards for itself what the pass would have found
        alone = rows.select(expression(fit, age)).to_series()
        np.testing.assert_allclose(alone.to_numpy(), found[f"survival_{age:g}"].to_numpy())


def test_from_an_age_on(known: FitFile, folder_of: FolderOf, rows: pl.DataFrame) -> None:
    fit = HazardFit.of(known)
    x, age = one_by_one(fit, rows), rows["age"].to_numpy()[:, None]
    found = score_frame(folder_of(known), rows, AT, "age").drop("risk").to_numpy()
    np.testing.assert_allclose(found, fit.survival_from(x, np.array(AT), age), rtol=1e-12)
    assert (found[rows["age"].to_numpy() >= 12.0] == 1.0).all()


def test_rows_stay_in_order_over_many_morsels(folder_of: FolderOf, known: FitFile) -> None:
    many = pl.DataFrame({
        "claims": np.arange(300_000) % 199 + 1, "pages": np.full(300_000, 10.0),
        "agency": np.zeros(300_000), "country": ["JP"] * 300_000,
    })  # fmt: skip
    found = score_frame(folder_of(known), many, (8.0,))["survival_8"].to_numpy()
    assert len(found) == 300_000
    assert len(set(found[:199])) == 199
    np.testing.assert_array_equal(np.ptp(found[:298_500].reshape(1500, 199), axis=0), 0.0)


def test_no_rows_give_no_rows(known: FitFile, folder_of: FolderOf, rows: pl.DataFrame) -> None:
    assert score_frame(folder_of(known), rows.clear(), (8.0,)).shape == (0, 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (pl.lit(-5).alias("claims"), "claims: -5 in row 1 is out of range"),
        (pl.lit("7").alias("claims"), "claims: is String"),
        (pl.lit(None, pl.Float64).alias("agency"), "agency: is missing in 400 rows"),
        (pl.when(pl.int_range(pl.len()) == 33).then(float("inf")).otherwise(3.0).alias("pages"),
         "pages: inf in row 34"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(
    change: pl.Expr, words: str, known: FitFile, folder_of: FolderOf, rows: pl.DataFrame
) -> None:
    with pytest.raises(Invalid) as refused:
        score_frame(folder_of(known), rows.with_columns(change), (8.0,))
    assert words in str(refused.value)


def test_all_missing_columns_are_named_at_once(
    known: FitFile, folder_of: FolderOf, rows: pl.DataFrame
) -> None:
    with pytest.raises(Invalid) as refused:
        score_frame(folder_of(known), rows.select("pages", "age"), (8.0,))
    assert {fault.field for fault in refused.value.faults} == {"claims", "agency", "country"}


def test_a_column_with_a_fill_may_be_absent(
    folder_of: FolderOf, rows: pl.DataFrame, known: FitFile
) -> None:
    filled = replace(known.features[0], missing=Missing.FILL, fill=12.0)
    fit = FitFile.named(
        "filled", known.form, made_on="", tape={}, features=(filled, *known.features[1:]),
        parameters=known.parameters, metrics={},
    )  # fmt: skip
    without = score_frame(folder_of(fit), rows.drop("claims"), AT)
    given = score_frame(folder_of(fit), rows.with_columns(claims=pl.lit(12.0)), AT)
    assert without.equals(given)


@pytest.mark.parametrize("at", [(), (0.0,), (-1.0,), (float("nan"),)])
def test_ages_that_no_curve_answers_are_refused(
    at: tuple[float, ...], known: FitFile, folder_of: FolderOf, rows: pl.DataFrame
) -> None:
    with pytest.raises(Invalid, match="at"):
        score_frame(folder_of(known), rows, at)


def test_a_table_says_nothing_beyond_its_last_age(
    known: FitFile, folder_of: FolderOf, rows: pl.DataFrame
) -> None:
    if known.form == "hazard.cox":
        with pytest.raises(Invalid, match="beyond 20"):
            score_frame(folder_of(known), rows, (21.0,))
    else:
        assert score_frame(folder_of(known), rows, (21.0,)).height == 400
