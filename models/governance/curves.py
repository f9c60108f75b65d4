"""Kaplan-Meier with delayed entry, and its band."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.governance.arrays import FloatArray, numbers
from models.governance.lives import lives, product_limit, risk_sets

_Z95 = 1.959963984540054
"""Two-sided 95 % of a normal law."""


def kaplan_meier(
    entry: ArrayLike,
    exit: ArrayLike,  # noqa: A002 - entry and exit are the trade's pair
    event: ArrayLike,
    times: ArrayLike,
) -> FloatArray:
    """Share that lasts beyond each of `times`, product-limit with delayed entry, `[m]`.

    At risk at t are the rows with entry < t <= exit. Beyond the last exit the curve stays
    where it was. Where few are at risk early, an early event can pull the whole curve down:
    read it from a time at which enough have entered.

    >>> kaplan_meier([0, 0, 0, 0], [1, 2, 3, 4], [1, 0, 1, 0], [1, 2, 3.5]).tolist()
    [0.75, 0.75, 0.375]
    """
    seen = lives(entry, exit, event)
    risk = risk_sets(*seen)
    return product_limit(risk).at(numbers("times", times))


@dataclass(frozen=True, slots=True)
class Band:
    """A survival curve with its pointwise 95 % band, `[m]` each.

    Attributes:
        times: where it is read.
        survival: estimate.
        low: lower bound.
        high: upper bound.
        at_risk: rows with entry < t <= exit.
    """

    times: FloatArray
    survival: FloatArray
    low: FloatArray
    high: FloatArray
    at_risk: FloatArray


def kaplan_meier_band(
    entry: ArrayLike,
    exit: ArrayLike,  # noqa: A002 - entry and exit are the trade's pair
    event: ArrayLike,
    times: ArrayLike,
) -> Band:
    """Kaplan-Meier with Greenwood's variance on the log(-log) scale (Kalbfleisch-Prentice).

    S ** exp(+- 1.96 se / log S); where S is 1 or 0 the band is the point itself.
    """
    seen, when = lives(entry, exit, event), numbers("times", times)
    risk = risk_sets(*seen)
    survival = product_limit(risk).at(when)
    left = np.maximum(risk.at_risk - risk.failed, np.finfo(float).tiny)
    greenwood = np.cumsum(risk.failed / (risk.at_risk * left))
    spread = np.concatenate(([0.0], greenwood))[np.searchsorted(risk.times, when, side="right")]
    inner = (survival > 0) & (survival < 1)
    log = np.where(inner, np.log(np.where(inner, survival, 0.5)), -1.0)
    width = _Z95 * np.sqrt(np.where(inner, spread, 0.0)) / np.abs(log)
    low, high = survival ** np.exp(width), survival ** np.exp(-width)
    there = np.searchsorted(np.sort(seen.entry), when) - np.searchsorted(np.sort(seen.exit), when)
    return Band(when, survival, low, high, there.astype(float))


def conditional(at_times: FloatArray, at_entry: FloatArray) -> FloatArray:
    """S(time) / S(entry) for each row and time, `[n, m]`; 1 where the time is before entry."""
    ratio = at_times[None, :] / np.where(at_entry > 0, at_entry, 1.0)[:, None]
    return np.minimum(ratio, 1.0)
