"""Whether a right is still in force when it is sold, the wait for the buyer being a gamma law."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.recovery import GammaLaw, Life, read_off

Grid = NDArray[np.float64]

_SLICES: Final = 512
"""Of the wait, equal in chance; between their ends it is read off a straight line."""
_NODES: Final = 12
"""Of the wait until the right ends."""


def in_force_at_sale(life: Life, wait: GammaLaw, ends: Sequence[float]) -> Grid:
    """Return E[S(end + T)] for each end, T the wait, not to be written to, `[n_ends]`.

    A term that ends while the buyer is sought is met exactly: the chance of T before it, times
    the mean survival over T until then.

    Args:
        life: of the right, from today.
        wait: years from default to money.
        ends: of the months of default, years from today.
    """
    return _in_force(life, wait, tuple(ends))


@lru_cache(maxsize=256)
def _in_force(life: Life, wait: GammaLaw, ends: tuple[float, ...]) -> Grid:
    """Work it out once for a right: every law of its borrower asks for the same."""
    chances, years = _table(wait.shape, wait.scale)
    left = getattr(life, "years_left", np.inf) - np.asarray(ends)
    within: Grid = np.where(left > 0, np.interp(left, years, chances, right=1.0), 0.0)
    steps = (np.arange(_NODES) + 0.5) / _NODES
    waits = np.interp(within[:, None] * steps, chances, years)
    times = (np.asarray(ends)[:, None] + waits).ravel()
    found = np.asarray(within * read_off(life, times).reshape(waits.shape).mean(axis=1))
    found.setflags(write=False)
    return found


@cache
def _table(shape: float, scale: float) -> tuple[Grid, Grid]:
    """Return chances and the years that the wait stays below with them."""
    law = GammaLaw(shape, scale)
    chances = np.linspace(0.0, 1.0, _SLICES + 1)
    last = 1.0 - 0.25 / _SLICES
    inner = [law.quantile(chance) for chance in (*chances[1:-1].tolist(), last)]
    return chances, np.array([0.0, *inner])
