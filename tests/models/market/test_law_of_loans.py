"""Defaults, losses and gaps of the synthetic loans agree with the law, over ten seeds."""

import warnings
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from lifelines import CoxPHFitter
from scipy.stats import mannwhitneyu

from models.market import Market


def whole(market: Market) -> pl.DataFrame:
    return (
        market.loans.join(market.tables["pledges"], on="loan_id")
        .join(market.truth["truth_loans"], on="loan_id")
        .join(market.tables["defaults"], on="loan_id", how="left")
        .join(
            market.tables["histories"]
            .join(market.rights, on="right_id")
            .select("right_id", "granted_on", "end", "exit_years"),
            on="right_id",
        )
        .sort("loan_id")
    )


def test_the_default_rate_of_every_year(markets: list[Market]) -> None:
    z = []
    for market in markets:
        rows = whole(market).group_by(pl.col("approved_on").dt.year()).agg(
            pl.col("default").cast(pl.Int64).sum(), pl.col("pd").sum(),
            variance=(pl.col("pd") * (1 - pl.col("pd"))).sum(),
        )  # fmt: skip
        assert rows.height == 12
        z += list((rows["default"] - rows["pd"]) / rows["variance"].sqrt())
    assert np.abs(z).max() < 3.6  # 120 of them
    assert abs(np.mean(z)) < 3 / np.sqrt(120)
    assert 0.7 < np.var(z) < 1.4


def test_the_downturn_is_there(markets: list[Market]) -> None:
    rows = whole(markets[0]).group_by(pl.col("approved_on").dt.year()).agg(pl.col("default").mean())
    rate = dict(rows.iter_rows())
    assert rate[2015] > 1.3 * rate[2011]


def test_a_chance_of_default_day_by_day(markets: list[Market]) -> None:
    """The sum over days of hazard x macro x wrong-way factor, without any closed form."""
    market = markets[0]
    rule = market.law["loans"]
    rows = whole(market)
    dead = rows.filter(
        (pl.col("end") == "whole_invalid") & (pl.col("pd") > pl.col("pd_right_alive"))
    )
    assert dead.height > 50
    for row in [*dead.head(12).iter_rows(named=True), *rows.head(12).iter_rows(named=True)]:
        days = round(row["term_months"] * 365.25 / 12)
        death = row["granted_on"] + timedelta(days=row["exit_years"] * 365.25)
        total = alive = 0.0
        for step in range(days):
            today = row["approved_on"] + timedelta(days=step)
            hazard = np.exp(row["log_hazard"]) * rule["macro"][str(today.year)] / 365.25
            alive += hazard
            fallen = row["end"] == "whole_invalid" and today >= death
            total += hazard * (rule["default"]["dead"] if fallen else 1.0)
        assert 1 - np.exp(-total) == pytest.approx(row["pd"], rel=0.004)
        assert 1 - np.exp(-alive) == pytest.approx(row["pd_right_alive"], rel=0.004)


def test_the_hazard_from_the_columns_alone(markets: list[Market]) -> None:
    """Base e^(sum of log ratios), computed anew from what a lender sees and truth.json states."""
    market = markets[0]
    law, of = market.law, market.law["loans"]["default"]["log_ratio"]
    rows = whole(market).drop_nulls(["interest_cover", "revenue_growth"])
    stated = law["firms"]["ratios"]
    total = np.log(law["loans"]["default"]["base"]) + sum(
        of[name] * (rows[name].to_numpy() - stated[name]["mean"]) / stated[name]["sd"]
        for name in stated
        if name in of
    )
    size = law["firms"]["employees"]
    total += (
        of["log_employees"]
        * (np.log(rows["employees"].to_numpy()) - size["log_mean"])
        / size["log_sd"]
    )
    total += of["young"] * (rows["firm_age_years"].to_numpy() < 3.0)
    total += (
        of["squeezed"] * ((rows["debt_ratio"] > 0.7) & (rows["current_ratio"] < 1.2)).to_numpy()
    )
    total += of["services"] * (rows["sector"] == "services").to_numpy()
    total += of["biotech"] * (rows["sector"] == "biotech").to_numpy()
    total += of["other_security"] * rows["other_security"].to_numpy()
    total += of["ip_share"] * (rows["ip_share"].to_numpy() - 0.5)
    assert np.abs(total - rows["log_hazard"].to_numpy()).max() < 2e-6


