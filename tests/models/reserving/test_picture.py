"""The interval of the picture is that of the lognormal law; rows may come from a table."""

import numpy as np
import polars as pl
import pytest
from scipy.stats import lognorm

from models.training.plots_governance import taylor_ashe
from models.training.reserving import Method, reserve, triangle
from models.training.reserving.plot import _interval, reserve_plot


@pytest.mark.parametrize(("mean", "error"), [(100.0, 10.0), (5e6, 1.4e6), (1.0, 3.0)])
def test_the_interval_has_eighty_percent(mean: float, error: float) -> None:
    low, high = _interval(mean, error)
    sigma = np.sqrt(np.log1p((error / mean) ** 2))
    law = lognorm(sigma, scale=mean / np.exp(sigma**2 / 2))
    assert (law.mean(), law.std()) == pytest.approx((mean, error))
    assert (law.cdf(low), law.cdf(high)) == pytest.approx((0.1, 0.9))


def test_without_an_error_there_is_no_interval() -> None:
    assert _interval(5.0, None) == (5.0, 5.0)
    assert _interval(5.0, 0.0) == (5.0, 5.0)
    assert _interval(0.0, 1.0) == (0.0, 0.0)


def test_rows_of_a_table_are_taken_as_they_come() -> None:
    table = pl.DataFrame(taylor_ashe())
    run_off = triangle(table.iter_rows(named=True), cumulative=True)
    assert reserve(run_off).ibnr == pytest.approx(18_680_856, abs=0.5)


def test_cohorts_may_be_quarters_counted_through() -> None:
    later = [{**row, "cohort": row["cohort"] + 8099} for row in taylor_ashe()]
    found = reserve(triangle(later, cumulative=True))
    assert found.cohorts[0].cohort == 8100
    assert found.mack_se == pytest.approx(2_447_095, abs=0.5)


def test_a_reserve_without_an_error_is_drawn_too() -> None:
    run_off = triangle(taylor_ashe(), cumulative=True)
    premium = dict.fromkeys(run_off.cohorts, 6e6)
    picture = reserve_plot(reserve(run_off, Method.CAPE_COD, premium=premium))
    assert picture != reserve_plot(reserve(run_off))
    assert picture.startswith(b"\x89PNG")
