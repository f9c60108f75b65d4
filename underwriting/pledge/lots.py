"""What each pledged right gives if the borrower defaults in a month: a chance and two moments.

A lot gives something if it is in force when it is sold, and sells. Its value given the month of
default keeps the first two moments of the copula that joins it with the default
(`Link.tilts`): the value falls with its owner.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.recovery import Link, PledgedRight, survivals
from underwriting.pledge.at_sale import in_force_at_sale
from underwriting.pledge.laws import Laws
from underwriting.pricing.expected_loss import MONTHS_PER_YEAR

Grid = NDArray[np.float64]

_APART: Final = 5
"""So many rights are followed one by one to the sale; the smaller ones are pooled."""


class Lot(NamedTuple):
    """What one right gives, by month of default, each `[n_months]`.

    Attributes:
        chance: that it is in force when it is sold, and sells.
        mean: net of costs if it does, minor units.
        variance: of the same.
    """

    chance: Grid
    mean: Grid
    variance: Grid

    @property
    def square(self) -> Grid:
        """E[X^2] of what it gives, nothing included."""
        return np.asarray(self.chance * (self.variance + self.mean**2))


def lots_of(laws: Laws, months: int, link: Link) -> list[Lot]:
    """Return every right with a value as a lot, the most valuable first.

    The first is the key right: a lot of a default that it outlived.
    """
    ends = [month / MONTHS_PER_YEAR for month in range(1, months + 1)]
    gone = (1.0 - survivals(laws.borrower, (0.0, *ends))).tolist()
    ordered = sorted(laws.rights, key=lambda right: -right.after_haircut)
    valued = [right for right in ordered if right.after_haircut > 0]
    lots = [_lot(laws, right, link, ends, gone) for right in valued]
    if valued and link != NO_LINK:
        lots[0] = _outlived(lots[0], valued[0], ends)
    return lots


NO_LINK: Final = Link()
"""Default, death and value of a right taken as independent."""


def _lot(
    laws: Laws, right: PledgedRight, link: Link, ends: Sequence[float], gone: Sequence[float]
) -> Lot:
    once = np.array(link.tilts(gone, right.spread))
    twice = np.array(link.tilts(gone, 2.0 * right.spread))
    ratio = laws.disposal.recovery_rate / laws.sold * (1.0 - laws.disposal.cost_rate)
    mean = right.after_haircut * ratio * once
    spread = np.divide(twice, once**2, out=np.ones_like(once), where=once > 0)
    square = np.exp(right.spread**2) * spread
    chance = laws.sold * in_force_at_sale(right.life, laws.wait, ends)
    return Lot(chance, mean, mean**2 * np.maximum(0.0, square - 1.0))


def _outlived(lot: Lot, key: PledgedRight, ends: Sequence[float]) -> Lot:
    """Return the lot of the key right, known not to have been killed by the month's end."""
    standing = survivals(key.killed or key.life, ends)
    chance = np.divide(lot.chance, standing, out=lot.chance.copy(), where=standing > 0)
    return lot._replace(chance=np.minimum(chance, 1.0))


def sets_of(lots: Sequence[Lot]) -> Iterator[Lot]:
    """Yield each set of lots that gives something: its chance, and the moments of its sum."""
    apart = _pooled(lots)
    if len(apart) == 1:
        yield apart[0]
        return
    for which in range(1, 1 << len(apart)):
        given = [one for bit, one in enumerate(apart) if which >> bit & 1]
        chance = np.prod(
            [one.chance if which >> bit & 1 else 1.0 - one.chance for bit, one in enumerate(apart)],
            axis=0,
        )
        mean = np.sum([one.mean for one in given], axis=0)
        yield Lot(chance, mean, np.sum([one.variance for one in given], axis=0))


def _pooled(lots: Sequence[Lot]) -> list[Lot]:
    """Keep the largest apart; match the rest by chance, mean and variance of one."""
    if len(lots) <= _APART:
        return [*lots]
    rest = lots[_APART - 1 :]
    mean = np.sum([one.chance * one.mean for one in rest], axis=0)
    spread = np.sum([one.square - (one.chance * one.mean) ** 2 for one in rest], axis=0)
    chance = 1.0 - np.prod([1.0 - one.chance for one in rest], axis=0)
    given = np.divide(mean, chance, out=rest[0].mean.copy(), where=chance > 0)
    square = np.divide(spread + mean**2, chance, out=given**2, where=chance > 0)
    return [*lots[: _APART - 1], Lot(chance, given, np.maximum(0.0, square - given**2))]
