"""The states of the rights that strike the borrower, and the recursion of default over them.

A state is a set of dead rights, kept as bits; bit 0 is the key right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import Self

import numpy as np
from numpy.typing import NDArray

_CLOSE = 1e-14

Move = tuple[list[float], list[tuple[int, int]]]
"""A right's chance of dying in each month, and the pairs of states that its death joins."""


@dataclass(frozen=True, slots=True)
class States:
    """All sets of dead rights.

    Attributes:
        dead: part of the enumerated value that is dead, for each state; nought in state 0.
        multiples: of the default hazard, for each state; 1 in state 0.
    """

    dead: tuple[float, ...]
    multiples: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float], multiple: float) -> Self:
        """Build the states: the multiple goes from 1 to `multiple` with the dead part."""
        total = sum(values)
        shares = [value / total if total > 0 else 1.0 / len(values) for value in values]
        dead = tuple(
            sum(share for bit, share in enumerate(shares) if state >> bit & 1)
            for state in range(1 << len(values))
        )
        return cls(dead, tuple(1.0 + (multiple - 1.0) * part for part in dead))

    def living(self, count: int) -> list[list[float]]:
        """Return `[n_rights, n_states]`: 1 where the right lives in the state, else 0."""
        states = range(len(self.dead))
        return [[float(not state >> bit & 1) for state in states] for bit in range(count)]


def recursion(
    kept: Sequence[float],
    killed: Sequence[NDArray[np.float64]],
    states: States,
    *,
    keeps: bool,
) -> list[list[float]]:
    """Return P(default in month, state) for each month and state.

    Args:
        kept: the curve's chance of no default by month 0, 1, ..., n.
        killed: for each enumerated right its survival of invalidation by month 0, 1, ..., n.
        states: of these rights.
        keeps: whether the curve is the whole default probability, or the hazard in state 0.
    """
    multiples, top = states.multiples, max(states.multiples)
    moves = _moves(killed, len(multiples))
    weights = [1.0] + [0.0] * (len(multiples) - 1)
    rows = []
    for month in range(1, len(kept)):
        for dying, pairs in moves:
            chance = dying[month - 1]
            for alive, dead in pairs:
                moved = weights[alive] * chance
                weights[alive] -= moved
                weights[dead] += moved
        hazard = 1.0 - kept[month] / kept[month - 1] if kept[month - 1] > 0 else 0.0
        pressed = sum(map(mul, weights, multiples))
        level = hazard * sum(weights) / pressed if keeps and pressed > 0 else hazard
        if level * top <= 1.0:
            row = [w * k * level for w, k in zip(weights, multiples, strict=True)]
        else:
            row = capped(weights, multiples, level, hazard=hazard, keeps=keeps)
        weights = [w - lost for w, lost in zip(weights, row, strict=True)]
        rows.append(row)
    return rows


def capped(
    weights: Sequence[float],
    multiples: Sequence[float],
    level: float,
    *,
    hazard: float,
    keeps: bool,
) -> list[float]:
    """Return the chance of a default in each state where a hazard would pass 1.

    It is held at 1; where the curve is kept, the other states take what that state cannot.
    """
    target = hazard * sum(weights)
    row: list[float] = []
    for _ in range(len(weights) + 1):
        row = [w * min(1.0, k * level) for w, k in zip(weights, multiples, strict=True)]
        short = target - sum(row)
        free = sum(w * k for w, k in zip(weights, multiples, strict=True) if k * level < 1.0)
        if not keeps or short <= target * _CLOSE or free <= 0:
            break
        level += short / free
    return row


def _moves(killed: Sequence[NDArray[np.float64]], count: int) -> list[Move]:
    moves = []
    for bit, alive in enumerate(killed):
        dying = np.zeros(len(alive) - 1)
        np.divide(alive[:-1] - alive[1:], alive[:-1], out=dying, where=alive[:-1] > 0)
        mark = 1 << bit
        pairs = [(state, state | mark) for state in range(count) if not state & mark]
        moves.append((dying.tolist(), pairs))
    return moves
