"""The pictures of `docs/methods/default.md`: what was chosen, the level by year, and leaks."""

from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from models.borrower.batch import scored_frame
from models.borrower.encoding import Floats
from models.fit_file import FitFile
from models.governance.metrics import deciles
from models.training.default.validate import Backtest, overlay_of

_SIZE, _DPI = (8.0, 3.6), 100
INK, LIGHT, WARN = "#1f3b57", "#9fb6cc", "#b5402a"


def draw_candidates(fit: FitFile, path: Path) -> None:
    """Draw the mean, least and latest AUC of every recipe that was tried."""
    rows = fit.metrics["candidates"][::-1]
    figure = Figure(_SIZE, _DPI, layout="constrained")
    axes = figure.subplots()
    place = np.arange(len(rows))
    for key, mark in (("least_auc", "<"), ("mean_auc", "o"), ("latest_auc", ">")):
        values = [row[key] for row in rows]
        axes.plot(values, place, mark, color=INK, label=key.replace("_auc", " split"))
    for at, row in zip(place, rows, strict=True):
        if row["serves"]:
            axes.axhspan(at - 0.4, at + 0.4, color=LIGHT, alpha=0.5, lw=0)
    axes.set_yticks(place, [row["candidate"] for row in rows], fontsize=7)
    _dress(axes, "recipes on later loans (shaded: serves)", "AUC", "")
    _save(figure, path)


def draw_level(found: Backtest, later: pl.DataFrame, path: Path) -> None:
    """Draw observed and foreseen default rates by quarter, and deciles, of later years."""
    outcome, weights = (
        later[name].to_numpy().astype(float) for name in ("default", "sample_weight")
    )
    plain = scored_frame(found.fit, later).pd.to_numpy()
    over = scored_frame(found.fit, later, overlay_of(found.levels)).pd.to_numpy()
    made = later["approval_date"]
    when = (made.dt.year() + (made.dt.quarter() - 1) / 4).to_numpy()
    figure = Figure(_SIZE, _DPI, layout="constrained")
    left, right = figure.subplots(1, 2)
    for values, style, name in (
        (outcome, "ko-", "observed"),
        (plain, "--", "foreseen"),
        (over, "-", "with the overlay known afterwards"),
    ):
        quarters = np.unique(when)
        rates = [100 * np.average(values[when == q], weights=weights[when == q]) for q in quarters]
        colour = {} if style[0] == "k" else {"color": WARN if style == "--" else INK}
        left.plot(quarters, rates, style, ms=3, label=name, **colour)
    left.set_ylim(bottom=0)
    _dress(left, "level by quarter of approval", "year", "default rate, %")
    _deciles(right, outcome, over, weights)
    _save(figure, path)


def draw_heaps(tape: pl.DataFrame, column: str, path: Path) -> None:
    """Draw where paid and defaulted loans sit on a column: the round values of a contract."""
    figure = Figure(_SIZE, _DPI, layout="constrained")
    axes = figure.subplots()
    edges = np.arange(0, 301) - 0.5
    for value, colour, name in ((0, INK, "paid"), (1, WARN, "defaulted")):
        here = tape.filter(pl.col("default") == value)[column].to_numpy()
        share = np.histogram(here, edges)[0] / len(here) * 100
        axes.plot(edges[:-1] + 0.5, share, color=colour, lw=1, label=name)
    _dress(
        axes, f"{column}: a contract's round terms against lives cut short", "months", "% of loans"
    )
    _save(figure, path)


def _deciles(axes: Axes, outcome: Floats, p: Floats, weights: Floats) -> None:
    """Draw observed against foreseen rates in tenths, each in its 95 % Poisson band."""
    lines = deciles(outcome, p, weights=weights / weights.mean())
    x = np.array([line.p_mean for line in lines]) * 100
    size = np.array([line.weight for line in lines])
    rate = np.array([line.rate for line in lines]) * 100
    low, high = (
        np.array([getattr(line, end) for line in lines]) / size * 100
        for end in ("band_low", "band_high")
    )
    axes.fill_between(x, low, high, color=LIGHT, alpha=0.5, label="95 % Poisson band")
    axes.plot(x, rate, "o", color=INK, label="observed")
    axes.plot(x, x, color="grey", lw=0.8)
    _dress(axes, "tenths, with the overlay", "foreseen, %", "observed, %")


def _dress(axes: Axes, title: str, x: str, y: str) -> None:
    axes.set_title(title, fontsize=10)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(visible=True, color="#e3e3e3", linewidth=0.7)
    axes.legend(fontsize=8)


def _save(figure: Figure, path: Path) -> None:
    """Write 800 pixels of few colours, so that a picture stays small."""
    held = BytesIO()
    figure.savefig(held, format="png")
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(held).convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(
        path, optimize=True
    )
