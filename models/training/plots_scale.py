"""The pictures of `docs/methods/default-law.md`: seasoning, master scale, overlay, intervals."""

from io import BytesIO
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from models.borrower.calibration import Platt
from models.borrower.interval import Intervals
from models.borrower.level import FittedLevel, fit_overlay
from models.borrower.odds import Floats, expit, logit, shifted
from models.borrower.outcome import OutcomeTable, outcome_table
from models.borrower.scale import load_scale
from models.borrower.shapes import load_terms, loglogistic, term_named
from models.training.default_timing import FIRST_YEAR, WINDOW, timing_of

_SIZE, _DPI = (8.0, 3.6), 100
BANDS = ((1989, 1991), (1992, 1995), (1996, 1998), (1999, 2000), (2001, 2003))
"""Fiscal years of approval that are drawn apart."""
BASE_YEARS = (1989, 2000)


def draw_seasoning(tape: Path, path: Path) -> None:
    """Draw the counted and the fitted shape by vintage, and what the lag does to monthly PDs."""
    figure = Figure(_SIZE, _DPI, layout="constrained")
    left, right = figure.subplots(1, 2)
    months = np.arange(WINDOW + 1)
    for number, (first, last) in enumerate(BANDS):
        share = timing_of(tape, first=first, last=last).share()
        left.plot(months, share, f"C{number}", lw=0.9, label=f"{first} to {last}")
    left.plot(months, timing_of(tape).share(), "k", lw=2, label="all, as shipped")
    left.plot(months, _smooth(), "k:", lw=2, label="log-logistic")
    _dress(left, "charge-offs by month on book", "months since disbursement", "share of the window")
    for name in load_terms():
        right.plot(
            np.arange(1, 61), 100 * term_named(name).monthly(0.025, 12, months=60), label=name
        )
    bare = term_named("sba-7a-smooth", lag_months=0)
    right.plot(np.arange(1, 61), 100 * bare.monthly(0.025, 12, months=60), "--", label="no lag")
    _dress(right, "a new loan with one-year PD 2.5 %", "month", "default in the month, %")
    _save(figure, path)


def _smooth() -> Floats:
    """The shipped log-logistic, before its lag, as a share of the window."""
    counted = np.array(loglogistic(64.79, 2.842, WINDOW))
    return np.asarray(counted / counted[-1])


def synthetic_market(rows: int, factor: float, seed: int) -> tuple[Floats, Floats]:
    """Draw PDs over the whole scale, and defaults at `factor` times the odds, `[rows]` each."""
    rng = np.random.default_rng(seed)
    pd = np.exp(rng.uniform(np.log(0.002), np.log(0.3), rows))
    return pd, (rng.random(rows) < shifted(pd, float(np.log(factor)))).astype(float)


def draw_scale(path: Path) -> None:
    """Draw the outcome table of a market with true PDs, and of one in a downturn."""
    figure = Figure(_SIZE, _DPI, layout="constrained")
    for axes, factor, title in zip(
        figure.subplots(1, 2, sharey=True),
        (1.0, 2.0),
        ("true PDs, 8,000 borrowers", "a downturn: odds twice those stated"),
        strict=True,
    ):
        _draw_table(axes, outcome_table(load_scale(), *synthetic_market(8000, factor, 3)))
        _dress(axes, title, "grade", "one-year default rate")
    _save(figure, path)


def _draw_table(axes: Axes, table: OutcomeTable) -> None:
    colours = {"green": "tab:green", "amber": "tab:orange", "red": "tab:red", "none": "grey"}
    for place, line in enumerate(table.grades):
        if line.rate is None or line.low is None or line.high is None:
            continue
        ends = [[line.rate - line.low], [line.high - line.rate]]
        colour = colours[line.light.value]
        axes.errorbar([place], [line.rate], ends, fmt="o", color=colour, capsize=4)
        axes.hlines(line.predicted or 0.0, place - 0.25, place + 0.25, "k")
    axes.plot([], [], "k", label="mean PD")
    axes.plot([], [], "o", color="grey", label="observed, 90 % interval; colour is the light")
    axes.set_xticks(range(len(table.grades)), [line.grade for line in table.grades])
    axes.set_yscale("log")


