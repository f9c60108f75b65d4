"""Give a recovery back to those who bore the loss, never more to a party than it bore.

Costs of recovery come off first. `pro_rata`: in proportion to what each party still bears.
`reverse`: the last tranche to be borne is the first repaid, pro rata inside it. What is left
when everybody is whole is the surplus, which belongs to the debtor (Civil Code, art. 438).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kernel.money import allocate
from kernel.sharing.scheme import RecoveryRule


@dataclass(frozen=True, slots=True)
class Recovery:
    """Money that came in, in minor units, neither figure negative.

    Attributes:
        gross: what was received.
        costs: necessary costs of getting it.
    """

    gross: int
    costs: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What was borne and what was given back so far.

    Attributes:
        tranches: party -> minor units, in the order in which they were borne.
        given: party -> minor units given back by earlier recoveries.
        costs_carried: costs of earlier recoveries that their proceeds did not meet.
    """

    tranches: Sequence[Mapping[str, int]]
    given: Mapping[str, int] = field(default_factory=dict)
    costs_carried: int = 0


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A recovery given back: parts and surplus sum to `net`.

    Attributes:
        net: proceeds less costs, not below zero, in minor units.
        parts: party -> minor units given back now.
        surplus: what nobody bore.
        costs_carried: costs still unmet, to come off the next recovery.
    """

    net: int
    parts: Mapping[str, int]
    surplus: int
    costs_carried: int


def give_back(rule: RecoveryRule, standing: Standing, recovery: Recovery) -> GivenBack:
    """Share one recovery.

    >>> standing = Standing([{"insurer": 600, "bank": 200, "guarantor": 200}])
    >>> dict(give_back(RecoveryRule.PRO_RATA, standing, Recovery(100, 10)).parts)
    {'insurer': 54, 'bank': 18, 'guarantor': 18}
    """
    assert min(recovery.gross, recovery.costs) >= 0, "a recovery has no negative figure"
    costs = recovery.costs + standing.costs_carried
    net = max(0, recovery.gross - costs)
    tranches = _still_borne(standing)
    if rule is RecoveryRule.PRO_RATA:
        tranches = [_merged(tranches)]
    parts = dict.fromkeys(_merged(standing.tranches), 0)
    left = net
    for tranche in reversed(tranches):
        owed = sum(tranche.values())
        paying = min(left, owed)
        if paying:
            for party, minor in zip(tranche, allocate(paying, list(tranche.values())), strict=True):
                assert minor <= tranche[party], "nobody is repaid more than it bore"
                parts[party] += minor
            left -= paying
    assert sum(parts.values()) + left == net, "parts are the whole"
    return GivenBack(net, parts, surplus=left, costs_carried=max(0, costs - recovery.gross))


def _still_borne(standing: Standing) -> list[dict[str, int]]:
    """Take what was given back off the tranches, the last one first."""
    tranches = [dict(tranche) for tranche in standing.tranches]
    for party, given in standing.given.items():
        left = given
        for tranche in reversed(tranches):
            part = min(left, tranche.get(party, 0))
            if part:
                tranche[party] -= part
                left -= part
        assert left == 0, "nobody was given back more than it bore"
    return tranches


def _merged(tranches: Sequence[Mapping[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for tranche in tranches:
        for party, minor in tranche.items():
            sums[party] = sums.get(party, 0) + minor
    return sums
