"""The ways in which one matter may fall out, each with its chance and its amounts by peril.

Cost, profit and award are drawn at the same points in every branch: cost in the first dimension,
profit or the other side's cost in the second, award or settlement in the third.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from models.severity.laws.normal import FloatArray
from underwriting.disputes import End, Outcome
from underwriting.products.infringement_loss.laws import MatterLaws
from underwriting.products.infringement_loss.points import POINTS, drawn

PERILS = ("investigation", "litigation", "loss_of_profit", "adverse_costs")
"""In the order of payment."""


class Branch(NamedTuple):
    """One way; amounts are in minor units, `[POINTS]` each.

    Attributes:
        chance: per 1.
        losses: by peril, `[4, POINTS]`, in the order of `PERILS`.
        money: received by the insured, less what of it made good its lost profit.
        kind: worth of a benefit in kind.
        received: in money, whatever it made good.
    """

    chance: float
    losses: FloatArray
    money: FloatArray
    kind: FloatArray
    received: FloatArray


def branches(laws: MatterLaws) -> Iterator[Branch]:
    """Yield every way that has a chance; the chances sum to 1."""
    cost = drawn(laws.cost, 0)
    routes = ((laws.in_court, 1.0, True), (1.0 - laws.in_court, laws.administrative, False))
    for route, scale, in_court in routes:
        for end in laws.ends:
            chance = route * end.chance
            if chance > 0:
                yield from _of_end(laws, end, scale * cost, chance, in_court=in_court)


def _of_end(
    laws: MatterLaws, end: End, cost: FloatArray, chance: float, *, in_court: bool
) -> Iterator[Branch]:
    before = min(laws.investigation, end.cost) * cost
    spent = [before, end.cost * cost - before]
    none = np.zeros(POINTS)
    if end.outcome is Outcome.SETTLED:
        worth, losses = drawn(laws.settlement, 2), np.stack([*spent, none, none])
        nothing = 1.0 - laws.in_money - laws.in_kind
        yield Branch(chance * laws.in_money, losses, worth, none, worth)
        yield Branch(chance * laws.in_kind, losses, none, worth, none)
        yield Branch(chance * nothing, losses, none, none, none)
    elif end.outcome is Outcome.WON:
        lost = drawn(laws.profit, 1)
        award = drawn(laws.award, 2) if in_court else none
        uncollected = np.maximum(lost - award, 0.0)
        losses = np.stack([*spent, uncollected, none])
        yield Branch(chance, losses, np.maximum(award - lost, 0.0), none, award)
    else:
        other = drawn(laws.adverse, 1) * end.cost if in_court else none
        borne = np.minimum(other, laws.adverse_ceiling)
        yield Branch(chance, np.stack([*spent, none, borne]), none, none, none)
