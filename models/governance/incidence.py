"""Chance of each of several ends by a time, the others standing in its way: Aalen-Johansen."""

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.governance.arrays import FloatArray, numbers, same_length
from models.governance.lives import product_limit, risk_sets, spans


def aalen_johansen(
    entry: ArrayLike,
    exit: ArrayLike,  # noqa: A002 - entry and exit are the trade's pair
    cause: ArrayLike,
    times: ArrayLike,
) -> dict[int, FloatArray]:
    """Cumulative incidence of each cause by each of `times`, `[m]`, with delayed entry.

    F_k(t) = sum over event times s <= t of S(s-) d_k(s) / n(s), with S the Kaplan-Meier
    curve of all causes together (Aalen and Johansen 1978); never 1 - KM of one cause.

    Args:
        entry: `[n]`.
        exit: above entry, `[n]`.
        cause: 0 for censored, else 1, 2 ..., `[n]`.
        times: `[m]`.
    """
    start, end = spans(entry, exit)
    why, when = numbers("cause", cause), numbers("times", times)
    same_length("cause", why, end)
    if (why < 0).any() or (why != np.round(why)).any():
        raise invalid("cause", "is no whole number of 0 or more", "code censored as 0")
    risk = risk_sets(start, end, (why > 0).astype(float))
    before = product_limit(risk).before(risk.times)
    place = np.searchsorted(risk.times, when, side="right")
    found = {}
    for kind in np.unique(why[why > 0]):
        count = np.bincount(np.searchsorted(risk.times, end[why == kind]), minlength=before.size)
        incidence = np.cumsum(before * count / risk.at_risk)
        found[int(kind)] = np.concatenate(([0.0], incidence))[place]
    return found
