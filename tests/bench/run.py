"""What must be fast, measured: `make bench`. Ratios hold on any machine, times on this one.

Leaves with 1 where a bound is missed.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from letters import compared as letters_compared
from quotes import compared
from rich.console import Console
from rich.table import Table

from models.borrower.curve import DefaultCurve
from models.borrower.scored import ScoreLaw
from models.features import Feature, Missing
from models.fit_file import FitFile, write_fit
from models.hazard.batch import score_frame
from models.priors import load_priors
from models.right import RightLife
from models.shelf import fit_named, in_force

ROWS, COLUMNS, ROUNDS, ONES = 2_000_000, 12, 7, 300
AGES = np.linspace(0.1, 20.0, 300)
HAZARDS = AGES**1.5 / 60.0
BETA = (np.arange(COLUMNS) - 5.5) / 60.0


class Line(NamedTuple):
    """One bound and what was measured."""

    what: str
    bound: str
    reached: str
    held: bool


def borrower_and_right() -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Serve one borrower and one right with full curves; the second gives reasons as well."""
    (row,) = (one for one in in_force().rows if one.purpose == "borrower_score")
    law, table = ScoreLaw.of(fit_named(row.champion)), load_priors()
    accounts = {f.name: f.typical for f in law.fit.fit.features}
    months = [float(month) for month in range(121)]

    def serve() -> None:
        raw = law.fit.pd(accounts)
        curve = DefaultCurve.of_pd(
            raw, 1.0, correlation=0.05, interval=law.fit.interval(raw), fit_id="bench"
        )
        curve.monthly(36)
        life = RightLife.of("invention", age_years=3.0, years_left=12.0, table=table)
        life.curve(months)

    def serve_with_reasons() -> None:
        serve()
        law.score(accounts, table)

    return serve, serve_with_reasons


def milliseconds(work: Callable[[], Any]) -> float:
    """Median of many single runs."""
    work()
    times = []
    for _ in range(ONES):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return 1e3 * median(times)


def hazard_fit(form: str, frame: pl.DataFrame) -> FitFile:
    """A frozen fit of known figures over numbers and logarithms of counts."""
    features = tuple(
        Feature(
            name, low=-1e3, high=1e3, missing=Missing.FILL, fill=0.0,
            seen_low=float(frame[name].min()), seen_high=float(frame[name].max()),
        )
        for name in frame.columns
    )  # fmt: skip
    law = {"ages": AGES.tolist(), "hazard": HAZARDS.tolist()}
    cox = form == "hazard.cox"
    return FitFile.named(
        "bench", form, made_on="2026-01-01", tape={}, features=features, metrics={},
        parameters={
            "terms": [{"feature": name, "take": taken(name)} for name in frame.columns],
            "offset": [0.1] if cox else [2.0, 0.3],
            "matrix": [BETA.tolist()] if cox else [BETA.tolist(), [0.0] * COLUMNS],
            "law": law if cox else {},
            "stratum": None, "reference": 10.0, "horizon": 20.0,
        },
    )  # fmt: skip


def taken(name: str) -> str:
    """How a column enters: the last four are counts."""
    return "value" if int(name[1:]) < COLUMNS - 4 else "log1p"


def by_hand(form: str, frame: pl.DataFrame, at: tuple[float, ...]) -> pl.DataFrame:
    """The same scores as a person would write them in polars."""
    parts = [pl.col(n) if taken(n) == "value" else pl.col(n).log1p() for n in frame.columns]
    score = sum((part * b for part, b in zip(parts, BETA.tolist(), strict=True)), pl.lit(0.0))

    def hazard(age: float) -> pl.Expr:
        if form == "hazard.cox":
            return (score + 0.1).exp() * float(np.interp(age, AGES, HAZARDS))
        return ((float(np.log(age)) - 2.0 - score) * float(np.exp(0.3))).exp()

    asked = [hazard(10.0).alias("risk")]
    asked += [(-hazard(age)).exp().alias(f"survival_{age:g}") for age in at]
    return frame.lazy().select(asked).collect(engine="streaming")


def batches() -> list[Line]:
    """Score a batch against the expression written by hand, in turn, in one run."""
    rng = np.random.default_rng(1)
    columns = {
        f"c{i}": rng.normal(size=ROWS)
        if i < COLUMNS - 4
        else rng.integers(0, 40, ROWS).astype(float)
        for i in range(COLUMNS)
    }
    frame, lines = pl.DataFrame(columns), []
    for form in ("hazard.cox", "hazard.weibull"):
        fit, at = hazard_fit(form, frame), (8.0, 10.0, 12.0)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / fit.fit_id
            write_fit(folder, fit)
            ours, theirs = [], []
            for _ in range(ROUNDS):
                start = perf_counter()
                scores = score_frame(folder, frame, at)
                ours.append(perf_counter() - start)
                start = perf_counter()
                hand = by_hand(form, frame, at)
                theirs.append(perf_counter() - start)
        gap = max(float((scores[c] - hand[c]).abs().max()) for c in scores.columns)
        assert gap < 1e-9, f"{form}: the two differ by {gap}"
        ratio = median(theirs) / median(ours)
        words = f"{ratio:.2f} ({ROWS / median(ours) / 1e6:.1f} million rows a second)"
        lines.append(Line(f"batch {form}, over polars by hand", "0.90", words, ratio >= 0.90))
    return lines


def main() -> int:
    """Measure all; return the exit status."""
    bare, reasons = borrower_and_right()
    one, two = milliseconds(bare), milliseconds(reasons)
    lines = [
        Line("one borrower and one right, full curves", "2 ms", f"{one:.2f} ms", one < 2.0),
        Line("the same with reasons", "12 ms", f"{two:.2f} ms", two < 12.0),
        *batches(),
        *(Line(*line) for line in compared()),
        *(Line(*line) for line in letters_compared()),
    ]
    table = Table(title="Speed")
    for heading in ("what", "bound", "reached", ""):
        table.add_column(heading)
    for line in lines:
        table.add_row(line.what, line.bound, line.reached, "ok" if line.held else "MISSED")
    Console().print(table)
    return 0 if all(line.held for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
