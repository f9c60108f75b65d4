"""Level and calibration: fitted on periods later than those learned from, or on rows left out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.borrower.calibration import (
    BetaCalibration,
    Calibration,
    Identity,
    Isotonic,
    Platt,
)
from models.borrower.encoding import Codes, Floats
from models.borrower.odds import expit, inside, root
from models.training.default.ask import Tape
from models.training.default.forward import random_folds
from models.training.default.trial import Foreseen

_LATEST_YEARS, _LATEST_SHARE = 1.0, 0.1
_LEAST = 50
_WORTH = {"platt": 0.0, "beta": 0.0005, "isotonic": 0.01}
"""Share of the log loss that a form must gain to unseat a simpler one; any shape, most."""


class Later(NamedTuple):
    """Rows foreseen by a fit that never saw them.

    Attributes:
        p: probability, in forward splits brought to the mean level of its period, `[n]`.
        outcome: `[n]`.
        weights: `[n]`.
        rows: places on the tape, `[n]`.
        block: third of time of each row, in forward splits; else a random fifth, `[n]`.
        forward: whether blocks are in order of time.
    """

    p: Floats
    outcome: Floats
    weights: Floats
    rows: Codes
    block: Codes
    forward: bool

    def parts(self, form: "type[Platt | BetaCalibration | Isotonic] | None") -> Floats:
        """Return probabilities `[n]`, each by a form that was fitted on other blocks.

        Where blocks are in order of time these are the earlier ones, but for the first block.
        """
        found = np.array(self.p)
        if form is None:
            return found
        for k in np.unique(self.block):
            here = self.block == k
            rest = self.block < k if self.forward and k else ~here
            found[here] = form.fit(self.p[rest], self.outcome[rest], self.weights[rest]).apply(
                self.p[here]
            )
        return found


def later_rows(
    tape: Tape, foreseen: tuple[Foreseen, ...], *, forward: bool, seed: int = 0
) -> Later:
    """Gather the rows judged on; forward splits count 1, 2, 3, 4, the latest most.

    In forward splits the level is not to be learned from the past's error: it moves. What is
    learned is the shape, so each split's log-odds are shifted to meet its mean rate.
    """
    p, weights = [], []
    for place, one in enumerate(foreseen):
        outcome, mass = tape.outcome[one.split.test], tape.weights[one.split.test]
        shift = level_of(one.test, outcome, mass, Identity()) if forward else 0.0
        p.append(inside(expit(one.test + shift)))
        weights.append((place + 1) * mass / mass.sum() if forward else mass)
    gathered = np.concatenate(weights)
    rows = np.concatenate([one.split.test for one in foreseen])
    if forward:
        assert tape.time is not None, "only a tape with time is judged forward"
        cuts = np.quantile(tape.time[rows], (1 / 3, 2 / 3))
        block = np.unique(np.searchsorted(cuts, tape.time[rows]), return_inverse=True)[1]
    else:
        block = np.empty(len(rows), np.intp)
        for place, split in enumerate(random_folds(tape.outcome[rows], seed)):
            block[split.test] = place
    return Later(
        np.concatenate(p), tape.outcome[rows], gathered / gathered.mean(), rows, block, forward
    )


class Found(NamedTuple):
    """The calibration that was chosen.

    Attributes:
        form: fitted on all later rows.
        loss: log loss of each form on rows left out of its fit.
        crossed: calibrated probabilities, each by a form that its row was left out of, `[n]`.
    """

    form: Calibration
    loss: dict[str, float]
    crossed: Floats


def calibrated(later: Later) -> Found:
    """Choose the form with the least log loss on rows that it was not fitted on.

    A slope need only be better than none; beta must gain 0.05 % on it, isotonic 1 %. In forward
    splits it is fitted on earlier rows and judged on later ones, so that it must last.
    """
    crossed = {name: later.parts(form) for name, form in _FORMS.items()}
    judged = later.block > 0 if later.forward and later.block.any() else later.block >= 0
    loss = {name: _loss(p[judged], later, judged) for name, p in crossed.items()}
    best = "identity"
    for name, worth in _WORTH.items():
        if loss[name] < loss[best] * (1 - worth):
            best = name
    form = _FORMS[best]
    return Found(form.fit(*later[:3]) if form else Identity(), loss, crossed[best])


_FORMS: dict[str, type[Platt | BetaCalibration | Isotonic] | None] = {
    "identity": None,
    "platt": Platt,
    "beta": BetaCalibration,
    "isotonic": Isotonic,
}


def _loss(p: Floats, later: Later, here: NDArray[np.bool_]) -> float:
    """Return the weighted mean log loss of some rows."""
    held, outcome, weights = inside(p), later.outcome[here], later.weights[here]
    log = outcome * np.log(held) + (1 - outcome) * np.log1p(-held)
    return -float(weights @ log) / float(weights.sum())


def latest(tape: Tape, rows: Codes) -> Codes:
    """Return which of `rows` are of the latest year (or tenth); more, until 50 defaulted."""
    assert tape.time is not None, "only a tape with time has a latest period"
    time, outcome = tape.time[rows], tape.outcome[rows]
    end = time.max()
    step = _LATEST_YEARS if tape.calendar else max(_LATEST_SHARE * np.ptp(time), 1e-9)
    here = time > end - step
    while outcome[here].sum() < min(_LEAST, outcome.sum()) and not here.all():
        step *= 2
        here = time > end - step
    return np.flatnonzero(here)


def level_of(margin: Floats, outcome: Floats, weights: Floats, form: Calibration) -> float:
    """Return the shift of log-odds at which the mean calibrated probability is the rate."""
    wanted = float(weights @ outcome) / float(weights.sum())
    return root(
        lambda x: float(weights @ form.apply(expit(margin + x))) / float(weights.sum()), wanted
    )
