"""The curves of a ranking: ROC and gains."""

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.governance.arrays import (
    FloatArray,
    both_outcomes,
    judged,
    masses,
    numbers,
    same_length,
    summed,
)
from models.governance.ranking import steps


def roc(
    outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return the ROC's corners from (0, 0) to (1, 1): false and true positive rates."""
    happened, ranked, mass = judged(outcome, score, weights)
    total_events, total_others = both_outcomes(happened, mass)
    found = steps(happened, ranked, mass)
    true = np.concatenate(([0.0], np.cumsum(found.events[::-1]) / total_events))
    false = np.concatenate(([0.0], np.cumsum(found.others[::-1]) / total_others))
    return false, true


def gains(
    outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return the gains curve from (0, 0) to (1, 1): share of rows taken, share of events caught.

    The outcome may be any amount of 0 or more, such as a loss, and not only 0 and 1.
    """
    amount, ranked = numbers("outcome", outcome), numbers("score", score)
    same_length("score", ranked, amount)
    mass = masses(weights, amount)
    if amount.min() < 0 or mass @ amount <= 0:
        raise invalid("outcome", "is negative or nought in all rows", "give rows with an event")
    distinct, place = np.unique(-ranked, return_inverse=True)
    taken = summed(place, mass, distinct.size)
    return _from_nought(taken), _from_nought(summed(place, mass * amount, distinct.size))


def _from_nought(parts: FloatArray) -> FloatArray:
    return np.concatenate(([0.0], np.cumsum(parts) / parts.sum()))
