"""How the default of a month may fall out: what comes back, and with what chance.

Default, death of the key right and fall of its value are one joint law (`models.recovery`). What
comes back is shared by a rule that is straight between kinks: nothing, each tranche of the scheme
repaid, all. So a month needs a default at each kink alone (`weights_at`), once with the key
right dead and once with it alive; the mean of every party is then exact.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernel.money import round_half_up
from kernel.sharing import Eligible, Loss, Recovery
from kernel.sharing.scheme import RecoveryRule
from models.priors import Prior
from models.recovery import Link, joint_law
from underwriting.pledge.fetched import kept_below, weights_at
from underwriting.pledge.laws import Laws
from underwriting.pledge.lots import NO_LINK, lots_of
from underwriting.pricing.expected_loss import Branch, Default, Sharing
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk

Grid = NDArray[np.float64]


class Owed(NamedTuple):
    """What is owed at a default of each month, and how it is shared.

    Attributes:
        losses: of each month.
        shares: of the issuer; it remembers, for several laws price the same losses.
    """

    losses: Sequence[Loss]
    shares: Sharing


class Months(NamedTuple):
    """The defaults of every month.

    Attributes:
        branches: for each month its branches, those with the key right dead first.
        dead: so many of them are with the key right dead.
        key_dead: chance, given a default in the first month, that the key right is dead.
        back: expected recovery of a default in the first month, net, minor units.
    """

    branches: list[list[Branch]]
    dead: int
    key_dead: float
    back: float


class _Dead(NamedTuple):
    """The key right dead at a default, `[n_months]`: the chance, and what the pledge gives."""

    chance: Grid
    net: Grid


def other_security(risk: PledgeGuaranteeRisk, basis: Rated) -> tuple[float, Prior | None]:
    """Return what other security recovers of the shared loss, per 1, and the prior behind it.

    Counted only where the scheme shares the whole loan; where it shares the IP part alone,
    the other security serves the bank's own part.
    """
    if basis.scheme.eligible is Eligible.IP_SHARE or risk.ip_share == 1:
        return 0.0, None
    lgd = basis.priors.find("lgd_other_security", "mixed_collateral")
    return (1.0 - lgd.value) * float(1 - risk.ip_share), lgd


def months_of(
    risk: PledgeGuaranteeRisk, basis: Rated, laws: Laws, owed: Owed, link: Link
) -> Months:
    """Return the branches of a default in each month, by the laws and the link given.

    Raises:
        Invalid: the scheme needs a fact that is missing.
    """
    losses = owed.losses
    points = _points(basis, owed)
    kinks = np.array(points, dtype=float)
    shared = kinks[:, -1]
    sure = other_security(risk, basis)[0] * shared
    dead = _dead(laws, link, shared)
    alive = kept_below(lots_of(laws, len(losses), link), kinks, sure)
    killed = kept_below((), kinks, sure + dead.net)
    weights = (weights_at(kinks, kept) for kept in (killed, alive))
    branches = [
        _branches(laws.disposal.cost_rate, *part)
        for part in zip(dead.chance.tolist(), losses, points, *weights, strict=True)
    ]
    first = float(dead.chance[0])
    back = first * killed[0, -1] + (1.0 - first) * alive[0, -1]
    return Months(branches, kinks.shape[1], first, float(back))


def _dead(laws: Laws, link: Link, shared: Grid) -> _Dead:
    """Return the key right's death at a default; with no link it is a death like any other's."""
    if link == NO_LINK:
        return _Dead(np.zeros_like(shared), np.zeros_like(shared))
    exposures = shared.tolist()
    law = joint_law(
        laws.borrower,
        laws.rights,
        len(exposures),
        disposal=laws.disposal,
        link=link,
        exposures=exposures,
    )
    default, with_dead, proceeds = np.array(
        [(row.default_probability, row.with_right_dead, row.proceeds_dead) for row in law.months]
    ).T
    chance = np.divide(with_dead, default, out=np.zeros_like(default), where=default > 0)
    return _Dead(chance, proceeds * (1.0 - laws.disposal.cost_rate))


def _points(basis: Rated, owed: Owed) -> list[tuple[int, ...]]:
    """Return the kinks of each month: nothing, each tranche repaid from the last, all."""
    points = []
    for loss in owed.losses:
        borne = [sum(tranche.values()) for tranche in owed.shares.split(loss).borne]
        if basis.scheme.recovery is RecoveryRule.PRO_RATA:
            borne = [sum(borne)]
        points.append((0, *accumulate(reversed(borne))))
    most = max(map(len, points))
    return [(*one, *[one[-1]] * (most - len(one))) for one in points]


def _branches(
    cost_rate: float, dead: float, loss: Loss, points: Sequence[int], *weights: Grid
) -> list[Branch]:
    return [
        Branch(part * weight, Default(loss, _recovery(net, cost_rate)))
        for part, kinds in zip((dead, 1.0 - dead), weights, strict=True)
        for weight, net in zip(kinds.tolist(), points, strict=True)
    ]


@lru_cache(maxsize=1024)
def _recovery(net: int, cost_rate: float) -> Recovery:
    """Return proceeds and costs that leave `net`, minor units."""
    costs = round_half_up(Fraction(net * cost_rate / (1.0 - cost_rate)))
    return Recovery(net + costs, costs)
