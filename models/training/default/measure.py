"""How a chosen fit did on rows it never saw, with and without an overlay."""

from collections.abc import Mapping
from math import isnan, nan
from typing import Any

import numpy as np

from kernel.errors import Invalid
from models.borrower.calibration import Calibration
from models.borrower.encoding import Floats
from models.borrower.level import FittedLevel, fit_overlay
from models.borrower.odds import expit, shifted
from models.borrower.outcome import outcome_table
from models.borrower.scale import load_scale
from models.governance.metrics import (
    auc,
    brier_skill,
    calibration_slope,
    deciles,
    ece,
    gini,
    ks,
    lift,
)
from models.training.default.ask import Tape
from models.training.default.level import Later, latest, level_of
from models.training.default.trial import Foreseen, Trial


def figures(outcome: Floats, p: Floats, weights: Floats) -> dict[str, float]:
    """Return the measures of probabilities `p[n]` against outcomes `[n]`.

    The calibration line is left out where it does not exist: a column that knows the outcome
    parts the rows without error.
    """
    try:
        intercept, slope = calibration_slope(outcome, p, weights)
    except Invalid:
        intercept, slope = nan, nan
    found = {
        "auc": auc(outcome, p, weights),
        "gini": gini(outcome, p, weights),
        "ks": ks(outcome, p, weights),
        "brier_skill": brier_skill(outcome, p, weights),
        "calibration_intercept": intercept,
        "calibration_slope": slope,
        "ece": ece(outcome, p, weights=weights),
        "lift_top_decile": lift(outcome, p, weights=weights),
        "base_rate": float(np.average(outcome, weights=weights)),
        "mean_pd": float(np.average(p, weights=weights)),
    }
    return {name: value for name, value in found.items() if not isnan(value)}


def forward_lines(tape: Tape, best: Trial, card: Trial, form: Calibration) -> list[dict[str, Any]]:
    """Return a line for each forward split: as it stood then, and with each period's overlay.

    As it stood then: at the level of its own latest period. With the overlay: the odds of each
    later year multiplied by the factor that meets that year's rate, held to 0.25 to 4; this is
    what a true forecast of the level would have been worth, no forecast that was made.
    """
    lines = []
    for one, other in zip(best.foreseen, card.foreseen, strict=True):
        rows = one.split.test
        outcome, weights = tape.outcome[rows], tape.weights[rows]
        p = as_it_stood(tape, one, form)
        levels = overlay_levels(tape, one, p)
        with_overlay = overlaid(tape, one, p, levels)
        then = figures(outcome, p, weights)
        lines.append(
            {
                "split": one.split.name,
                "rows": len(rows),
                "defaults": int(outcome.sum()),
                "auc": then["auc"],
                "scorecard_auc": auc(outcome, other.test, weights),
                "ks": then["ks"],
                "calibration_slope": then.get("calibration_slope"),
                "observed_over_expected": then["base_rate"] / then["mean_pd"],
                "brier_skill": then["brier_skill"],
                "brier_skill_with_overlay": brier_skill(outcome, with_overlay, weights),
            }
        )
    return lines


def as_it_stood(tape: Tape, one: Foreseen, form: Calibration) -> Floats:
    """Return the PDs of later rows `[s]` at the level of the latest period learned from."""
    recent = latest(tape, one.split.train)
    rows = one.split.train[recent]
    level = level_of(one.train[recent], tape.outcome[rows], tape.weights[rows], form)
    return form.apply(expit(one.test + level))


def overlay_levels(tape: Tape, one: Foreseen, p: Floats) -> tuple[FittedLevel, ...]:
    """Return the factor of the odds that each later year turned out to need."""
    rows = one.split.test
    return fit_overlay(p, tape.outcome[rows], periods(tape, one), tape.weights[rows])


def periods(tape: Tape, one: Foreseen) -> Floats:
    """Return the period of each later row: its year, or all as one `[s]`."""
    assert tape.time is not None, "only a tape with time has periods"
    time = tape.time[one.split.test]
    return np.asarray(np.floor(time) if tape.calendar else np.zeros(len(time)))


def overlaid(tape: Tape, one: Foreseen, p: Floats, levels: tuple[FittedLevel, ...]) -> Floats:
    """Multiply the odds of each row by its period's factor, held to 0.25 to 4."""
    when, found = periods(tape, one), np.array(p)
    for level in levels:
        here = when == float(level.period)
        factor = np.clip(level.multiplier or 1.0, 0.25, 4.0)
        found[here] = shifted(p[here], float(np.log(factor)))
    return found


def tables(later: Later, p: Floats) -> Mapping[str, Any]:
    """Return deciles and the outcome table of the master scale, of PDs `p[n]` of later rows.

    Weights are brought to a mean of 1, so that a Poisson band counts rows.
    """
    lines = deciles(later.outcome, p, weights=later.weights / later.weights.mean())
    return {
        "deciles": [line.json() for line in lines],
        "deciles_outside": sum(not line.inside for line in lines),
        "grades": outcome_table(load_scale(), p, later.outcome, later.weights).json(),
    }
