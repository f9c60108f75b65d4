"""Measures on real outcomes: patents under delayed entry, loans with sampling weights."""

import numpy as np
import polars as pl
import pytest
from lifelines import KaplanMeierFitter
from shared_files import shared_file
from sklearn.metrics import roc_auc_score

from models.governance.metrics import auc, c_index, kaplan_meier, psi, psi_of_levels

END = np.datetime64("2017-08-25")


def years(start: pl.Series, end: np.ndarray) -> np.ndarray:
    return (end - start.to_numpy()).astype("timedelta64[D]").astype(float) / 365.25


@pytest.fixture(scope="module")
def patents() -> dict[str, np.ndarray]:
    """Granted patents by age since filing, seen from grant to lapse, or to the end of the file."""
    frame = pl.read_parquet(shared_file("cn_patents_dev_app_to_2000.parquet"))
    granted = frame.filter(pl.col("grant_date").is_not_null() & pl.col("waive_date").is_null())
    gone = granted["terminate_date"].to_numpy().astype("datetime64[D]")
    leave = years(granted["app_date"], np.where(np.isnat(gone), END, gone).astype("datetime64[D]"))
    entry = years(granted["app_date"], granted["grant_date"].to_numpy())
    lapsed = (~np.isnat(gone)) & (leave < 19.9)
    kept = leave > entry
    found = {"entry": entry, "leave": np.minimum(leave, 19.9), "event": lapsed.astype(float)}
    found["claims"] = granted["total_claims"].fill_null(0).to_numpy().astype(float)
    kept &= found["leave"] > found["entry"]
    return {name: column[kept] for name, column in found.items()}


def test_lapse_of_real_patents_is_that_of_lifelines(patents: dict[str, np.ndarray]) -> None:
    when = np.array([8.0, 10.0, 12.0, 15.0, 19.0])
    spans = (patents["entry"], patents["leave"], patents["event"])
    assert spans[0].size > 500
    assert spans[0].min() > 0
    fit = KaplanMeierFitter().fit(spans[1], spans[2], entry=spans[0])
    expected = fit.survival_function_at_times(when).to_numpy()
    assert kaplan_meier(*spans, when) == pytest.approx(expected, abs=1e-9)


def test_concordance_of_real_patents_is_the_count_of_pairs(patents: dict[str, np.ndarray]) -> None:
    entry, leave, event, risk = (patents[key] for key in ("entry", "leave", "event", "claims"))
    when, how = leave[event == 1, None], risk[event == 1, None]
    there = (entry < when) & ((leave > when) | ((leave == when) & (event == 0)))
    won = ((how > risk) + 0.5 * (how == risk))[there].sum()
    assert c_index(entry, leave, event, risk) == pytest.approx(won / there.sum(), abs=1e-12)


def test_loans_of_other_years_have_moved_and_loans_of_the_same_have_not() -> None:
    frame = pl.read_parquet(shared_file("sba_dev_fy1971_2003.parquet"))
    early = frame.filter(pl.col("approval_fy").is_between(1995, 2000))
    late = frame.filter(pl.col("approval_fy") > 2000)
    for name in ("gr_appv", "no_emp"):
        column = early[name].to_numpy().astype(float)
        halves = psi(column[::2], column[1::2])
        assert halves.value < halves.bound_99, name
        assert psi(column, late[name].to_numpy().astype(float)).moved, name
    assert psi_of_levels(early["rev_line_cr"].to_list(), late["rev_line_cr"].to_list()).moved


def test_weighted_auc_of_real_loans_is_that_of_sklearn() -> None:
    frame = pl.read_parquet(shared_file("sba_dev_fy1971_2003.parquet"))
    outcome, weights = frame["default"].to_numpy(), frame["sample_weight"].to_numpy()
    for name, below in (("LEAK_term_months", 0.25), ("gr_appv", 0.5)):
        score = frame[name].to_numpy().astype(float)
        expected = roc_auc_score(outcome, score, sample_weight=weights)
        assert auc(outcome, score, weights) == pytest.approx(expected, abs=1e-9)
        assert expected < below
