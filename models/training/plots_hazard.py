"""The pictures of `docs/methods/hazard-fits.md`.

`python -m models.training.plots_hazard FILE FIT OUT`:
FILE is the Chinese patent file, FIT the folder of the lapse law; no row can be read from a picture.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from PIL import Image

from models.fit_file import FitFile, read_fit
from models.governance.metrics import kaplan_meier
from models.hazard.challenger import Challenger
from models.hazard.fit import HazardFit
from models.tape import read_tape
from models.training.plots import INK, LIGHT, WARN, figure, png, write_png
from models.training.survival.cn_lapse import cn_lapse_table
from models.training.survival.lives import Array, Lives
from models.training.survival.validate import forward_splits, run_split

_OWNERS = {"foreign owner": (0, INK), "Chinese owner": (1, WARN)}
_YEARS = np.arange(4, 18)
_Z95 = 1.96
_MOST_RATE = 0.5
"""Top of the picture of rates; one bar of few patents goes beyond."""


def plot_forward(table: pl.DataFrame) -> bytes:
    """Mean predicted survival of patents filed after those trained on, and what became of them."""
    drawn, axes = figure(
        "Filed after those trained on: predicted and observed", "years since filing", "in force"
    )
    train, test = list(forward_splits(table))[-1]
    ages = np.linspace(3.0, 16.0, 80)
    tested = run_split(train, test, ages)
    for words, (flag, colour) in _OWNERS.items():
        chosen = (test["Chinese"] == flag).to_numpy()
        lives = tested.lives.take(chosen)
        observed = kaplan_meier(lives.entry, lives.exit, lives.event, ages)
        mean = tested.survival[chosen].mean(axis=0)
        axes.step(ages, observed, where="post", color=colour, label=f"{words}, observed")
        axes.plot(ages, mean, "--", color=colour, label=f"{words}, predicted")
        low, high = _band(lives, ages)
        axes.fill_between(ages, low, high, step="post", color=colour, alpha=0.12, linewidth=0)
    axes.set_ylim(0.0, 1.02)
    axes.legend(frameon=False, loc="lower left", fontsize=9)
    return png(drawn)


def _band(lives: Lives, ages: Array) -> tuple[Array, Array]:
    """Pointwise 95 % band of Kaplan-Meier from 200 resamples of rows."""
    rng, curves = np.random.default_rng(1), []
    for _ in range(200):
        rows = rng.integers(0, lives.rows, lives.rows)
        part = lives.take(rows)
        curves.append(kaplan_meier(part.entry, part.exit, part.event, ages))
    low, high = np.quantile(np.array(curves), (0.025, 0.975), axis=0)
    return low, high


def plot_rates(table: pl.DataFrame, fit: HazardFit) -> bytes:
    """Lapses a year at each age: counted, with Poisson bars, and by the fit."""
    drawn, axes = figure("Lapse rate by age", "years since filing", "lapses per patent-year")
    for (words, (flag, colour)), shift in zip(_OWNERS.items(), (-0.06, 0.06), strict=True):
        own = table.filter(pl.col("Chinese") == flag)
        entry, exit_, event = (own[name].to_numpy() for name in ("entry", "exit", "lapsed"))
        lived = np.minimum(exit_, _YEARS[:, None] + 1) - np.maximum(entry, _YEARS[:, None])
        lived = np.clip(lived, 0.0, None)
        died = (event == 1) & (exit_ > _YEARS[:, None]) & (exit_ <= _YEARS[:, None] + 1)
        rate, years = died.sum(axis=1) / lived.sum(axis=1), lived.sum(axis=1)
        error = _Z95 * np.sqrt(died.sum(axis=1)) / years
        middle = _YEARS + 0.5 + shift
        axes.errorbar(middle, rate, error, fmt="o", color=colour, markersize=4, linewidth=1,
                      label=f"{words}, counted")  # fmt: skip
        axes.plot(_YEARS + 0.5, _foretold(fit, own, lived), color=colour, label=f"{words}, fit")
    axes.set_ylim(0.0, _MOST_RATE)
    axes.legend(frameon=False, loc="upper right", fontsize=9)
    return png(drawn)


def _foretold(fit: HazardFit, rows: pl.DataFrame, lived: Array) -> Array:
    """Mean gain of H in each year of age, over the years lived in it."""
    columns = [feature.name for feature in fit.features]
    x = np.array([fit.read(row) for row in rows.select(columns).iter_rows(named=True)])
    ages = np.append(_YEARS, _YEARS[-1] + 1).astype(float)
    gain = np.diff(fit.cumulative_hazard(x, ages), axis=1)
    found: Array = (gain.T * lived).sum(axis=1) / lived.sum(axis=1)
    return found


def plot_one_row(fit: FitFile) -> bytes:
    """The curve of a typical patent with its band, and the challenger's."""
    drawn, axes = figure("One patent: law, band, challenger", "years since filing", "in force")
    hazard, challenger = HazardFit.of(fit), Challenger.of(fit)
    assert challenger is not None, f"{fit.fit_id} carries a challenger"
    ages = np.linspace(0.0, hazard.horizon, 160)
    typical: dict[str, Any] = {feature.name: feature.typical for feature in fit.features}
    individual = {"type1_company": 0, "type3_individual": 1, "total_claims": 3, "paid_claims": 0}
    home = {"Chinese": 1, "pct": 0, "priority_d": 0, "nation_province_code_2": "11"}
    for words, row, colour in (
        ("foreign company", typical, INK),
        ("Chinese individual", {**typical, **individual, **home}, WARN),
    ):
        x = hazard.read(row)
        low, high = hazard.survival_band(x, ages)
        axes.fill_between(ages, low, high, color=colour, alpha=0.15, linewidth=0)
        axes.plot(ages, hazard.survival(x, ages), color=colour, label=f"{words}, law and band")
        axes.plot(ages, challenger.survival(x, ages), ":", color=colour, label="boosted challenger")
    axes.set_ylim(0.0, 1.02)
    axes.legend(frameon=False, loc="lower left", fontsize=9)
    return png(drawn)


