"""What a pledge gives back of a debt, month by month: the mean of what is kept below a limit.

What a lucky sale brings above the debt belongs to the owner (Civil Code, art. 438), so the mean
of what is kept is below the mean of what is fetched.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.hazard.gauss import upper_tail
from underwriting.pledge.lots import Lot, sets_of

Grid = NDArray[np.float64]

_CERTAIN = 1e-9
"""Least spread of a logarithm, so that a certain value has a law too."""
_TINY = float(np.finfo(float).tiny)


def kept_below(lots: Sequence[Lot], limits: Grid, sure: Grid) -> Grid:
    """Return E[min(sure + R, limit)], R what the lots give, `[n_months, n_limits]`.

    Args:
        lots: of the rights.
        limits: minor units, `[n_months, n_limits]`, 0 or more.
        sure: what other security gives, minor units, `[n_months]`, 0 or more.
    """
    return kept_below_each((lots,), limits, sure)[0]


def kept_below_each(many: Sequence[Sequence[Lot]], limits: Grid, sure: Grid) -> list[Grid]:
    """Return the same for each of several sets of lots, all of them at once."""
    first = np.minimum(sure[:, None], limits)
    kept = [first.copy() for _ in many]
    each = [(place, one) for place, lots in enumerate(many) for one in sets_of(lots)]
    if not each:
        return kept
    parts = limited(
        np.concatenate([one.mean for _, one in each]),
        np.concatenate([one.variance for _, one in each]),
        np.tile(limits - first, (len(each), 1)),
        alone=first.size,
    ).reshape(len(each), *first.shape)
    for (place, one), part in zip(each, parts, strict=True):
        kept[place] += one.chance[:, None] * part
    return kept


def limited(mean: Grid, variance: Grid, limits: Grid, *, alone: int | None = None) -> Grid:
    """Return E[min(R, limit)] of a lognormal with these moments for each month and limit.

    mean Phi(z - s) + limit (1 - Phi(z)), s the log spread, z the standardised log of the limit
    (Klugman, Panjer and Willmot, Loss Models, appendix A). `alone` as in `upper_tail`.

    >>> limited(np.array([100.0]), np.array([0.0]), np.array([[0.0, 60.0, 500.0]])).round(6)
    array([[  0.,  60., 100.]])
    """
    mean = np.maximum(mean, _TINY**0.25)
    spread = np.maximum(np.sqrt(np.log1p(variance / mean**2)), _CERTAIN)[:, None]
    scores = (np.log(np.maximum(limits, _TINY)) - np.log(mean)[:, None]) / spread + spread / 2.0
    alone = scores.size if alone is None else alone
    below, above = upper_tail(np.stack([spread - scores, scores]), alone=alone)
    return np.asarray(mean[:, None] * below + limits * above)


def weights_at(kinks: Grid, kept: Grid) -> Grid:
    """Return chances of the kinks that give every function bent only there its mean.

    A recovery is given back by a function of it that is straight between the kinks; so each
    month needs a default at each kink alone, with the weight of its hat function. With L(u) the
    mean of what is kept below u, a weight is the fall of L's slope at the kink.

    Args:
        kinks: rising from 0 to the whole debt, `[n_months, n_kinks]`, two or more.
        kept: E[min(R, kink)] at each, `[n_months, n_kinks]`.
    """
    widths = np.diff(kinks, axis=1)
    slopes = np.divide(np.diff(kept, axis=1), widths, out=np.zeros_like(widths), where=widths > 0)
    edged = np.column_stack([np.ones(len(kinks)), slopes, np.zeros(len(kinks))])
    return np.asarray(np.maximum(0.0, -np.diff(edged, axis=1)))
