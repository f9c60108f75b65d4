"""Upper tail of the normal law for arrays, without scipy.

`erfc` by the rational approximations of W. J. Cody, "Rational Chebyshev approximations for the
error function", Mathematics of Computation 23 (1969), relative error below 1e-15.
"""

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]

_ERF_TOP = (
    0.185777706184603153, 3.16112374387056560, 113.864154151050156, 377.485237685302021,
    3209.37758913846947,
)  # fmt: skip
_ERF_BELOW = (
    1.0,
    23.6012909523441209,
    244.024637934444173,
    1282.61652607737228,
    2844.23683343917062,
)
_MID_TOP = (
    2.15311535474403846e-8, 0.564188496988670089, 8.88314979438837594, 66.1191906371416295,
    298.635138197400131, 881.952221241769090, 1712.04761263407058, 2051.07837782607147,
    1230.33935479799725,
)  # fmt: skip
_MID_BELOW = (
    1.0, 15.7449261107098347, 117.693950891312499, 537.181101862009858, 1621.38957456669019,
    3290.79923573345963, 4362.61909014324716, 3439.36767414372164, 1230.33935480374942,
)  # fmt: skip
_FAR_TOP = (
    0.0163153871373020978, 0.305326634961232344, 0.360344899949804439, 0.125781726111229246,
    0.0160837851487422766, 6.58749161529837803e-4,
)  # fmt: skip
_FAR_BELOW = (
    1.0, 2.56852019228982242, 1.87295284992346047, 0.527905102951428412, 0.0605183413124413191,
    2.33520497626869185e-3,
)  # fmt: skip
_NEAR, _FAR = 0.46875, 4.0


def _horner(u: Array, coefficients: Sequence[float]) -> Array:
    """Polynomial of `u`, highest power first."""
    total = u * coefficients[0] + coefficients[1]
    for coefficient in coefficients[2:]:
        total *= u
        total += coefficient
    return total


def _erfc(size: Array) -> Array:
    """Return erfc of `size >= 0` by the formula of its range."""
    near, far = size <= _NEAR, size > _FAR
    middle = ~(near | far)
    found = np.empty_like(size)
    for here, formula in ((near, _of_near), (middle, _of_middle), (far, _of_far)):
        if here.any():
            found[here] = formula(size[here])
    return found


def _of_near(size: Array) -> Array:
    square = size * size
    return 1.0 - size * _horner(square, _ERF_TOP) / _horner(square, _ERF_BELOW)


def _of_middle(size: Array) -> Array:
    return np.exp(-size * size) * _horner(size, _MID_TOP) / _horner(size, _MID_BELOW)


def _of_far(size: Array) -> Array:
    inverse = 1.0 / (size * size)
    tail = inverse * _horner(inverse, _FAR_TOP) / _horner(inverse, _FAR_BELOW)
    return np.exp(-size * size) * (1.0 / math.sqrt(math.pi) - tail) / size


def upper_tail(z: Array, *, alone: int | None = None) -> Array:
    """1 - Phi(z) for an array of any shape.

    Several arrays may be stacked and asked at once; `alone` is then the size of one of them, and
    each gets what it would get alone, to the last bit.

    >>> [round(float(p), 9) for p in upper_tail(np.array([-1.0, 0.0, 1.959963985, 9.0]))]
    [0.841344746, 0.5, 0.025, 0.0]
    """
    if (z.size if alone is None else alone) < _FEW:
        few = [0.5 * math.erfc(one / math.sqrt(2.0)) for one in z.ravel()]
        return np.array(few).reshape(z.shape)
    tail = 0.5 * _erfc(np.minimum(np.abs(z), _NOTHING) / math.sqrt(2.0))
    return np.where(z < 0.0, 1.0 - tail, tail)


_FEW = 16
"""Below this the standard library is faster than arrays."""
_NOTHING = 60.0
"""Beyond this the tail is nought in floating point."""
