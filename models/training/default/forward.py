"""Splits of a tape: forward in time where it has one, else random and stratified."""

from typing import NamedTuple

import numpy as np

from models.borrower.encoding import Codes, Floats
from models.training.default.ask import Tape

_CUTS = (0.5, 0.65, 0.8, 0.9)
_LEAST = 100
_FOLDS = 5


class Split(NamedTuple):
    """Rows to learn from and rows to be judged on.

    Attributes:
        name: in words.
        train: places of rows, `[t]`.
        test: places of rows, `[s]`.
    """

    name: str
    train: Codes
    test: Codes


def splits_of(tape: Tape, seed: int) -> tuple[list[Split], bool]:
    """Return the splits, and whether they are forward.

    Forward: up to four origins, where half, 65, 80 and 90 % of the rows are past; each is judged
    on all that came later, near and far. An origin needs 100 defaults (or a quarter of all) on
    both sides. Without time, or where no origin has them: five random folds.
    """
    if tape.time is not None and (found := _forward(tape.time, tape.outcome)):
        return found, True
    return random_folds(tape.outcome, seed), False


def _forward(time: Floats, outcome: Floats) -> list[Split]:
    order = np.sort(time)
    least = min(_LEAST, outcome.sum() / 4)
    found: list[Split] = []
    for share in _CUTS:
        cut = order[int(share * len(order)) - 1]
        past = time <= cut
        if any(len(split.train) == past.sum() for split in found):
            continue
        sides = (past, ~past)
        if min(_rarer(outcome[side]) for side in sides) >= least:
            name = f"to {cut:.6g}, then to {order[-1]:.6g}"
            found.append(Split(name, np.flatnonzero(past), np.flatnonzero(~past)))
    return found


def _rarer(outcome: Floats) -> float:
    return min(float(outcome.sum()), float((1 - outcome).sum()))


def random_folds(outcome: Floats, seed: int, folds: int = _FOLDS) -> list[Split]:
    """Return stratified random folds: each holds its share of the defaults."""
    drawn = np.random.default_rng(seed)
    fold = np.empty(len(outcome), np.intp)
    for value in (0.0, 1.0):
        rows = np.flatnonzero(outcome == value)
        fold[rows] = drawn.permutation(len(rows)) % folds
    return [
        Split(f"fold {k + 1} of {folds}", np.flatnonzero(fold != k), np.flatnonzero(fold == k))
        for k in range(folds)
    ]