def levels_by_year(tape: Path) -> tuple[FittedLevel, ...]:
    """Fit the odds factor of each year of approval against the rate of the base years.

    The PD is one figure for all, the weighted charge-off rate of `BASE_YEARS`: this shows the
    swing of the level alone, without any ranking.
    """
    from models.tape import read_tape  # noqa: PLC0415 - the tape's library, only where it is read

    frame = read_tape(tape)
    year = frame["approval_fy"].to_numpy()
    kept = year >= FIRST_YEAR
    outcome, weights = (frame[name].to_numpy().astype(float)[kept] for name in _COLUMNS)
    base = year[kept] <= BASE_YEARS[1]
    rate = float(weights[base] @ outcome[base] / weights[base].sum())
    return fit_overlay(np.full(len(outcome), rate), outcome, year[kept], weights)


_COLUMNS = ("default", "sample_weight")


def draw_overlay(tape: Path, path: Path) -> None:
    """Draw what a factor does to a PD, and which factor each year of approval needed."""
    figure = Figure(_SIZE, _DPI, layout="constrained")
    left, right = figure.subplots(1, 2)
    pd = np.geomspace(0.001, 0.5, 200)
    for factor in (0.25, 0.5, 1.0, 2.0, 4.0):
        left.plot(100 * pd, 100 * shifted(pd, float(np.log(factor))), label=f"x {factor:g}")
    left.set_xscale("log")
    left.set_yscale("log")
    _dress(left, "PD under an odds factor", "PD without, %", "PD with, %")
    for level in levels_by_year(tape):
        if level.multiplier and level.low and level.high:
            ends = [[level.multiplier - level.low], [level.high - level.multiplier]]
            right.errorbar([int(level.period)], [level.multiplier], ends, fmt="ko", ms=3, capsize=2)
    for bound in (0.25, 4.0):
        right.axhline(bound, color="tab:red", ls=":")
    right.axhline(1.0, color="grey", lw=0.8)
    right.set_yscale("log")
    right.set_yticks([0.25, 0.5, 1.0, 2.0, 4.0], ["0.25", "0.5", "1", "2", "4"])
    right.minorticks_off()
    right.set_xticks(range(1990, 2004, 3))
    _dress(right, "factor needed by year of approval", "fiscal year", "odds factor", legend=False)
    _save(figure, path)


def draw_interval(path: Path) -> None:
    """Draw PDs of a synthetic market with their intervals, the truth and the local rates."""
    rng = np.random.default_rng(11)
    score = expit(rng.normal(-3.0, 1.2, 6000))
    truth = expit(-0.3 + 0.8 * logit(score) + 0.05 * np.sin(2 * logit(score)))
    outcome = (rng.random(6000) < truth).astype(float)
    platt = Platt.fit(score[:3000], outcome[:3000])
    table = Intervals.fit(platt.apply(score[3000:]), outcome[3000:])
    line = np.sort(platt.apply(score))
    low, high = table.ends(line)
    figure = Figure((5.0, 3.6), _DPI, layout="constrained")
    axes = figure.subplots()
    axes.fill_between(100 * line, 100 * low, 100 * high, alpha=0.3, label="90 % interval")
    axes.plot(100 * line, 100 * line, "k", lw=1, label="PD as calibrated")
    axes.plot(100 * line, 100 * np.sort(truth), "C3--", lw=1, label="truth")
    axes.set_xscale("log")
    axes.set_yscale("log")
    _dress(axes, "3,000 rows to calibrate, 3,000 to judge", "PD, %", "chance of default, %")
    _save(figure, path)


def draw_all(tape: Path, folder: Path) -> None:
    """Draw every picture of the page into `folder`."""
    draw_seasoning(tape, folder / "default_seasoning.png")
    draw_scale(folder / "default_scale.png")
    draw_overlay(tape, folder / "default_overlay.png")
    draw_interval(folder / "default_interval.png")


def _dress(axes: Axes, title: str, x: str, y: str, *, legend: bool = True) -> None:
    axes.set_title(title, fontsize=10)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(visible=True, alpha=0.3)
    if legend:
        axes.legend(fontsize=7)


def _save(figure: Figure, path: Path) -> None:
    """Write a picture of 64 colours: a third of the bytes."""
    drawn = BytesIO()
    figure.savefig(drawn)
    Image.open(drawn).convert("RGB").quantize(64).save(path, optimize=True)
