"""How true probabilities are over bins: expected calibration error and Hosmer-Lemeshow."""

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.governance.arrays import foreseen
from models.governance.deciles import binned
from models.governance.laws import chi_square_above


def ece(
    outcome: ArrayLike,
    p: ArrayLike,
    bins: int = 10,
    weights: ArrayLike | None = None,
    *,
    by: str = "mass",
) -> float:
    """Expected calibration error: weighted mean over bins of |rate - mean p|, 0 (best) to 1.

    Args:
        outcome: 0 or 1, `[n]`.
        p: probability, `[n]`.
        bins: how many.
        weights: 0 or more, `[n]`; one each where left out.
        by: `mass` for bins of equal weight; `width` for bins of equal width on 0 to 1
            (Guo et al. 2017), which put nearly all rows of a rare event into one bin.
    """
    happened, chance, mass = foreseen(outcome, p, weights)
    if by not in ("mass", "width"):
        raise invalid("by", f"{by!r} is no way to bin", "choose mass or width")
    if by == "mass":
        chosen = binned(chance, mass, bins)
    else:
        chosen = np.minimum((chance * bins).astype(np.int64), bins - 1)
    gaps = np.bincount(chosen, mass * (happened - chance), minlength=bins)
    return float(np.abs(gaps).sum() / mass.sum())


def hosmer_lemeshow(
    outcome: ArrayLike, p: ArrayLike, bins: int = 10, weights: ArrayLike | None = None
) -> tuple[float, float]:
    """Return (statistic, p value) of observed against expected in bins of equal weight.

    Sum of (O - E)^2 / (k E (1 - E / W)), with k the scale of `deciles` and W the weight,
    against a chi-square with one degree for each bin: right for rows that the fit has not
    seen (Hosmer and Lemeshow 1980 take two degrees off for the rows that it has).
    """
    happened, chance, mass = foreseen(outcome, p, weights)
    chosen = binned(chance, mass, bins)
    off = np.bincount(chosen, mass * (happened - chance), minlength=bins)
    spread = np.bincount(chosen, mass**2 * chance * (1 - chance), minlength=bins)
    used = spread > 0
    if not used.any():
        raise invalid("p", "is 0 or 1 in every row", "judge probabilities")
    statistic = float((off[used] ** 2 / spread[used]).sum())
    return statistic, chi_square_above(statistic, int(used.sum()))
