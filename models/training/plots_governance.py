"""The pictures of the pages on governance and reserving, from a drawn world and a published one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import chainladder
import numpy as np

from models.governance.arrays import FloatArray
from models.governance.metrics import deciles, double_lift, kaplan_meier_band, psi
from models.training.plots import (
    INK,
    WARN,
    calibration_plot,
    double_lift_plot,
    figure,
    lift_plot,
    png,
    roc_plot,
    survival_plot,
    write_png,
)
from models.training.reserving import Method, reserve, triangle
from models.training.reserving.plot import reserve_plot

_ROWS = 20_000


def drawn_world(seed: int = 1) -> Mapping[str, FloatArray]:
    """Loans whose law is known: logit p = -3 + 0.9 x + 0.6 z, and what three fits say of them.

    `truth` is the law; `half` knows x alone, with its best coefficients; `sure` is the law with
    its log-odds stretched 1.8 times about -3, too sure of itself.
    """
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=(2, _ROWS))
    logit = -3 + 0.9 * x + 0.6 * z
    outcome = (rng.random(_ROWS) < _chance(logit)).astype(float)
    return {
        "outcome": outcome,
        "truth": _chance(logit),
        "half": _chance(-2.86 + 0.87 * x),
        "sure": _chance(logit + 0.8 * (logit + 3)),
    }


def _chance(logit: FloatArray) -> FloatArray:
    chance: FloatArray = 1 / (1 + np.exp(-logit))
    return chance


def taylor_ashe() -> list[dict[str, Any]]:
    """The published triangle of Taylor and Ashe (1983), cumulative, as claim rows."""
    packed: Any = chainladder
    cells = np.asarray(packed.load_sample("genins").values, dtype=float)[0, 0]
    return [
        {"cohort": int(row) + 1, "development": int(age) + 1, "paid": float(cells[row, age])}
        for row, age in np.argwhere(np.isfinite(cells))
    ]


def draw(folder: Path) -> None:
    """Write all pictures of both pages into `folder`."""
    for name, picture in {**_of_scores(), **_of_lives(), **_of_reserves()}.items():
        write_png(folder / f"{name}.png", picture)


def _of_scores() -> dict[str, bytes]:
    world = drawn_world()
    outcome = world["outcome"]
    both = {name: (outcome, world[name], None) for name in ("truth", "half")}
    return {
        "governance-calibration": calibration_plot(
            deciles(outcome, world["sure"]), "Deciles of a score that is too sure of itself"
        ),
        "governance-roc": roc_plot(both, "ROC of the law and of a fit that knows half of it"),
        "governance-gains": lift_plot(both, "Gains of the same two"),
        "governance-double-lift": double_lift_plot(
            double_lift(outcome, world["half"], world["truth"]),
            "Double lift: half the law as champion, the law as challenger",
        ),
        "governance-psi": psi_plot(),
    }


def psi_plot(seed: int = 2) -> bytes:
    """PSI of samples in which nothing moved, by size, with its bound and the convention."""
    rng = np.random.default_rng(seed)
    sizes = np.array([50, 100, 200, 400, 800, 1600, 3200, 6400])
    drawn, axes = figure("PSI where nothing has moved", "rows in each sample", "PSI")
    for number, size in enumerate(sizes):
        found = [psi(rng.normal(size=size), rng.normal(size=size)) for _ in range(60)]
        place = size * np.exp(rng.uniform(-0.15, 0.15, 60))
        words = "60 draws at each size" if number == 0 else None
        axes.plot(place, [one.value for one in found], ".", color="#9fb6cc", label=words)
    bounds = [psi(np.arange(float(size)), np.arange(float(size))).bound for size in sizes]
    axes.plot(sizes, bounds, color=INK, label="95 % bound for the size")
    axes.axhline(0.10, color=WARN, linestyle="--", label="convention: 0.10 moderate")
    axes.axhline(0.25, color=WARN, linestyle=":", label="convention: 0.25 much")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.legend(frameon=False)
    return png(drawn)


def _of_lives(seed: int = 3) -> dict[str, bytes]:
    """Weibull lives of shape 1.5, seen from a delayed entry on."""
    rng = np.random.default_rng(seed)
    life, entry = 12 * rng.weibull(1.5, 800), rng.uniform(0, 6, 800)
    seen = life > entry
    leave = np.minimum(life, entry + rng.uniform(2, 14, 800))
    event = (life <= leave).astype(float)[seen]
    times = np.linspace(0.5, 18, 71)
    start, end = entry[seen], leave[seen]
    law = np.exp(-((times / 12) ** 1.5))
    picture = survival_plot(
        times,
        {"the law": law, "entry ignored": 1 - _share_gone(end, event, times)},
        observed=kaplan_meier_band(start, end, event, times),
        title="Delayed entry: Kaplan-Meier with it, and without it",
    )
    return {"governance-survival": picture}


def _share_gone(leave: FloatArray, event: FloatArray, times: FloatArray) -> FloatArray:
    """What Kaplan-Meier says when all rows are taken to have been there from the start."""
    band = kaplan_meier_band(np.full_like(leave, -1e-9), leave, event, times)
    gone: FloatArray = 1 - band.survival
    return gone


def _of_reserves() -> dict[str, bytes]:
    run_off = triangle(taylor_ashe(), cumulative=True)
    premium = {cohort: 5e6 + 3e5 * (cohort - 1) for cohort in run_off.cohorts}
    cape = reserve(run_off, Method.CAPE_COD, premium=premium)
    return {
        "reserving-chain-ladder": reserve_plot(
            reserve(run_off), "Taylor and Ashe by chain ladder, with Mack's error"
        ),
        "reserving-cape-cod": reserve_plot(cape, "The same by Cape Cod, premiums made up"),
    }
