"""How well a score ranks: AUC, Gini, KS and lift, exact with ties and weights."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.governance.arrays import FloatArray, both_outcomes, judged, summed


class Steps(NamedTuple):
    """Weight with (`events`) and without (`others`) the event at each distinct score, ascending."""

    events: FloatArray
    others: FloatArray


def steps(outcome: FloatArray, score: FloatArray, weights: FloatArray) -> Steps:
    """Add up the weight at each distinct score."""
    distinct, place = np.unique(score, return_inverse=True)
    events, others = weights * outcome, weights * (1 - outcome)
    return Steps(*(summed(place, one, distinct.size) for one in (events, others)))


def auc(outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Chance that a row with the event scores above one without; ties count half.

    Mann-Whitney U over the number of pairs (Hanley and McNeil 1982); O(n log n). A higher
    score means a likelier event.

    Args:
        outcome: 0 or 1, `[n]`.
        score: any order, `[n]`.
        weights: 0 or more, `[n]`; one each where left out.

    >>> auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    0.75
    """
    happened, ranked, mass = judged(outcome, score, weights)
    total_events, total_others = both_outcomes(happened, mass)
    events, others = steps(happened, ranked, mass)
    below = np.cumsum(others) - others / 2
    return float(events @ below / (total_events * total_others))


def gini(outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return 2 AUC - 1, the accuracy ratio of a two-class score: -1 to 1.

    >>> gini([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    0.5
    """
    return 2 * auc(outcome, score, weights) - 1


def ks(outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Greatest distance between the score's distributions with and without the event, 0 to 1.

    >>> ks([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    0.5
    """
    happened, ranked, mass = judged(outcome, score, weights)
    total_events, total_others = both_outcomes(happened, mass)
    events, others = steps(happened, ranked, mass)
    apart = np.cumsum(events) / total_events - np.cumsum(others) / total_others
    return float(np.abs(apart).max())


def lift(
    outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None = None, *, top: float = 0.1
) -> float:
    """Event rate among the `top` share of highest scores over the event rate of all.

    The share is of weight. Where the border falls among rows of one score, each of them
    counts in part, so that the order of rows does not matter.

    >>> lift([1, 0, 0, 0], [0.9, 0.5, 0.4, 0.1], top=0.5)
    2.0
    """
    if not 0 < top <= 1:
        raise invalid("top", f"{top} is no share", "give a share above 0 and up to 1")
    happened, ranked, mass = judged(outcome, score, weights)
    total_events, total_others = both_outcomes(happened, mass)
    events, others = steps(happened, ranked, mass)
    all_mass = (events + others)[::-1]
    room = top * (total_events + total_others)
    before = np.cumsum(all_mass) - all_mass
    taken = np.clip((room - before) / np.where(all_mass > 0, all_mass, 1), 0, 1)
    return float(events[::-1] @ taken / room * (total_events + total_others) / total_events)
