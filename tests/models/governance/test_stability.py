"""Scores that hang on the order of rows or on the calendar are caught, others are not."""

import numpy as np
import pytest

from kernel.errors import Invalid
from models.governance.stability import Columns, dates_shifted, shuffled

RNG = np.random.default_rng(9)
ROWS = 300
GRANTED = np.datetime64("1996-02-29") + RNG.integers(0, 4000, ROWS)
COLUMNS = {
    "granted": GRANTED,
    "seen": GRANTED + RNG.integers(0, 3000, ROWS),
    "year": GRANTED.astype("datetime64[Y]").astype(int) + 1970.0,
    "x": RNG.normal(size=ROWS),
}


def steady(columns: Columns) -> np.ndarray:
    """Trains (a mean) and scores by age in days: neither order nor year matters."""
    days = (columns["seen"] - columns["granted"]).astype(int)
    return np.sort(columns["x"]).mean() + days / 365.25


def by_place(columns: Columns) -> np.ndarray:
    """Trains on its first rows: the order matters."""
    return columns["x"] - columns["x"][:100].mean()


def by_year(columns: Columns) -> np.ndarray:
    """Reads the calendar."""
    return columns["x"] + 0.01 * (columns["year"] - 1990)


def test_a_steady_score_holds() -> None:
    assert shuffled(steady, COLUMNS).holds
    found = dates_shifted(steady, COLUMNS, ["granted", "seen", "year"])
    assert found.holds
    assert (found.change, found.greatest, found.rows) == ("dates +28 years", 0.0, ROWS)


def test_training_on_the_first_rows_is_caught() -> None:
    found = shuffled(by_place, COLUMNS)
    assert not found.holds
    assert found.rows_moved == ROWS
    assert found.greatest == pytest.approx(
        abs(np.diff([by_place(COLUMNS)[0], by_shuffle(0)])[0]), rel=1e-9
    )


def by_shuffle(row: int) -> float:
    order = np.random.default_rng(0).permutation(ROWS)
    scores = by_place({"x": COLUMNS["x"][order]})
    return float(scores[np.flatnonzero(order == row)[0]])


def test_a_score_that_reads_the_calendar_is_caught() -> None:
    found = dates_shifted(by_year, COLUMNS, ["year"])
    assert not found.holds
    assert found.greatest == pytest.approx(0.28)
    assert shuffled(by_year, COLUMNS).holds


def test_a_shift_keeps_day_and_month() -> None:
    seen = []
    dates_shifted(
        lambda columns: seen.append(columns["granted"]) or np.zeros(2),
        {"granted": np.array(["2000-02-29", "2001-12-31"], dtype="datetime64[D]")},
        ["granted"],
        years=1,
    )
    assert seen[1].astype(str).tolist() == ["2001-03-01", "2002-12-31"]


def test_a_score_that_becomes_missing_has_moved() -> None:
    def fragile(columns: Columns) -> np.ndarray:
        late = columns["year"] > 2010
        return np.where(late, np.nan, 1.0)

    found = dates_shifted(fragile, COLUMNS, ["year"])
    assert not found.holds
    assert found.greatest == np.inf
    always = dates_shifted(lambda columns: np.full(ROWS, np.nan), COLUMNS, ["year"])
    assert always.holds


def test_what_cannot_be_tested_is_refused() -> None:
    with pytest.raises(Invalid, match="dates"):
        dates_shifted(steady, COLUMNS, ["born"])
    with pytest.raises(Invalid, match="dates"):
        dates_shifted(steady, COLUMNS, [])
    with pytest.raises(Invalid, match="lengths"):
        shuffled(steady, {"a": np.zeros(2), "b": np.zeros(3)})
    with pytest.raises(Invalid, match="one score a row"):
        dates_shifted(lambda columns: columns["x"][columns["year"] > 2010], COLUMNS, ["year"])
