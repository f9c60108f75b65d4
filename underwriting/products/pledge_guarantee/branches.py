"""How the default of a month may fall out: what comes back, and with what chance.

Default, death of the key right and fall of its value are one joint law (`models.recovery`). What
comes back is shared by a rule that is straight between kinks: nothing, each tranche of the scheme
repaid, all. So a month needs a default at each kink alone (`weights_at`), once with the key
right dead and once with it alive; the mean of every party is then exact.

One proposal is worked out by several laws: our own, the challengers', our own with the link cut.
What they have in common is done once.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernel.sharing import Eligible
from models.priors import Prior
from models.recovery import Link, key_dead
from underwriting.pledge.fetched import kept_below, kept_below_each, weights_at
from underwriting.pledge.laws import Laws
from underwriting.pledge.lots import NO_LINK, lots_of
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.kinks import Kinks
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk

Grid = NDArray[np.float64]


class Case(NamedTuple):
    """One way to work a proposal out.

    Attributes:
        laws: of the debt.
        link: how default, death and value hang together.
    """

    laws: Laws
    link: Link


class Months(NamedTuple):
    """The defaults of every month.

    Attributes:
        chances: of a branch given a default in the month, `[n_months, n_branches]`; each row
            sums to 1. With the key right dead at each kink, then with it alive at each.
        dead: so many of them are with the key right dead.
        key_dead: chance, given a default in the first month, that the key right is dead.
        back: expected recovery of a default in the first month, net, minor units.
    """

    chances: Grid
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
    risk: PledgeGuaranteeRisk, basis: Rated, kinks: Kinks, cases: Sequence[Case]
) -> list[Months]:
    """Return the branches of a default in each month, for each case.

    Raises:
        Invalid: the scheme needs a fact that is missing.
    """
    points, whole = kinks.points, kinks.whole
    sure = other_security(risk, basis)[0] * whole
    dead = [_dead(case, whole) for case in cases]
    lots = [lots_of(case.laws, len(whole), case.link) for case in cases]
    kept = [
        *(kept_below((), points, sure + one.net) for one in dead),
        *kept_below_each(lots, points, sure),
    ]
    weights = weights_at(np.tile(points, (len(kept), 1)), np.concatenate(kept))
    killed, alive = np.split(weights.reshape(len(kept), *points.shape), 2)
    return [
        _months(one.chance, weighed, back)
        for one, weighed, back in zip(
            dead,
            zip(killed, alive, strict=True),
            zip(kept, kept[len(cases) :], strict=False),
            strict=True,
        )
    ]


def _months(chance: Grid, weighed: tuple[Grid, Grid], kept: tuple[Grid, Grid]) -> Months:
    """Put the two kinds of a default together, each a pair: the key right dead, and alive."""
    dead, alive = chance[:, None], (1.0 - chance)[:, None]
    chances = np.concatenate([dead * weighed[0], alive * weighed[1]], axis=1)
    first = float(chance[0])
    back = first * kept[0][0, -1] + (1.0 - first) * kept[1][0, -1]
    return Months(chances, weighed[0].shape[1], first, float(back))


def _dead(case: Case, shared: Grid) -> _Dead:
    """Return the key right's death at a default; with no link it is a death like any other's."""
    laws, link = case
    if link == NO_LINK:
        return _Dead(np.zeros_like(shared), np.zeros_like(shared))
    law = key_dead(
        laws.borrower,
        laws.rights,
        len(shared),
        disposal=laws.disposal,
        link=link,
        exposures=shared.tolist(),
    )
    chance = np.divide(
        law.chance, law.default, out=np.zeros_like(law.default), where=law.default > 0
    )
    return _Dead(chance, law.proceeds * (1.0 - laws.disposal.cost_rate))
