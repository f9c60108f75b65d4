"""Disputes, appraisals and sales agree with the law, over ten seeds."""

import numpy as np
import polars as pl
import pytest
from scipy import stats
from scipy.optimize import minimize

from models.market import Market
from models.market.disputes import gumbel
from models.market.law import stream

PLACES = ("CN", "US")


def agree(found: list[float], truth: float) -> None:
    """One estimate a seed: their mean lies within three standard errors of the truth."""
    error = np.std(found, ddof=1) / np.sqrt(len(found))
    assert abs(np.mean(found) - truth) < 3 * error, (np.mean(found), truth, error)


def drawn(market: Market, where: str, stage: str | None = None) -> pl.DataFrame:
    rows = market.truth["truth_disputes"].filter(pl.col("jurisdiction") == where)
    return rows if stage is None else rows.filter(pl.col("stage") == stage)


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("stage", ["settled", "judged"])
def test_kendall_tau_of_loss_and_cost(markets: list[Market], where: str, stage: str) -> None:
    rows = [drawn(market, where, stage) for market in markets]
    agree([stats.kendalltau(one["loss"], one["defence_cost"]).statistic for one in rows], 0.3)


def test_the_copula_is_gumbels() -> None:
    """C(u, v) = exp(-((-ln u)^t + (-ln v)^t)^(1/t)) at nine corners; even margins; upper tail."""
    theta, n = 1.0 / 0.7, 200_000
    u, v = gumbel(stream(3, "disputes"), theta, n)
    for a in (0.1, 0.5, 0.95):
        assert stats.kstest(u, "uniform").pvalue > 0.001
        for b in (0.2, 0.6, 0.99):
            p = np.exp(-(((-np.log(a)) ** theta + (-np.log(b)) ** theta) ** (1 / theta)))
            assert abs(((u <= a) & (v <= b)).mean() - p) < 4 * np.sqrt(p * (1 - p) / n)
    joint = ((u > 0.99) & (v > 0.99)).mean() / 0.01
    assert joint == pytest.approx(2 - 2 ** (1 / theta), abs=0.05)


@pytest.mark.parametrize("where", PLACES)
def test_defence_cost_by_plain_maximum_likelihood(markets: list[Market], where: str) -> None:
    rule = markets[0].law["disputes"]["defence"]
    logs = [np.log(drawn(market, where)["defence_cost"].to_numpy()) for market in markets]
    agree([one.mean() for one in logs], rule["log_mean"][where])
    agree([one.std(ddof=1) for one in logs], rule["log_sd"][where])


@pytest.mark.parametrize("where", PLACES)
def test_the_body_by_maximum_likelihood(markets: list[Market], where: str) -> None:
    """Lognormal cut at the threshold, on losses from the ground up."""
    rule = markets[0].law["disputes"]
    top = np.log(rule["threshold"][where])
    mu, sigma = [], []
    for market in markets:
        rows = drawn(market, where, "judged").filter(pl.col("tail") == 0)
        z = np.log(rows["loss"].to_numpy())

        def loss(p: np.ndarray, z: np.ndarray = z) -> float:
            law = stats.norm(p[0], np.exp(p[1]))
            return -float(law.logpdf(z).sum() - len(z) * law.logcdf(top))

        fit = minimize(loss, [z.mean(), np.log(z.std())], method="Nelder-Mead").x
        mu.append(fit[0])
        sigma.append(np.exp(fit[1]))
    agree(mu, rule["body"]["log_mean"][where])
    agree(sigma, rule["body"]["log_sd"][where])


