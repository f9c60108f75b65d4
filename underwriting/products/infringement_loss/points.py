"""Points at which the laws of a matter are asked: a fixed lattice, so a price is a pure function.

A rank-1 lattice of Korobov's form in three dimensions, folded by the tent map 1 - |2x - 1|, which
integrates what is not periodic with an error of the order of 1 / points^2 where it is smooth
(Hickernell 2002). The generator has the least worst-case error of all odd ones at this size.
"""

from functools import cache
from typing import Final

import numpy as np

from models.severity.laws import Law, Lognormal
from models.severity.laws.normal import FloatArray, quantile

POINTS: Final = 2048
_GENERATOR: Final = 495
_SHIFT: Final = 0.25
"""Of a step: keeps every coordinate inside (0, 1) after folding."""


@cache
def cube() -> FloatArray:
    """Return the points, `[3, POINTS]`, inside (0, 1)."""
    counts = np.arange(POINTS)
    steps = np.array([1, _GENERATOR, _GENERATOR**2 % POINTS])
    places = (counts * steps[:, None] % POINTS + _SHIFT) / POINTS
    return np.asarray(1.0 - np.abs(2.0 * places - 1.0))


@cache
def _normal() -> FloatArray:
    return quantile(cube())


def drawn(law: Law, dimension: int) -> FloatArray:
    """Return the law's amounts at the points of one dimension, `[POINTS]`."""
    if isinstance(law, Lognormal):
        return np.asarray(np.exp(law.mu + law.sigma * _normal()[dimension]))
    return law.quantile(cube()[dimension])
