"""Squared distance of probability and outcome, and how much of it knowledge takes away."""

from numpy.typing import ArrayLike

from models.governance.arrays import both_outcomes, foreseen


def brier(outcome: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Mean squared distance of probability and outcome, 0 (best) to 1.

    >>> brier([0, 1], [0.5, 0.5])
    0.25
    """
    happened, chance, mass = foreseen(outcome, p, weights)
    return float(mass @ (chance - happened) ** 2 / mass.sum())


def brier_skill(outcome: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return 1 - BS / BS of the base rate of these very rows; above 0 beats the base rate.

    >>> brier_skill([0, 1], [0.0, 1.0])
    1.0
    """
    happened, _, mass = foreseen(outcome, p, weights)
    with_event, without = both_outcomes(happened, mass)
    rate = with_event / (with_event + without)
    return 1 - brier(outcome, p, weights) / (rate * (1 - rate))