def test_the_body_from_what_was_reported(markets: list[Market]) -> None:
    """Deductibles and limits hide losses; the full likelihood finds the law all the same."""
    rule = markets[0].law["disputes"]
    top, weight = rule["threshold"]["CN"], rule["tail_weight"]
    ours = (pl.col("jurisdiction") == "CN") & (pl.col("stage") == "judged")
    found, naive = [], []
    for market in markets:
        rows = market.disputes.filter(ours)
        z, floor = (np.log(rows[name].clip(1.0).to_numpy()) for name in ("loss", "deductible"))
        capped = rows["capped"].to_numpy() == 1
        body = ~capped & (rows["loss"].to_numpy() <= top)

        def loss(p, z=z, floor=floor, capped=capped, body=body) -> float:  # noqa: ANN001 - a likelihood
            law = stats.norm(p[0], np.exp(p[1]))
            room = law.cdf(np.log(top))
            left = lambda at: weight + (1 - weight) * (room - law.cdf(at)) / room  # noqa: E731 - a survival
            density = law.logpdf(z[body]) + np.log((1 - weight) / room)
            return float(np.log(left(floor)).sum() - density.sum() - np.log(left(z[capped])).sum())

        found.append(minimize(loss, [z.mean(), np.log(z.std())], method="Nelder-Mead").x)
        naive.append(z.std())
    mu, log_sigma = np.transpose(found)
    agree(list(mu), rule["body"]["log_mean"]["CN"])
    agree(list(np.exp(log_sigma)), rule["body"]["log_sd"]["CN"])
    assert np.mean(naive) < rule["body"]["log_sd"]["CN"] - 0.1


@pytest.mark.parametrize("where", PLACES)
def test_the_tail(markets: list[Market], where: str) -> None:
    """Its weight, and the index by maximum likelihood: n / sum ln(x / threshold)."""
    rule = markets[0].law["disputes"]
    rows = pl.concat(drawn(market, where) for market in markets)
    tail = rows.filter(pl.col("tail") == 1)["loss"].to_numpy()
    n, w = rows.height, rule["tail_weight"]
    assert abs(len(tail) - n * w) < 3 * np.sqrt(n * w * (1 - w))
    assert tail.min() >= rule["threshold"][where]
    alpha = len(tail) / np.log(tail / rule["threshold"][where]).sum()
    assert abs(alpha - rule["tail_alpha"]) < 3 * rule["tail_alpha"] / np.sqrt(len(tail))


def test_reports_cut_what_was_drawn(markets: list[Market]) -> None:
    for market in markets:
        both = market.disputes.join(
            market.truth["truth_disputes"].select("dispute_id", "reported", ground="loss"),
            on="dispute_id",
        )
        assert (both["reported"] == 1).all()
        assert both.height == market.truth["truth_disputes"]["reported"].sum()
        assert (both["ground"] > both["deductible"]).all()
        assert (both["loss"] == both.select(pl.min_horizontal("ground", "limit")).to_series()).all()
        assert ((both["ground"] > both["limit"].fill_null(np.inf)) == (both["capped"] == 1)).all()


def test_appraisers(markets: list[Market]) -> None:
    rule = markets[0].law["values"]
    for market in markets:
        rows = market.tables["appraisals"].join(
            market.truth["truth_rights"].select("right_id", worth="value"), on="right_id"
        )
        for house, bias in rule["houses"].items():
            off = rows.filter(pl.col("house") == house).select(
                (pl.col("value") / pl.col("worth")).log()
            )
            error = off.to_series()
            assert abs(error.mean() - bias) < 4 * rule["appraisal_sd"] / np.sqrt(error.len())
            assert error.std() == pytest.approx(rule["appraisal_sd"], rel=0.05)
        counts = rows.group_by("right_id").len()["len"]
        assert [(counts == k).mean() for k in (1, 2, 3)] == pytest.approx(
            rule["appraisals"], abs=0.015
        )


def test_auctions(markets: list[Market]) -> None:
    rule = markets[0].law["sales"]
    lots = pl.concat(market.tables["sales"] for market in markets)
    for kind, p in rule["sold"].items():
        of = lots.filter(pl.col("kind") == kind)
        assert abs(of["sold"].cast(pl.Int64).sum() - of.height * p) < 3 * np.sqrt(
            of.height * p * (1 - p)
        )
    part = (lots["price"] / lots["appraised_value"]).log().drop_nulls()
    assert abs(part.mean() - rule["price_log_mean"]) < 3 * rule["price_log_sd"] / np.sqrt(
        part.len()
    )
    assert part.std() == pytest.approx(rule["price_log_sd"], rel=0.03)
    months = lots["months_to_sale"].drop_nulls()
    assert abs(months.mean() - rule["months_mean"]) < 3 * months.std() / np.sqrt(months.len())
