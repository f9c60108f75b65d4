"""Rows with a known outcome: what a calibration, a scale or an overlay is fitted on."""

from dataclasses import dataclass

import numpy as np

from kernel.errors import Fault, Invalid
from models.borrower.odds import Floats, expit, inside

_STEPS = 200
_CLOSE = 1e-12
_RIDGE = 1e-6
"""Pull towards the start, in rows: holds a fit finite where a score splits all outcomes."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Scores with outcomes, checked.

    Attributes:
        score: probability of default, within 1e-9 of 0 and 1, `[n]`.
        outcome: 1 for a default, else 0, `[n]`.
        weights: above zero, `[n]`; rows of weight nought are left out.
    """

    score: Floats
    outcome: Floats
    weights: Floats


def rows_of(
    score: Floats, outcome: Floats, weights: Floats | None = None, *, both: bool = True
) -> Rows:
    """Check `score[n]`, `outcome[n]`, `weights[n]` (None: 1 each), all their faults at once.

    Raises:
        Invalid: lengths differ, a score is no probability, an outcome is not 0 or 1, a weight
            is negative, or (where `both`) only one of the two outcomes occurs.
    """
    p, d = np.asarray(score, float), np.asarray(outcome, float)
    w = np.ones(len(p)) if weights is None else np.asarray(weights, float)
    faults = [Fault(*fault) for fault in _faults(p, d, w)]
    if faults:
        raise Invalid("rows", *faults)
    kept = w > 0.0
    if both and len(np.unique(d[kept])) < 2:  # noqa: PLR2004 - the two outcomes
        only = Fault("outcome", "has one value only", "use a period with defaults and without")
        raise Invalid("rows", only)
    return Rows(inside(p[kept]), d[kept], w[kept])


def _faults(p: Floats, d: Floats, w: Floats) -> list[tuple[str, str, str]]:
    """Return (field, problem, cure) of everything wrong with the three columns."""
    if not len(p) == len(d) == len(w):
        lengths = f"{len(p)} scores, {len(d)} outcomes, {len(w)} weights"
        return [("score", lengths, "give one of each per row")]
    faults = []
    if not np.all((p >= 0.0) & (p <= 1.0)):
        faults.append(("score", "is missing or outside 0 to 1", "give probabilities"))
    if not np.all((d == 0.0) | (d == 1.0)):
        faults.append(("outcome", "is not 0 or 1", "write 1 for a default, 0 for none"))
    if not np.all((w >= 0.0) & np.isfinite(w)) or not np.any(w > 0.0):
        faults.append(("weights", "are missing, negative or all nought", "give weights above zero"))
    return faults


def logistic(columns: Floats, rows: Rows, start: Floats, offset: Floats | None = None) -> Floats:
    """Weighted logistic regression of the outcome on `columns[n, k]`: coefficients `[k]`.

    Damped Newton steps on the log-likelihood from `start[k]`, log-odds = columns b + `offset[n]`.
    """
    fixed = np.zeros(len(columns)) if offset is None else offset
    pull = _RIDGE * rows.weights.mean()
    beta, loss = start, _loss(columns, rows, start, fixed)
    for _ in range(_STEPS):
        p = expit(columns @ beta + fixed)
        slope = columns.T @ (rows.weights * (p - rows.outcome)) + pull * (beta - start)
        bend = (columns.T * (rows.weights * p * (1.0 - p))) @ columns + pull * np.eye(len(beta))
        step, size = np.linalg.solve(bend, slope), 1.0
        while (new := _loss(columns, rows, beta - size * step, fixed)) > loss and size > _CLOSE:
            size /= 2.0
        if size <= _CLOSE:
            break
        beta, gain, loss = beta - size * step, loss - new, new
        if gain <= _CLOSE * abs(loss) and np.max(np.abs(step)) < _CLOSE**0.5:
            break
    return beta


def _loss(columns: Floats, rows: Rows, beta: Floats, fixed: Floats) -> float:
    """Return the negative log-likelihood, sum of w (ln(1 + e^z) - d z)."""
    z = columns @ beta + fixed
    return float(rows.weights @ (np.logaddexp(0.0, z) - rows.outcome * z))


def effective_rows(outcome: Floats, weights: Floats) -> float:
    """Rows of weight 1 that would tell the rate as well as these weighted ones.

    r (1 - r) (sum w)^2 / sum w^2 (d - r)^2 with r the weighted rate (Taylor linearisation); equal
    weights give n. Where all outcomes are one it is Kish's (sum w)^2 / sum w^2.

    >>> round(effective_rows(np.array([0.0, 0.0, 1.0]), np.array([2.0, 2.0, 2.0])), 9)
    3.0
    """
    total = float(weights.sum())
    rate = float(weights @ outcome) / total
    spread = float(weights**2 @ (outcome - rate) ** 2)
    if spread <= _CLOSE * float(weights @ weights):
        return total * total / float(weights @ weights)
    return rate * (1.0 - rate) * total * total / spread
