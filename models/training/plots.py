"""Plots of fits, drawn without a screen: 800 pixels wide, as PNG bytes, the same each time."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from models.governance.metrics import Band, Contest, Decile, auc, gains, gini, roc

T = TypeVar("T")

_INCHES, _DOTS = (8.0, 5.0), 100
INK, LIGHT = "#1f3b57", "#9fb6cc"
"""Dark and light of the main colour."""

WARN = "#b5402a"
"""What is out of bounds."""

_COLOURS = (INK, "#c9822b", "#3f7f5f", "#7a4a8c", "#666666")
_LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
Scored = Mapping[str, tuple[ArrayLike, ArrayLike, ArrayLike | None]]
"""Name of a fit -> outcome, score and weights (or None), `[n]` each."""


def figure(title: str, x: str, y: str) -> tuple[Figure, Axes]:
    """Return an empty figure with its axes named."""
    drawn = Figure(figsize=_INCHES, dpi=_DOTS, layout="constrained")
    FigureCanvasAgg(drawn)
    axes = drawn.add_subplot()
    axes.set_title(title, fontsize=12)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(visible=True, color="#e3e3e3", linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return drawn, axes


def png(drawn: Figure) -> bytes:
    """Return the figure as PNG; no date and no version stand in it."""
    paper = io.BytesIO()
    drawn.savefig(paper, format="png", metadata={"Software": None})
    return paper.getvalue()


def write_png(path: Path, picture: bytes) -> None:
    """Write a picture, making its folder where it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)


def calibration_plot(bins: Sequence[Decile], title: str = "Calibration") -> bytes:
    """Observed rate against mean probability, each bin on its 95 % Poisson band."""
    drawn, axes = figure(title, "mean predicted probability", "observed rate")
    mean, rate, weight = (
        np.array([getattr(one, name) for one in bins]) for name in ("p_mean", "rate", "weight")
    )
    low = np.array([one.band_low for one in bins]) / weight
    high = np.array([one.band_high for one in bins]) / weight
    top = 1.08 * max(mean.max(), rate.max(), high.max(), 1e-6)
    axes.plot([0, top], [0, top], color="#888888", linewidth=1, label="perfect")
    axes.vlines(mean, low, high, color=LIGHT, linewidth=6, label="95 % Poisson band")
    inside = np.array([one.inside for one in bins])
    for chosen, colour, words in ((inside, INK, "observed"), (~inside, WARN, "outside its band")):
        if chosen.any():
            axes.plot(mean[chosen], rate[chosen], "o", color=colour, markersize=5, label=words)
    axes.set_xlim(0, top)
    axes.set_ylim(0, top)
    axes.legend(frameon=False, loc="upper left")
    return png(drawn)


def roc_plot(scored: Scored, title: str = "ROC") -> bytes:
    """True against false positive rate of each fit."""
    drawn, axes = figure(title, "false positive rate", "true positive rate")
    for (name, (outcome, score, weights)), colour, line in _styled(scored):
        words = f"{name}: AUC {auc(outcome, score, weights):.3f}"
        axes.plot(*roc(outcome, score, weights), color=colour, linestyle=line, label=words)
    axes.plot([0, 1], [0, 1], color="#888888", linewidth=1, label="no order")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.01)
    axes.legend(frameon=False, loc="lower right")
    return png(drawn)


def lift_plot(scored: Scored, title: str = "Gains") -> bytes:
    """Share of events caught against share of rows taken, highest scores first."""
    drawn, axes = figure(title, "share of rows, highest scores first", "share of events caught")
    for (name, (outcome, score, weights)), colour, line in _styled(scored):
        words = f"{name}: Gini {gini(outcome, score, weights):.3f}"
        axes.plot(*gains(outcome, score, weights), color=colour, linestyle=line, label=words)
    axes.plot([0, 1], [0, 1], color="#888888", linewidth=1, label="at random")
    axes.axvline(0.1, color="#cccccc", linewidth=1)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.01)
    axes.legend(frameon=False, loc="lower right")
    return png(drawn)


def double_lift_plot(bins: Sequence[Contest], title: str = "Double lift") -> bytes:
    """Champion, challenger and outcome in bins of challenger over champion."""
    drawn, axes = figure(title, "bin, by challenger over champion", "rate")
    place = [one.rank for one in bins]
    axes.plot(place, [one.rate for one in bins], "o-", color="black", label="observed")
    for name, colour, line in (("champion", INK, "--"), ("challenger", _COLOURS[1], "-.")):
        values = [getattr(one, name) for one in bins]
        axes.plot(place, values, color=colour, linestyle=line, label=name)
    axes.set_xticks(place)
    axes.set_ylim(0)
    axes.legend(frameon=False)
    return png(drawn)


def survival_plot(
    times: ArrayLike,
    curves: Mapping[str, ArrayLike],
    *,
    bands: Mapping[str, tuple[ArrayLike, ArrayLike]] | None = None,
    observed: Band | None = None,
    title: str = "Survival",
    unit: str = "years",
) -> bytes:
    """Predicted survival curves, with bands, over what was observed.

    Args:
        times: of the curves, `[m]`.
        curves: name -> survival, `[m]`.
        bands: name -> lower and upper bound, `[m]` each.
        observed: Kaplan-Meier with its 95 % band, drawn as steps.
        title: of the plot.
        unit: of time.
    """
    drawn, axes = figure(title, unit, "share that lasts")
    if observed is not None:
        axes.step(observed.times, observed.survival, where="post", color="black", label="observed")
        axes.fill_between(
            observed.times, observed.low, observed.high, step="post", color="#dddddd", linewidth=0
        )
    for (name, curve), colour, line in _styled(curves):
        axes.plot(times, curve, color=colour, linestyle=line, label=name)
        if bands and name in bands:
            axes.fill_between(times, *bands[name], color=colour, alpha=0.15, linewidth=0)
    axes.set_ylim(0, 1.02)
    axes.legend(frameon=False)
    return png(drawn)


def _styled(named: Mapping[str, T]) -> list[tuple[tuple[str, T], str, Any]]:
    """Each name with a colour and a line of its own, so that print without colour tells too."""
    assert len(named) <= len(_COLOURS), "more lines than a reader can tell apart"
    return list(zip(named.items(), _COLOURS, _LINES, strict=False))
