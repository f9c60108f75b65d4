"""What comes out: the chance of every state and end at given months, from today."""

from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from models.right.states import (
    ASSERTIONS,
    CANCELLED,
    CHALLENGES,
    EVER_PARTLY,
    EVER_UPHELD,
    LAPSED,
    LIVING,
    PHASES,
    WHOLLY_INVALID,
    YEARS,
    FloatArray,
    Standing,
)

_ENDS: Final = {"wholly_invalid": WHOLLY_INVALID, "lapsed": LAPSED, "cancelled": CANCELLED}
_COUNTS: Final = {
    "ever_partly_invalid": EVER_PARTLY,
    "ever_upheld": EVER_UPHELD,
    "assertions": ASSERTIONS,
    "challenges": CHALLENGES,
    "years_alive": YEARS,
}


@dataclass(frozen=True, slots=True)
class Curves:
    """Chances by month, each of shape [n_months] (of draws: [n_draws, n_months]).

    Six disjoint chances sum to 1: `untouched + upheld + partly_invalid` (= `alive`) and
    `wholly_invalid + lapsed + cancelled + expired`. `quiet + asserted + challenged` is `alive` too.

    Attributes:
        months: from today.
        alive: S(t), in force as a whole or in part.
        fully_alive: in force, its scope never cut.
        untouched: in force, no challenge ever decided.
        upheld: in force, every challenge survived as a whole.
        partly_invalid: in force with a reduced scope.
        quiet: in force, not asserted in the last years.
        asserted: in force, asserted in the last years, no challenge pending.
        challenged: in force, a challenge pending.
        wholly_invalid: cumulative incidence of whole invalidation.
        lapsed: cumulative incidence of lapse for unpaid fees or no renewal.
        cancelled: cumulative incidence of cancellation for non-use.
        expired: the end of the term reached alive.
        ever_partly_invalid: cumulative incidence of a first partial invalidation.
        ever_upheld: cumulative incidence of a first decision that leaves the right whole.
        assertions: expected number of assertions from today.
        challenges: expected number of challenges begun from today.
        years_alive: restricted mean life, integral of S over 0 to t, in years.
    """

    months: FloatArray
    alive: FloatArray
    fully_alive: FloatArray
    untouched: FloatArray
    upheld: FloatArray
    partly_invalid: FloatArray
    quiet: FloatArray
    asserted: FloatArray
    challenged: FloatArray
    wholly_invalid: FloatArray
    lapsed: FloatArray
    cancelled: FloatArray
    expired: FloatArray
    ever_partly_invalid: FloatArray
    ever_upheld: FloatArray
    assertions: FloatArray
    challenges: FloatArray
    years_alive: FloatArray

    @classmethod
    def of(cls, months: FloatArray, states: FloatArray, ended: NDArray[np.bool_]) -> Self:
        """Read the states off.

        Args:
            months: shape [n_months].
            states: shape [..., n_months, size], at the end of the term where that is past.
            ended: whether the term is over, shape [n_months].
        """
        living = np.where(ended[:, None], 0.0, states[..., :LIVING])
        grid = living.reshape(*living.shape[:-1], len(Standing), len(PHASES))
        standing, phase = grid.sum(axis=-1), grid.sum(axis=-2)
        alive = living.sum(axis=-1)
        found = {name: states[..., at] for name, at in (_ENDS | _COUNTS).items()}
        return cls(
            months=months,
            alive=alive,
            fully_alive=standing[..., 0] + standing[..., 1],
            untouched=standing[..., 0],
            upheld=standing[..., 1],
            partly_invalid=standing[..., 2],
            quiet=phase[..., 0],
            asserted=phase[..., 1] + phase[..., 2],
            challenged=phase[..., 3],
            expired=states[..., :LIVING].sum(axis=-1) - alive,
            **found,
        )

    def quantile(self, level: float) -> Self:
        """Point by point over the draws, level between 0 and 1."""
        drawn = {one.name: getattr(self, one.name) for one in fields(self)}
        months = drawn.pop("months")
        cut = {name: np.quantile(value, level, axis=0) for name, value in drawn.items()}
        return type(self)(months=months, **cut)


@dataclass(frozen=True, slots=True)
class Band:
    """Between which curves the truth lies, as far as the figures are uncertain.

    Attributes:
        level: share of the draws inside, point by point.
        low: the lower edge of each curve.
        high: the upper edge.
    """

    level: float
    low: Curves
    high: Curves