def plot_candidates(fit: FitFile) -> bytes:
    """Integrated Brier score of every law that competed."""
    drawn, axes = figure(
        "Candidates on later filings", "integrated Brier score, less is better", ""
    )
    scores = {name: one["integrated_brier"] for name, one in fit.metrics["candidates"].items()}
    ordered = sorted(scores, key=lambda name: -scores[name])
    chosen = fit.metrics["chosen"]["law"]
    for place, name in enumerate(ordered):
        colour = INK if name == chosen else LIGHT
        axes.plot(scores[name], place, "o", color=colour, markersize=9)
        axes.annotate(f"{scores[name]:.4f}", (scores[name], place), textcoords="offset points",
                      xytext=(9, -4), fontsize=9)  # fmt: skip
    axes.set_yticks(range(len(ordered)), ordered)
    axes.margins(x=0.2)
    return png(drawn)


def pictures(file: Path, fit: FitFile) -> Iterator[tuple[str, bytes]]:
    """Yield each picture with its name."""
    table = cn_lapse_table(read_tape(file)).sort("app_date")
    yield "hazard-forward", plot_forward(table)
    yield "hazard-rates", plot_rates(table, HazardFit.of(fit))
    yield "hazard-one-row", plot_one_row(fit)
    yield "hazard-candidates", plot_candidates(fit)


def _few_colours(picture: bytes) -> bytes:
    """The same picture in 64 colours: a third of the bytes."""
    paper = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(64).save(paper, "PNG", optimize=True)
    return paper.getvalue()


if __name__ == "__main__":
    for _name, _picture in pictures(Path(sys.argv[1]), read_fit(Path(sys.argv[2]))):
        write_png(Path(sys.argv[3]) / f"{_name}.png", _few_colours(_picture))
