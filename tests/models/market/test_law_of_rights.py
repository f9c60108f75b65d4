"""Hazards of rights by occurrence and exposure agree with the law, over ten seeds."""

import warnings
from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest
from lifelines import CoxPHFitter
from numpy.typing import NDArray
from scipy import stats

from models.market import Market

Array = NDArray[np.float64]
OWNERS = ("individual", "university", "foreign", "npe")


def joined(market: Market) -> pl.DataFrame:
    """Rights with what befell them and what the law gave them; none is infinity."""
    whole = market.rights.join(market.tables["histories"], on="right_id").join(
        market.truth["truth_rights"], on="right_id"
    )
    ages = ("asserted_years", "challenged_years", "outcome_years")
    return whole.with_columns(pl.col(name).fill_null(np.inf) for name in ages)


def under(start: Array, stop: Array, low: float, high: float) -> Array:
    """Years that [start, stop] spends in [low, high]."""
    return np.maximum(np.minimum(stop, high) - np.maximum(start, low), 0.0)


def occurrence(market: Market, clock: str) -> Iterator[tuple[str, float, float]]:
    """Kind, observed and expected events in every kind and band of a clock with bands."""
    rule, rows = market.law["rights"][clock], joined(market)
    for kind, rates in rule["rates"].items():
        of = rows.filter(pl.col("kind") == kind)
        start, stop = (of[name].to_numpy() for name in ("entry_years", "exit_years"))
        when = stop if clock == "lapse" else of["asserted_years"].to_numpy()
        event = of["lapsed"].to_numpy() == 1 if clock == "lapse" else when > start
        stop = np.minimum(stop, when)
        pull = np.exp(of[f"{clock}_log_ratio"].to_numpy())
        edges = [*rule["bands"], np.inf]
        for low, high, rate in zip(edges, edges[1:], rates, strict=False):
            there = event & (when > low) & (when <= high) & (when <= stop)
            yield (
                kind,
                float(there.sum()),
                float((rate * pull * under(start, stop, low, high)).sum()),
            )


@pytest.mark.parametrize("clock", ["lapse", "assert"])
def test_every_band_of_every_kind(markets: list[Market], clock: str) -> None:
    """(O - E) / sqrt(E): one in a hundred beyond three, the squares as a chi-square has them."""
    cells = [(o, e) for market in markets for _, o, e in occurrence(market, clock) if e > 5]
    z = np.array([(o - e) / np.sqrt(e) for o, e in cells])
    assert len(z) >= 100
    assert (np.abs(z) > 3.0).mean() <= 0.01
    assert 0.001 < stats.chi2.cdf((z**2).sum(), len(z)) < 0.999


@pytest.mark.parametrize("clock", ["lapse", "assert"])
def test_ten_seeds_together_within_three_standard_errors(markets: list[Market], clock: str) -> None:
    """Every band of every kind: ten times the events, a third of the error."""
    whole = np.array([[pair[1:] for pair in occurrence(market, clock)] for market in markets])
    for observed, expected in whole.sum(axis=0):
        assert abs(observed - expected) <= 3 * np.sqrt(expected), (observed, expected)


def test_the_old_are_asserted_less(markets: list[Market]) -> None:
    """A wrong law is seen: with one flat rate the bands do not agree."""
    cells = [
        (o, e)
        for market in markets
        for kind, o, e in occurrence(market, "assert")
        if kind == "invention"
    ]
    flat = np.array(cells).reshape(10, 5, 2)[:, :, 0].sum(axis=0)
    assert flat[1] > 1.5 * flat[4]


def test_challenge_before_and_after_an_assertion(markets: list[Market]) -> None:
    for market in markets:
        rows, rule = joined(market), market.law["rights"]["challenge"]
        start, stop, asserted, challenged = (
            rows[name].to_numpy()
            for name in ("entry_years", "exit_years", "asserted_years", "challenged_years")
        )
        stop = np.minimum(stop, challenged)
        event = (challenged > start) & (challenged <= stop)
        for pressed, rate in ((False, rule["background"]), (True, rule["after_assert"])):
            years = under(start, stop, 0.0, 1e9) - under(
                start, np.minimum(stop, asserted), 0.0, 1e9
            )
            years = years if pressed else under(start, np.minimum(stop, asserted), 0.0, 1e9)
            observed = (event & ((challenged > asserted) == pressed)).sum()
            expected = rate * years.sum()
            assert abs(observed - expected) < 3.5 * np.sqrt(expected), (market.seed, pressed)


def test_outcomes_and_their_time(markets: list[Market]) -> None:
    """Of requests decided while seen; those decided before entry are gone with the dead rights."""
    rows = pl.concat(joined(market) for market in markets)
    rule = markets[0].law["rights"]["outcome"]
    decided = rows.filter(
        pl.col("outcome_years").is_between(pl.col("entry_years"), pl.col("exit_years"))
    )
    for kind in ("invention", "utility_model", "design"):
        of = decided.filter(pl.col("kind") == kind)
        for outcome in ("whole", "part"):
            p, found = rule[outcome][kind], (of["outcome"] == outcome).sum()
            assert abs(found - of.height * p) < 3 * np.sqrt(of.height * p * (1 - p)), (
                kind,
                outcome,
            )
    start = np.maximum(rows["challenged_years"].to_numpy(), rows["entry_years"].to_numpy())
    stop = np.minimum(rows["exit_years"].to_numpy(), rows["outcome_years"].to_numpy())
    expected = np.maximum(stop - start, 0.0).sum() / rule["pendency_years"]
    assert abs(decided.height - expected) < 3 * np.sqrt(expected)


def test_features_as_the_law_has_them(markets: list[Market]) -> None:
    """Entry at grant shows the law; those seen late have been sifted by lapse."""
    rows = pl.concat(market.rights for market in markets)
    fresh = rows.filter(pl.col("entry_years") == 0.0)
    assert fresh["family"].mean() == pytest.approx(1 / 0.55, rel=0.01)
    assert (fresh["owner_kind"] == "npe").mean() == pytest.approx(0.03, abs=0.003)
    aged = rows.filter(pl.col("entry_years") > 8.0)
    assert aged["citations"].mean() > 1.1 * fresh["citations"].mean()


def test_cox_finds_the_log_ratios(markets: list[Market]) -> None:
    """The partial likelihood with delayed entry: every coefficient within 3.5 of its errors."""
    rows, law = markets[0].rights.head(6_000), markets[0].law["rights"]["lapse"]["log_ratio"]
    frame = rows.select(
        "kind", "entry_years", "exit_years", "lapsed",
        claims_doubling=(pl.col("claims") / 8.0).log(2),
        citations_doubling=((pl.col("citations") + 1.0) / 2.0).log(2),
        family_doubling=pl.col("family").log(2),
        **{name: (pl.col("owner_kind") == name).cast(float) for name in OWNERS},
        **{name: (pl.col("technology") == name).cast(float) for name in ("software", "drugs")},
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # lifelines speaks of pandas' future
        fit = CoxPHFitter().fit(
            frame.to_pandas(), "exit_years", "lapsed", entry_col="entry_years", strata=["kind"]
        )
    for name, truth in law.items():
        assert abs(fit.params_[name] - truth) < 3.5 * fit.standard_errors_[name], name
