"""The seasoning shape against scipy, simulation, and the file it was counted from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisk, lognorm
from shared_files import shared_file

from kernel.errors import Invalid
from models.borrower.shapes import load_terms, loglogistic, lognormal, term_named
from models.borrower.term import FLAT, Term
from models.training.default_timing import (
    LAWS,
    Timing,
    fit_shape,
    seasoning_csv,
    timing_of,
)

FILE = "sba_dev_fy1971_2003.parquet"


def shape(counted: list[float], lag: float = 0.0) -> Term:
    return Term.of_events("test", counted, lag_months=lag, source="test", grade="C")


@given(
    st.sampled_from(list(load_terms().values())),
    st.floats(1e-5, 0.95),
    st.integers(1, 200),
    st.floats(0, 300),
)
def test_monthly_chances_multiply_back(term: Term, pd: float, horizon: int, on_book: float) -> None:
    months = term.monthly(pd, horizon, on_book=on_book)
    assert len(months) == horizon
    assert months.sum() == pytest.approx(pd, rel=1e-9)
    left = 1 - np.r_[0.0, np.cumsum(months)[:-1]]
    assert 1 - np.prod(1 - months / left) == pytest.approx(pd, rel=1e-9)
    assert np.all(months >= 0)


def test_the_flat_shape_has_one_hazard() -> None:
    months = FLAT.monthly(0.3, 24)
    hazards = months / (1 - np.r_[0.0, np.cumsum(months)[:-1]])
    assert hazards == pytest.approx(np.full(24, 1 - 0.7 ** (1 / 24)), rel=1e-9)


def test_the_laws_are_scipys() -> None:
    months = np.arange(121.0)
    assert lognormal(4.0, 0.7, 120) == pytest.approx(lognorm.cdf(months, 0.7, 0, np.exp(4.0)))
    assert loglogistic(60.0, 2.5, 120) == pytest.approx(fisk.cdf(months, 2.5, 0, 60.0))


def test_the_lag_moves_the_shape_back() -> None:
    counted = lognormal(4.0, 0.7, 132)
    term = shape(counted, 12.0)
    assert term.window == 120
    wanted = (counted[48] - counted[12]) / (counted[132] - counted[12])
    assert term.share[36] == pytest.approx(wanted, rel=1e-12)
    assert term.tail == pytest.approx((1 - term.share[108]) / 12)
    assert term.reached(np.array([126.0]))[0] == pytest.approx(1 + 6 * term.tail)


def test_a_simulated_cohort_has_the_monthly_chances() -> None:
    """Draw default times of 400,000 loans with hazard k G and count them by month."""
    term, rng = term_named("sba-7a"), np.random.default_rng(1)
    hazards = term.cumulative(0.15, 60.0)[:60]
    drawn = np.searchsorted(hazards, rng.exponential(size=400_000))
    counted = np.bincount(drawn, minlength=61)[:60] / 400_000
    wanted = term.monthly(0.15, 60.0)
    error = np.sqrt(wanted / 400_000)
    assert np.all(np.abs(counted - wanted) < 4.5 * error + 1e-9)


def test_an_odd_lag_or_name_is_refused() -> None:
    with pytest.raises(Invalid, match="leaves nothing"):
        shape(lognormal(4.0, 0.7, 24), 20.0)
    with pytest.raises(Invalid, match="use one of flat, sba-7a"):
        term_named("sba")
    silent = Term("late", (0.0, 0.0, 1.0), 1.0, 0.0, "test", "C")
    with pytest.raises(Invalid, match="no default within it"):
        silent.monthly(0.1, 1.0)


def test_the_lag_can_be_overridden() -> None:
    shipped, none = term_named("sba-7a"), term_named("sba-7a", lag_months=0)
    assert (shipped.lag_months, none.lag_months) == (12, 0)
    assert none.window == shipped.window + 12
    assert none.share[24] < shipped.share[24]
    assert term_named("flat", lag_months=6) is FLAT


@pytest.mark.parametrize("law", sorted(LAWS))
def test_a_known_law_is_found_again(law: str) -> None:
    """Draw 40,000 months of a known law, cut them at the window, and fit."""
    rng, family = np.random.default_rng(2), LAWS[law]
    form = 0.6 if law == "lognormal" else 2.4
    months = family.rvs(form, 0.0, 65.0, size=40_000, random_state=rng)
    kept = months[months <= 132.0]
    timing = Timing(kept, np.ones(len(kept)), 1e6, 10**6, {})
    found = fit_shape(timing, law)
    assert (found.form, found.scale) == pytest.approx((form, 65.0), rel=0.03)
    assert found.gap < 0.01


def test_weights_count_loans() -> None:
    months = np.array([1.0, 1.5, 3.0])
    timing = Timing(months, np.array([1.0, 2.0, 1.0]), 40.0, 9, {})
    assert timing.incidence == 0.1
    assert timing.share(4).tolist() == [0.0, 0.25, 0.75, 1.0, 1.0]


def test_the_shipped_shape_is_the_files() -> None:
    timing = timing_of(shared_file(FILE))
    rows = [line.split(",") for line in seasoning_csv(timing).splitlines() if line[0].isdigit()]
    counted = [float(share) for _, share in rows]
    term = Term.of_events("again", counted, lag_months=12.0, source="", grade="B")
    assert term.share == pytest.approx(term_named("sba-7a").share, abs=1e-9)
    assert sum(timing.dropped.values()) < 2000
    assert 0.05 < timing.incidence < 0.10


def test_the_shipped_law_is_the_best_of_three_on_the_file() -> None:
    timing = timing_of(shared_file(FILE))
    fits = {law: fit_shape(timing, law) for law in LAWS}
    best = max(fits.values(), key=lambda fit: fit.log_likelihood)
    assert best.law == "loglogistic"
    assert best.gap < 0.015
    smooth = np.array(loglogistic(best.scale, best.form, 132))
    term = Term.of_events("again", smooth.tolist(), lag_months=12.0, source="", grade="B")
    assert term.share == pytest.approx(term_named("sba-7a-smooth").share, abs=2e-4)


def test_no_row_of_the_file_is_counted_that_it_does_not_follow() -> None:
    """Plain python over the rows, against the frame's own counting."""
    import polars as pl  # noqa: PLC0415 - only this test reads rows

    tape = pl.read_parquet(shared_file(FILE))
    end = tape["chg_off_date"].max()
    weights, months, loans = [], [], 0.0
    for row in tape.iter_rows(named=True):
        start = row["disbursement_date"] or row["approval_date"]
        if row["approval_fy"] < 1989 or (end - start).days / (365.25 / 12) < 132:
            continue
        if row["default"]:
            if row["chg_off_date"] is None or row["chg_off_date"] <= start:
                continue
            month = (row["chg_off_date"] - start).days / (365.25 / 12)
            if month <= 132:
                months.append(month)
                weights.append(row["sample_weight"])
        loans += row["sample_weight"]
    timing = timing_of(shared_file(FILE))
    assert timing.incidence == pytest.approx(sum(weights) / loans, rel=1e-6)
    early = sum(w for w, m in zip(weights, months, strict=True) if m <= 60) / sum(weights)
    assert timing.share()[60] == pytest.approx(early, rel=1e-6)
