"""The chosen fit, grown on all rows, brought to its level and frozen."""

from typing import Any, NamedTuple

import numpy as np
from xgboost import DMatrix

from models.borrower.calibration import Calibration
from models.borrower.encoding import Floats, Step
from models.borrower.scorecard import Scorecard
from models.training.default.card_points import train_scorecard
from models.training.default.choose import Chosen
from models.training.default.columns import Columns
from models.training.default.forward import Split
from models.training.default.level import latest, level_of
from models.training.default.trees import Recipe, faded, grow, turning
from models.training.default.trial import Bench, prepared, settled


class Grown(NamedTuple):
    """What scores, before its calibration.

    Attributes:
        steps: of the matrix.
        scorecard: always trained.
        booster: the trees in binary form; None where the scorecard serves.
        margin: log-odds of the rows learned from, `[n]`.
        rounds: trees.
    """

    steps: tuple[Step, ...]
    scorecard: Scorecard
    booster: bytes | None
    margin: Floats
    rounds: int


def grow_on_all(bench: Bench, chosen: Chosen, *, trees: bool) -> Grown:
    """Train the chosen recipe on all rows; both read the matrix of the one that serves."""
    tape, everyone = bench.tape, np.arange(len(bench.tape.outcome))
    recipe = chosen.recipe if trees else Recipe(chosen.card_half_life)
    made = prepared(bench, Split("all", everyone, everyone[:0]), recipe)
    weights = faded(tape.weights, tape.time, everyone, recipe.half_life)
    steps, kept = bench.grid.frozen(weights), np.arange(made.train.shape[1])
    if recipe.steady and tape.time is not None:
        kept = np.setdiff1d(kept, turning(bench.grid.split(everyone, everyone[:0], weights)[0],
                                          tape.outcome, tape.time))  # fmt: skip
        steps = tuple(steps[at] for at in kept)
    matrix, signs = made.train[:, kept], tuple(bench.signs[at] for at in kept)
    faded_card = faded(tape.weights, tape.time, everyone, chosen.card_half_life)
    card = train_scorecard(matrix, tape.outcome, faded_card, signs)
    if not trees:
        return Grown(steps, card, None, card.margin(matrix), 0)
    final = settled(bench, made, recipe)
    booster = grow(matrix, tape.outcome, weights, final, signs=signs, seed=bench.seed)
    margin = np.asarray(booster.predict(DMatrix(matrix), output_margin=True), float)
    return Grown(steps, card, bytes(booster.save_raw("ubj")), margin, final.rounds)


def level_now(bench: Bench, grown: Grown, form: Calibration) -> float:
    """Return the shift of log-odds that meets the rate of the latest period, 0 without time."""
    if not bench.forward:
        return 0.0
    rows = latest(bench.tape, np.arange(len(bench.tape.outcome)))
    tape = bench.tape
    return level_of(grown.margin[rows], tape.outcome[rows], tape.weights[rows], form)


def spans_of(columns: Columns) -> dict[str, list[float]]:
    """Return the 1 %, 50 % and 99 % quantile of each number column."""
    return {
        name: np.nanquantile(one.column, (0.01, 0.5, 0.99)).tolist()
        for name, one in columns.read.items()
        if one.column.dtype != object
    }


def parameters_of(
    grown: Grown, form: Calibration, level: float, interval: dict[str, Any], columns: Columns
) -> dict[str, Any]:
    """Return all that a score is computed from, but the trees."""
    return {
        "steps": [step.json() for step in grown.steps],
        "scorecard": grown.scorecard.json(),
        "level": level,
        "calibration": form.json(),
        "interval": interval,
        "spans": spans_of(columns),
        "codes": {name: one.digits for name, one in columns.read.items() if one.digits},
    }
