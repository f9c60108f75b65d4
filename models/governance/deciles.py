"""Observed against expected events in bins of like probability, each in its Poisson band."""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.governance.arrays import FloatArray, IntArray, foreseen
from models.governance.laws import poisson_band

_CLOSE = 1e-10


def binned(p: FloatArray, mass: FloatArray, bins: int) -> IntArray:
    """Return the bin `[n]`, 0 to bins - 1, of equal weight; rows of one p share one bin.

    A distinct p goes where the middle of its weight lies, so that the order of rows does not
    matter; some bins may stay empty.
    """
    if bins < 1:
        raise invalid("bins", f"{bins} is no number of bins", "give 1 or more")
    distinct, place = np.unique(p, return_inverse=True)
    each = np.bincount(place, mass, minlength=distinct.size)
    middle = (np.cumsum(each) - each / 2) / each.sum()
    chosen: IntArray = np.minimum((middle * bins).astype(np.int64), bins - 1)[place]
    return chosen


@dataclass(frozen=True, slots=True)
class Decile:
    """One bin of rows of like probability.

    Attributes:
        rank: from 1, the lowest probabilities.
        rows: how many.
        weight: their weight.
        p_low: lowest probability.
        p_high: highest.
        p_mean: weighted mean.
        rate: weighted share of events.
        expected: weight times probability, summed.
        observed: weight of events.
        band_low: below this observed weight the 95 % Poisson band of `expected` is left.
        band_high: above this.
        inside: whether observed lies within the band.
    """

    rank: int
    rows: int
    weight: float
    p_low: float
    p_high: float
    p_mean: float
    rate: float
    expected: float
    observed: float
    band_low: float
    band_high: float
    inside: bool

    def json(self) -> dict[str, float | int | bool]:
        """The bin as it is stored in a fit."""
        return asdict(self)


def deciles(
    outcome: ArrayLike, p: ArrayLike, bins: int = 10, weights: ArrayLike | None = None
) -> tuple[Decile, ...]:
    """Observed and expected events in bins of equal weight, each with its 95 % Poisson band.

    With weights the band is that of a scaled Poisson: with E = sum w p and k = sum w^2 p / E,
    the band of E / k times k (Fay and Feuer 1997 use the same scale for standardised rates).
    """
    happened, chance, mass = foreseen(outcome, p, weights)
    chosen = binned(chance, mass, bins)
    present = [chosen == number for number in np.unique(chosen)]
    return tuple(
        _decile(rank, happened[here], chance[here], mass[here])
        for rank, here in enumerate(present, start=1)
    )


def _decile(rank: int, outcome: FloatArray, p: FloatArray, mass: FloatArray) -> Decile:
    weight, expected, observed = float(mass.sum()), float(mass @ p), float(mass @ outcome)
    low, high = _scaled_band(expected, float(mass**2 @ p))
    return Decile(
        rank=rank,
        rows=p.size,
        weight=weight,
        p_low=float(p.min()),
        p_high=float(p.max()),
        p_mean=expected / weight if weight else float(p.mean()),
        rate=observed / weight if weight else 0.0,
        expected=expected,
        observed=observed,
        band_low=low,
        band_high=high,
        inside=low <= observed + _CLOSE and observed <= high + _CLOSE,
    )


def _scaled_band(expected: float, squares: float) -> tuple[float, float]:
    if expected <= 0:
        return 0.0, 0.0
    scale = squares / expected
    low, high = poisson_band(expected / scale)
    return low * scale, high * scale
