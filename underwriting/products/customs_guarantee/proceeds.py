"""What the pledge gives back on a default: the mean of a sale's proceeds between two limits.

The rights that sell are enumerated, the smaller ones pooled; the sum within a set is matched by
one lognormal, whose mean and spread follow the month of default (`Link.tilts`: the value falls
with its owner). With Q what outranks us and P what we paid, both off the proceeds R net of costs,

    back = E[min(max(R - Q, 0), P)] = E[min(R, Q + P)] - E[min(R, Q)].
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.hazard.gauss import upper_tail
from models.recovery import PledgedRight
from underwriting.pledge.laws import Laws
from underwriting.pricing.expected_loss import MONTHS_PER_YEAR

Grid = NDArray[np.float64]

_APART = 4
"""So many rights are followed one by one to the sale; the smaller ones are pooled."""
_CERTAIN = 1e-9
"""Least spread of a logarithm, so that a certain value has a law too."""


class Lot(NamedTuple):
    """What one right gives, by month of default, `[n_months]`.

    Attributes:
        chance: that it is in force when it is sold, and sells.
        mean: net of costs if it does, minor units.
        variance: of the same.
    """

    chance: Grid
    mean: Grid
    variance: Grid


def back_if_alive(laws: Laws, months: int, paid: Grid, before: int) -> Grid:
    """Return what is got back of each payment, the key right alive, `[n_months, n_levels]`.

    Args:
        laws: of the importer, its rights and their sale.
        months: in which it may default.
        paid: levels of payment, minor units, `[n_levels]`.
        before: what is paid out of the pledge before us, minor units.
    """
    back = np.zeros((months, len(paid)))
    limits = np.concatenate(([float(before)], before + paid))
    for chance, mean, variance in _sets(_pooled(_lots(laws, months))):
        kept = limited(mean, variance, limits)
        back += chance[:, None] * (kept[:, 1:] - kept[:, :1])
    return back


def limited(mean: Grid, variance: Grid, limits: Grid) -> Grid:
    """Return E[min(R, limit)] of lognormals with these moments, `[n_laws, n_limits]`.

    mean Phi(z - sigma) + limit (1 - Phi(z)), z the standardised log of the limit.

    >>> limited(np.array([100.0]), np.array([0.0]), np.array([0.0, 60.0, 500.0])).round(6).tolist()
    [[0.0, 60.0, 100.0]]
    """
    spread = np.maximum(np.sqrt(np.log1p(variance / mean**2)), _CERTAIN)[:, None]
    logs = np.log(np.maximum(limits, np.finfo(float).tiny))
    z = (logs - np.log(mean)[:, None]) / spread + spread / 2.0
    return np.asarray(mean[:, None] * upper_tail(spread - z) + limits * upper_tail(z))


def _lots(laws: Laws, months: int) -> list[Lot]:
    """Return every right as a lot, the key right first and known to be alive at the default."""
    ends = [month / MONTHS_PER_YEAR for month in range(1, months + 1)]
    gone = [1.0 - laws.borrower.survival(end) for end in (0.0, *ends)]
    ordered = sorted(laws.rights, key=lambda right: -right.after_haircut)
    valued = [right for right in ordered if right.after_haircut > 0]
    return [_lot(laws, right, ends, gone, key=right is valued[0]) for right in valued]


def _lot(
    laws: Laws, right: PledgedRight, ends: Sequence[float], gone: Sequence[float], *, key: bool
) -> Lot:
    once = np.array(laws.link.tilts(gone, right.spread))
    twice = np.array(laws.link.tilts(gone, 2.0 * right.spread))
    ratio = laws.disposal.recovery_rate / laws.sold * (1.0 - laws.disposal.cost_rate)
    mean = right.after_haircut * ratio * once
    chance = np.array([laws.disposal.alive_at_sale(right.life, end) for end in ends]) * laws.sold
    if key:
        standing = np.array([(right.killed or right.life).survival(end) for end in ends])
        np.divide(chance, standing, out=chance, where=standing > 0)
    squared = np.exp(right.spread**2) * twice / once**2
    return Lot(chance, mean, mean**2 * np.maximum(0.0, squared - 1.0))


def _pooled(lots: Sequence[Lot]) -> list[Lot]:
    """Keep the largest apart; match the rest by chance, mean and variance of one."""
    if len(lots) <= _APART:
        return [*lots]
    rest = lots[_APART - 1 :]
    mean = sum((one.chance * one.mean for one in rest), np.zeros_like(rest[0].mean))
    second = [
        one.chance * (one.variance + one.mean**2) - (one.chance * one.mean) ** 2 for one in rest
    ]
    chance = 1.0 - np.prod([1.0 - one.chance for one in rest], axis=0)
    given = np.divide(mean, chance, out=rest[0].mean.copy(), where=chance > 0)
    square = np.divide(sum(second) + mean**2, chance, out=given**2, where=chance > 0)
    return [*lots[: _APART - 1], Lot(chance, given, np.maximum(0.0, square - given**2))]


def _sets(lots: Sequence[Lot]) -> Iterator[Lot]:
    """Yield each set of lots that give something: its chance, and the moments of its sum."""
    for which in range(1, 1 << len(lots)):
        given = [one for bit, one in enumerate(lots) if which >> bit & 1]
        chances = [
            one.chance if which >> bit & 1 else 1.0 - one.chance for bit, one in enumerate(lots)
        ]
        mean = np.sum([one.mean for one in given], axis=0)
        yield Lot(np.prod(chances, axis=0), mean, np.sum([one.variance for one in given], axis=0))
