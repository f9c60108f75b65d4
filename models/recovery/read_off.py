"""A life read off at many times at once, and kept: several laws price the same rights."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.recovery.pledge import Life

Grid = NDArray[np.float64]


def survivals(life: Life, years: Sequence[float] | Grid) -> Grid:
    """Return S at each of `years`, not to be written to, `[n_years]`.

    A life is taken to be what it was when it was asked before: lives are frozen.
    """
    return _kept(life, tuple(years))


def read_off(life: Life, years: Sequence[float] | Grid) -> Grid:
    """Return the same, and keep nothing."""
    at_once = getattr(life, "survivals", None)
    if at_once is not None:
        return np.asarray(at_once(years), dtype=float)
    return np.array([life.survival(float(time)) for time in years])


@lru_cache(maxsize=512)
def _kept(life: Life, years: tuple[float, ...]) -> Grid:
    found = read_off(life, years)
    found.setflags(write=False)
    return found
