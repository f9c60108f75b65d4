"""Lapse of granted Chinese patents: the study table, and what the generic training reaches."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from shared_files import shared_file

from models.fit_file import read_fit
from models.governance.check_fits import check_fit
from models.governance.metrics import c_index, kaplan_meier
from models.hazard.batch import score_frame
from models.hazard.challenger import Challenger
from models.hazard.fit import HazardFit
from models.tape import read_tape
from models.training.survival.cn_lapse import FOLLOW_UP_ENDS, cn_lapse_table
from models.training.survival.fit import SurvivalAsked, fit_survival

DATES = ("grant_date", "terminate_date", "waive_date", "reject_date", "withdraw_date")
FITS = Path(__file__).resolve().parents[3] / "models" / "fits"


def patents(filed: date = date(2000, 1, 1), **columns: list[date | None]) -> pl.DataFrame:
    """Patents filed on one day, one for each value."""
    rows = max(map(len, columns.values()))
    blank: list[date | None] = [None] * rows
    dates = {name: columns.get(name, blank) for name in DATES} | {"app_date": [filed] * rows}
    frame = pl.DataFrame(dates, schema=dict.fromkeys(dates, pl.Date)).cast(pl.Datetime("ns"))
    return frame.with_columns(event=pl.lit(3), patent_status_n=pl.lit(2), total_claims=pl.lit(4))


def test_who_is_studied_and_what_a_lapse_is() -> None:
    table = cn_lapse_table(
        patents(
            grant_date=[date(2004, 1, 1)] * 5 + [None],
            terminate_date=[date(2009, 1, 1), None, date(2018, 12, 30), None, None, None],
            waive_date=[None, None, None, date(2004, 3, 1), None, None],
        )
    )
    assert table.height == 4, "waived at grant, and never granted, are no part of it"
    np.testing.assert_allclose(table["entry"], 4.0, atol=0.01)
    assert table["lapsed"].to_list() == [1, 0, 0, 0], "what ended after follow-up is not seen"
    to_end = (FOLLOW_UP_ENDS.date() - date(2000, 1, 1)).days / 365.25
    np.testing.assert_allclose(table["exit"].to_list(), [9.0, to_end, to_end, to_end], atol=0.01)
    assert not {"terminate_date", "event", "patent_status_n"} & set(table.columns)


def test_an_ending_at_its_term_is_expiry() -> None:
    old = cn_lapse_table(
        patents(
            date(1995, 1, 1),
            grant_date=[date(2000, 1, 1)] * 3,
            terminate_date=[date(2014, 12, 30), date(2014, 6, 1), None],
        )
    )
    assert old["lapsed"].to_list() == [0, 1, 0]
    assert old["exit"].max() <= 20.0


def test_since_grant_nothing_is_truncated() -> None:
    table = cn_lapse_table(
        patents(grant_date=[date(2004, 1, 1)], terminate_date=[date(2009, 1, 1)]), "grant"
    )
    row = table.row(0, named=True)
    assert row["entry"] == 0.0
    assert row["exit"] == pytest.approx(5.0, abs=0.01)
    assert row["pendency"] == pytest.approx(4.0, abs=0.01)


def test_real_lapse_forward_in_time(tmp_path: Path) -> None:
    """Trained on two thirds of the file, judged on what was filed later, dates and ids left in."""
    table = cn_lapse_table(read_tape(shared_file("cn_patents_dev_app_to_2000.parquet")))
    cut = date(2000, 8, 1)
    train, test = table.filter(pl.col("app_date") < cut), table.filter(pl.col("app_date") >= cut)
    fit = fit_survival(train, SurvivalAsked("entry", "exit", "lapsed"), tmp_path / "fit")
    scored = score_frame(tmp_path / "fit", test, [8.0, 10.0, 12.0])
    place = [test[name].to_numpy().astype(float) for name in ("entry", "exit", "lapsed")]
    assert c_index(*place, scored["risk"].to_numpy()) >= 0.665
    stands = (place[1] > 10.0).astype(float)
    survival = scored.drop("risk").to_numpy()
    assert np.mean((stands - survival[:, 1]) ** 2) <= 0.200
    gaps = survival.mean(axis=0) - kaplan_meier(*place, [8.0, 10.0, 12.0])
    assert np.abs(gaps).max() <= 0.05
    alone = fit.metrics["kaplan_meier_alone"]["integrated_brier"]
    assert fit.metrics["out_of_time"]["integrated_brier"] < 0.9 * alone


def test_the_shipped_lapse_law_is_whole_and_foretells() -> None:
    (folder,) = FITS.glob("lapse-cn-a-*")
    assert check_fit(folder) == ()
    fit = read_fit(folder)
    law, challenger = HazardFit.of(fit), Challenger.of(fit)
    assert challenger is not None
    typical = {feature.name: feature.typical for feature in fit.features}
    x = law.read(typical)
    chance = law.survival_from(x, np.array([8.0, 12.0, 16.0]), 6.0)
    assert (np.diff(chance) < 0.0).all()
    assert 0.4 < chance[1] < 0.8
    home = law.read({**typical, "Chinese": 1, "pct": 0, "type1_company": 0, "type3_individual": 1})
    assert law.risk(home)[()] > 1.5 * law.risk(x)[()]
    assert abs(challenger.survival(x, 12.0)[0] - law.survival(x, 12.0)[0]) < 0.1
