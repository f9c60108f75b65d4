"""Are probabilities spread as wide as outcomes are? The logistic calibration line."""

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.governance.arrays import FloatArray, both_outcomes, foreseen

_EDGE = 1e-12
_ROUNDS = 100
_CLOSE = 1e-10


def calibration_slope(
    outcome: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None
) -> tuple[float, float]:
    """Return (intercept, slope) of the logistic regression of outcome on logit p (Cox 1958).

    (0, 1) is perfect; a slope below 1 says that the probabilities are spread too wide. Chances
    are kept 1e-12 off 0 and 1.

    Raises:
        Invalid: all chances are equal, or they part the outcomes without error, so that no
            finite slope exists.
    """
    happened, chance, mass = foreseen(outcome, p, weights)
    both_outcomes(happened, mass)
    kept = np.clip(chance, _EDGE, 1 - _EDGE)
    logit = np.log(kept) - np.log1p(-kept)
    if np.ptp(logit[mass > 0]) < _CLOSE:
        raise invalid("p", "is the same in every row", "judge a score that tells rows apart")
    if _parted(logit[(happened == 1) & (mass > 0)], logit[(happened == 0) & (mass > 0)]):
        raise invalid("p", "parts the outcomes without error", "judge on more rows")
    design = np.column_stack((np.ones_like(logit), logit))
    intercept, slope = _logistic(design, happened, mass / mass.sum())
    return float(intercept), float(slope)


def _logistic(design: FloatArray, outcome: FloatArray, mass: FloatArray) -> FloatArray:
    """Newton's method with halved steps from (0, 1), weights summing to 1."""
    beta = np.array([0.0, 1.0])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -700, 700)))
        gradient = design.T @ (mass * (outcome - chance))
        if np.abs(gradient).max() < _CLOSE:
            return beta
        spread = mass * chance * (1 - chance)
        curvature = design.T @ (design * spread[:, None])
        step = np.linalg.solve(curvature, gradient)
        while _loss(design @ (beta + step), outcome, mass) > _loss(design @ beta, outcome, mass):
            step = step / 2
            if np.abs(step).max() < _EDGE:
                return beta
        beta = beta + step
    raise AssertionError("Newton's method on a convex loss comes to its end")


def _parted(events: FloatArray, others: FloatArray) -> bool:
    """Whether one bound lies between all events and all others: then no slope is finite."""
    return bool(events.min() >= others.max() or others.min() >= events.max())


def _loss(logit: FloatArray, outcome: FloatArray, mass: FloatArray) -> float:
    return float(mass @ (np.logaddexp(0, logit) - outcome * logit))
