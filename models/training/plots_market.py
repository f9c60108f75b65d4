"""The pictures of `docs/methods/credibility.md` and `known-truth-market.md`, drawn from runs."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import NormalDist

import numpy as np
import polars as pl
from numpy.typing import NDArray
from PIL import Image

from models.market import Market, make_market
from models.priors import Counts, PriorTable, load_priors, update
from models.priors.credibility import law_of
from models.training.plots import INK, LIGHT, WARN, figure, png, write_png

SEEDS = range(10)
FloatArray = NDArray[np.float64]
_COLOURS = (INK, "#c9822b", "#3f7f5f")
_TRUE_RATE = 0.0008
_NORMAL = NormalDist()


def plot_update(table: PriorTable) -> bytes:
    """A request rate as own right-years grow, where the true rate is 0.08 % a year."""
    prior = table.find("challenge", "invention")
    years = np.geomspace(100.0, 200_000.0, 120)
    seen = [update(prior, Counts(_TRUE_RATE * own, own)) for own in years]
    drawn, axes = figure(
        "Invalidation requests, CN invention: the published figure gives way to own counts",
        "own right-years", "requests per right-year, per mille",
    )  # fmt: skip
    low, high, mean = (
        1e3 * np.array([getattr(one, k) for one in seen]) for k in ("low", "high", "mean")
    )
    axes.fill_between(years, low, high, color=LIGHT, alpha=0.5, label="95 % interval")
    axes.plot(years, mean, color=INK, label="figure used")
    axes.axhline(1e3 * prior.value, color="#888888", linestyle=":", label="published")
    axes.axhline(1e3 * _TRUE_RATE, color=WARN, linestyle="--", label="own rate")
    axes.axvline(prior.b, color="#bbbbbb", linewidth=1)
    axes.annotate("b: half and half", (prior.b, 1.75), rotation=90, ha="right", fontsize=9)
    axes.set_xscale("log")
    axes.set_ylim(0.0, 2.6)
    axes.legend(frameon=False)
    return png(drawn)


def plot_weights(table: PriorTable) -> bytes:
    """Credibility Z against own exposure, for figures of several grades."""
    rows = (
        ("lapse", "invention", "right-years"), ("default", "ip_pledge_sme", "firm-years"),
        ("p_full", "invention", "cases"), ("challenge", "invention", "right-years"),
        ("suit_rate", "trademark", "right-years"),
    )  # fmt: skip
    drawn, axes = figure("How soon own experience counts", "own exposure", "credibility Z")
    own = np.geomspace(1.0, 1e6, 300)
    for (param, right, unit), colour in zip(rows, (*_COLOURS, "#7a4a8c", "#666666"), strict=True):
        prior = table.find(param, right)
        weight = law_of(prior).weight
        words = f"{param} {right}, grade {prior.grade}: half at {weight:,.0f} {unit}"
        axes.plot(own, own / (own + weight), color=colour, label=words)
    axes.set_xscale("log")
    axes.set_ylim(0.0, 1.4)
    axes.set_yticks(np.linspace(0.0, 1.0, 6))
    axes.legend(frameon=False, fontsize=8, loc="upper left")
    return png(drawn)


def lapses(market: Market) -> Iterator[tuple[str, float, float, float]]:
    """Kind, true rate, observed lapses and base right-years of every kind and band of age.

    Base right-years are weighted by e^(log ratio): lapses over them estimate the base rate.
    """
    rule = market.law["rights"]["lapse"]
    rows = market.rights.join(market.truth["truth_rights"], on="right_id")
    for kind, rates in rule["rates"].items():
        of = rows.filter(pl.col("kind") == kind)
        start, stop, pull = (
            of[name].to_numpy() for name in ("entry_years", "exit_years", "lapse_log_ratio")
        )
        lapsed = of["lapsed"].to_numpy() == 1
        edges = [*rule["bands"], np.inf]
        for low, high, rate in zip(edges, edges[1:], rates, strict=False):
            years = np.maximum(np.minimum(stop, high) - np.maximum(start, low), 0.0)
            seen = (lapsed & (stop > low) & (stop <= high)).sum()
            yield kind, rate, float(seen), float((np.exp(pull) * years).sum())


def plot_hazards(markets: list[Market]) -> bytes:
    """Lapse rate by band: the law as steps, ten seeds as points."""
    drawn, axes = figure(
        "Lapse by age: occurrence over exposure of ten seeds on their law",
        "years since grant", "base lapses per right-year",
    )  # fmt: skip
    kinds = list(markets[0].law["rights"]["kinds"])
    for market in markets:
        for place, (kind, rate, seen, years) in enumerate(lapses(market)):
            number, band = kinds.index(kind), place % 5
            colour, left = _COLOURS[number], 3 * band
            if market is markets[0] and years:
                words = kind if band == 0 else "_"  # shown once
                axes.hlines(rate, left, left + 3, color=colour, linewidth=2, label=words)
            if seen:
                at = left + 0.4 + 0.8 * number + 0.06 * market.seed
                error = 1.96 * rate / np.sqrt(rate * years)
                axes.errorbar(
                    at, seen / years, error, color=colour, fmt=".", alpha=0.5, markersize=4
                )
    axes.set_xticks([0, 3, 6, 9, 12, 15], ["0", "3", "6", "9", "12", "and on"])
    axes.set_ylim(bottom=0.0)
    axes.legend(frameon=False, loc="upper left")
    return png(drawn)


def plot_defaults(market: Market) -> bytes:
    """Share of loans that defaulted, by year of approval, on what the law gave them."""
    rows = (
        market.loans.join(market.truth["truth_loans"], on="loan_id")
        .group_by(year=pl.col("approved_on").dt.year())
        .agg(
            pl.col("default").mean(), pl.col("pd").mean(),
            error=1.96 * (pl.col("pd") * (1 - pl.col("pd"))).sum().sqrt() / pl.len(),
        )
        .sort("year")
    )  # fmt: skip
    drawn, axes = figure(
        f"Default within the term, seed {market.seed}", "year of approval", "share of loans"
    )
    year, pd, error = (rows[name].to_numpy() for name in ("year", "pd", "error"))
    axes.fill_between(year, pd - error, pd + error, color=LIGHT, alpha=0.6, label="law, 95 %")
    axes.plot(year, pd, color=INK, label="law")
    axes.plot(year, rows["default"].to_numpy(), "o", color=WARN, label="observed")
    axes.set_ylim(bottom=0.0)
    axes.legend(frameon=False, loc="lower right")
    factor = axes.twinx()
    macro = market.tables["macro"]
    factor.step(macro["year"], macro["default_factor"], where="mid", color="#bbbbbb", linewidth=1)
    factor.set_ylabel("macro factor of the calendar year (grey)")
    factor.set_ylim(0.0, 5.0)
    axes.set_xlim(2010.5, 2022.5)
    return png(drawn)


def judged_survival(law: Mapping[str, float], at: FloatArray) -> FloatArray:
    """P(loss > x) of the spliced law: mean and sd of the log, threshold, weight, alpha."""
    top, w = law["threshold"], law["weight"]
    z = (np.log(np.minimum(at, top)) - law["mean"]) / law["sd"]
    room = _NORMAL.cdf((np.log(top) - law["mean"]) / law["sd"])
    body = (1.0 - w) * (1.0 - np.array([_NORMAL.cdf(v) for v in z]) / room)
    return np.where(at < top, w + body, w * (np.maximum(at, top) / top) ** -law["alpha"])


def plot_severity(market: Market) -> bytes:
    """Losses of judged Chinese disputes: law, what was drawn, and what was reported."""
    rule = market.law["disputes"]
    law = {
        "mean": rule["body"]["log_mean"]["CN"], "sd": rule["body"]["log_sd"]["CN"],
        "threshold": rule["threshold"]["CN"], "weight": rule["tail_weight"],
        "alpha": rule["tail_alpha"],
    }  # fmt: skip
    ours = (pl.col("jurisdiction") == "CN") & (pl.col("stage") == "judged")
    drawn, axes = figure(
        f"Losses of judged disputes, CN, seed {market.seed}", "loss, CNY", "chance of a larger loss"
    )
    grid = np.geomspace(3e3, 1e8, 400)
    axes.plot(grid, judged_survival(law, grid), color=INK, label="law: lognormal, Pareto above 3 m")
    pairs = (
        (market.truth["truth_disputes"], "#3f7f5f", "drawn, from the ground up"),
        (market.disputes, WARN, "reported: above the deductible, cut at the limit"),
    )
    for frame, colour, words in pairs:
        loss = np.sort(frame.filter(ours)["loss"].to_numpy())
        left = 1.0 - np.arange(1, len(loss) + 1) / (len(loss) + 1)
        axes.plot(loss, left, ".", color=colour, markersize=3, label=words)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.legend(frameon=False, loc="lower left")
    return png(drawn)


def draw_all(folder: Path) -> None:
    """Draw every picture of both pages into a folder."""
    table, markets = load_priors(), [make_market(seed) for seed in SEEDS]
    for name, picture in {
        "credibility-update": plot_update(table),
        "credibility-weights": plot_weights(table),
        "market-hazards": plot_hazards(markets),
        "market-defaults": plot_defaults(markets[0]),
        "market-severity": plot_severity(markets[0]),
    }.items():
        write_png(folder / f"{name}.png", _few_colours(picture))


def _few_colours(picture: bytes) -> bytes:
    """The same picture in 64 colours: a third of the bytes."""
    paper = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(64).save(paper, "PNG", optimize=True)
    return paper.getvalue()


if __name__ == "__main__":
    draw_all(Path("docs/methods/plots"))
