"""Probabilities on the scale of log-odds."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EDGE = 1e-9
"""Nearest that a probability may come to 0 or 1 before its log-odds are taken."""
_CLOSE = 1e-12
LEAST_SLOPE = 1e-3
"""Least slope on the log-odds scale: keeps a ranking where the outcomes show none."""


def inside(p: Floats) -> Floats:
    """Return `p[n]` held within `EDGE` of 0 and 1."""
    return np.asarray(np.clip(p, EDGE, 1.0 - EDGE), float)


def logit(p: Floats) -> Floats:
    """ln(p / (1 - p)), `[n]`; p is first held inside.

    >>> float(logit(np.array([0.5]))[0])
    0.0
    """
    held = inside(p)
    return np.asarray(np.log(held) - np.log1p(-held))


def expit(z: Floats) -> Floats:
    """1 / (1 + exp(-z)), `[n]`, without overflow: p of log-odds z.

    >>> expit(np.array([-800.0, 0.0, 800.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0.0, 1.0, small) / (1.0 + small))


def shifted(p: Floats, log_factor: float) -> Floats:
    """Multiply the odds by m = exp(log_factor): p -> m p / (1 - p + m p), `[n]`.

    >>> shifted(np.array([0.0, 0.5, 1.0]), np.log(3.0)).round(6).tolist()
    [0.0, 0.75, 1.0]
    """
    p = np.asarray(p, float)
    risen = np.exp(log_factor) * p
    return np.asarray(risen / (1.0 - p + risen))


def root(rising: Callable[[float], float], wanted: float, bound: float = 30.0) -> float:
    """Solve rising(x) = wanted for x in -bound to bound, by halving; the nearer end if outside.

    >>> round(root(lambda x: x**3, 8.0), 9)
    2.0
    """
    low, high = -bound, bound
    while (middle := (low + high) / 2.0) not in (low, high) and high - low > _CLOSE:
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2.0
