"""The normal law over arrays: both tails to full precision, without scipy."""

from math import erfc, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

_ERFC = np.frompyfunc(erfc, 1, 1)
_INVERSE = np.frompyfunc(NormalDist().inv_cdf, 1, 1)
_ROOT_TWO = sqrt(2.0)


def lower(z: ArrayLike) -> FloatArray:
    """Phi(z), the area below `z`; same shape as `z`.

    >>> round(float(lower(1.96)), 4)
    0.975
    """
    return 0.5 * np.asarray(_ERFC(-np.asarray(z, dtype=float) / _ROOT_TWO), dtype=float)


def upper(z: ArrayLike) -> FloatArray:
    """1 - Phi(z), the area above `z`, exact also where it is as small as 1e-300."""
    return lower(-np.asarray(z, dtype=float))


def slab(low: ArrayLike, high: ArrayLike) -> FloatArray:
    """Phi(high) - Phi(low) for low <= high, taken on the side where the areas are small."""
    low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    above = low > 0
    return np.where(
        above,
        upper(np.where(above, low, 0.0)) - upper(np.where(above, high, 0.0)),
        lower(high) - lower(low),
    )


def quantile(p: ArrayLike) -> FloatArray:
    """Phi^-1(p) for p in [0, 1]: minus infinity at 0, infinity at 1."""
    p = np.asarray(p, dtype=float)
    inside = (p > 0) & (p < 1)
    z = np.asarray(_INVERSE(np.where(inside, p, 0.5)), dtype=float)
    return np.where(inside, z, np.where(p <= 0, -np.inf, np.inf))
