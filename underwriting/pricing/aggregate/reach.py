"""How far a year's payments can reach: the amount exceeded with a chance of at most 1e-12.

Chernoff's bound. A payment of mean q b that never passes b is dominated, in every exponential
moment, by one that is b with chance q and else nought; so with z = exp(t b)

    P(S > s) <= P(1 + q (z - 1)) exp(-t s)
"""

from collections.abc import Sequence
from math import inf, log

import numpy as np

from underwriting.pricing.aggregate.frequency import Frequency

_LEFT = log(1e-12)
_TILTS = np.geomspace(1e-6, 60.0, 160)
"""Exponents t b that are tried: the least bound of all wins, each of them holds."""


def reach(parts: Sequence[tuple[Frequency, float, float]]) -> float:
    """Return an amount that the sum of independent parts passes with a chance of at most 1e-12.

    Args:
        parts: law of the number, mean of a payment, most that a payment can be (above 0).
    """
    top = max(most for _, _, most in parts)
    grown = np.zeros_like(_TILTS)
    for frequency, mean, most in parts:
        z = 1.0 + mean / most * np.expm1(_TILTS * most / top)
        inside = z < frequency.radius
        logs = frequency.log_none + frequency.log_ratio(np.where(inside, z, 0.0))
        grown += np.where(inside, logs, inf)
    return top * float(np.min((grown - _LEFT) / _TILTS))