def test_cox_on_the_calendar_finds_the_log_ratios(markets: list[Market]) -> None:
    """With calendar time as the clock the macro factor is the baseline, and need not be known."""
    market = markets[1]
    stated, of = market.law["firms"]["ratios"], market.law["loans"]["default"]["log_ratio"]
    rows = whole(market).head(8_000).drop_nulls(["interest_cover", "revenue_growth"])
    start = (rows["approved_on"] - date(2011, 1, 1)).dt.total_days().to_numpy() / 365.25
    months = (
        rows["months_to_default"].fill_null(pl.Series(rows["term_months"]).cast(float)).to_numpy()
    )
    names = [name for name in stated if name in of]
    frame = rows.select(
        *((pl.col(name) - stated[name]["mean"]) / stated[name]["sd"] for name in names),
        "ip_share", "other_security", "default",
        log_employees=(pl.col("employees").log() - 3.9) / 0.9,
        young=(pl.col("firm_age_years") < 3.0).cast(float),
        squeezed=((pl.col("debt_ratio") > 0.7) & (pl.col("current_ratio") < 1.2)).cast(float),
        services=(pl.col("sector") == "services").cast(float),
        biotech=(pl.col("sector") == "biotech").cast(float),
        rate=(pl.col("rate") - 0.04) / 0.01,
    ).with_columns(start=start, stop=start + months / 12)  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # lifelines speaks of pandas' future
        fit = CoxPHFitter().fit(frame.to_pandas(), "stop", "default", entry_col="start")
    for name, truth in {**of, "rate": 0.0}.items():
        assert abs(fit.params_[name] - truth) < 3.5 * fit.standard_errors_[name], name


def test_the_death_of_the_right_raises_both(markets: list[Market]) -> None:
    rows = pl.concat(whole(market) for market in markets)
    hit = rows.filter(pl.col("pd") > pl.col("pd_right_alive") * 1.0001)
    expected, alive = hit["pd"].sum(), hit["pd_right_alive"].sum()
    observed = hit["default"].cast(pl.Int64).sum()
    assert abs(observed - expected) < 3 * np.sqrt(expected)
    assert expected > 1.1 * alive
    lost = rows.drop_nulls("lgd").group_by("right_dead").agg(pl.col("lgd").mean())
    lgd = dict(lost.iter_rows())
    assert lgd[1] > lgd[0] + 0.15


def test_loss_given_default(markets: list[Market]) -> None:
    """Mean and spread of the beta, by whether the right was dead, whatever the security."""
    rule = markets[0].law["loans"]["lgd"]
    rows = pl.concat(whole(market) for market in markets).drop_nulls("lgd")
    push = rule["intercept"] + rule["ip_share"] * (rows["ip_share"].to_numpy() - 0.5)
    push += rule["other_security"] * rows["other_security"].to_numpy()
    push += rule["dead"] * rows["right_dead"].to_numpy()
    mean = 1 / (1 + np.exp(-push))
    variance = mean * (1 - mean) / (rule["weight"] + 1)
    gap = rows["lgd"].to_numpy() - mean
    for dead in (0, 1):
        of = rows["right_dead"].to_numpy() == dead
        assert of.sum() > 300
        assert abs(gap[of].sum()) < 3 * np.sqrt(variance[of].sum())
    assert (gap**2).sum() / variance.sum() == pytest.approx(1.0, abs=0.03)


def test_firms_and_their_gaps(markets: list[Market]) -> None:
    firms = pl.concat(market.tables["firms"] for market in markets)
    rule = markets[0].law["firms"]
    gone = rule["missing"]
    push = (
        gone["rnd_share_intercept"] + gone["rnd_share_slope"] * firms["employees"].log().to_numpy()
    )
    chance = 1 / (1 + np.exp(-push))
    missing = firms["rnd_share"].is_null().sum()
    assert abs(missing - chance.sum()) < 3 * np.sqrt((chance * (1 - chance)).sum())
    assert 0.1 < missing / firms.height < 0.4
    young = firms["firm_age_years"] < gone["revenue_growth_below_age"]
    assert (firms["revenue_growth"].is_null() == young).all()
    low = firms["debt_ratio"] < gone["interest_cover_below_debt"]
    assert firms.filter(low)["interest_cover"].null_count() == low.sum()
    rest = firms.filter(~low)["interest_cover"].is_null()
    assert rest.mean() == pytest.approx(gone["interest_cover_chance"], abs=0.004)
    assert firms["debt_ratio"].mean() == pytest.approx(0.55, abs=0.005)
    # one hidden quality: the correlation of two ratios is the product of their signed loadings
    pair = np.corrcoef(firms["debt_ratio"], firms["roa"])[0, 1]
    assert pair == pytest.approx(-0.25, abs=0.02)


def test_the_leak_leaks(markets: list[Market]) -> None:
    """A column known only afterwards tells defaults from the rest almost alone."""
    loans = markets[0].loans
    bad, good = (loans.filter(pl.col("default") == flag)["months_on_book"] for flag in (1, 0))
    assert mannwhitneyu(good, bad).statistic / (bad.len() * good.len()) > 0.99
