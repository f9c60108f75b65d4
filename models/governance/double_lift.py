"""Champion against challenger where they differ most: the double lift."""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.governance.arrays import FloatArray, chances, foreseen, same_length
from models.governance.deciles import binned

_EDGE = 1e-12


@dataclass(frozen=True, slots=True)
class Contest:
    """One bin of rows by how far the challenger is above the champion.

    Attributes:
        rank: from 1, where the challenger is lowest against the champion.
        rows: how many.
        ratio_low: lowest challenger over champion.
        ratio_high: highest.
        champion: mean probability of the champion.
        challenger: mean probability of the challenger.
        rate: observed rate.
        winner: `champion` or `challenger`, whose mean is nearer the rate; `level` if neither.
    """

    rank: int
    rows: int
    ratio_low: float
    ratio_high: float
    champion: float
    challenger: float
    rate: float
    winner: str

    def json(self) -> dict[str, float | int | str]:
        """The bin as it is stored in a fit."""
        return asdict(self)


def double_lift(
    outcome: ArrayLike,
    p_champion: ArrayLike,
    p_challenger: ArrayLike,
    bins: int = 10,
    weights: ArrayLike | None = None,
) -> tuple[Contest, ...]:
    """Bin rows by challenger over champion and compare both with what happened.

    The better of two follows the observed rate through the bins; where both do, they agree
    (Goldburd et al. 2016, section 7.2.2). Chances of nought count as 1e-12 in the ratio.
    """
    happened, champion, mass = foreseen(outcome, p_champion, weights)
    challenger = chances("p_challenger", p_challenger)
    same_length("p_challenger", challenger, happened)
    if mass.min() <= 0:
        raise invalid("weights", "are nought in some rows", "leave such rows out")
    ratio = np.maximum(challenger, _EDGE) / np.maximum(champion, _EDGE)
    chosen = binned(ratio, mass, bins)
    sides = np.column_stack((ratio, champion, challenger, happened, mass))
    return tuple(
        _contest(rank, sides[chosen == number].T)
        for rank, number in enumerate(np.unique(chosen), start=1)
    )


def _contest(rank: int, sides: FloatArray) -> Contest:
    ratio, champion, challenger, happened, mass = sides
    first, second, rate = (
        float(np.average(side, weights=mass)) for side in (champion, challenger, happened)
    )
    gap = abs(first - rate) - abs(second - rate)
    winner = "challenger" if gap > _EDGE else "champion" if gap < -_EDGE else "level"
    return Contest(
        rank, ratio.size, float(ratio.min()), float(ratio.max()), first, second, rate, winner
    )
