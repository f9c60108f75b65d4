"""The laws of a hazard: cumulative hazard H(t) from the scores of a row.

Scores are `offset + matrix @ terms`, `[r]` for one row and `[n, r]` for many; a law says how many
it needs and what they are. Survival is S(t) = exp(-H(t)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from models.hazard.gauss import upper_tail

Array: TypeAlias = npt.NDArray[np.float64]


class Law(Protocol):
    """What every law answers."""

    def cumulative(self, scores: Array, t: Array) -> Array:
        """H(t): scores `[n, r]`, ages `[n, k]` or `[1, k]`; `[n, k]`."""


@dataclass(frozen=True, slots=True)
class CoxLaw:
    """H(t) = exp(score) H0(t), with H0 straight between the event ages of its table.

    Straight lines between event ages are lifelines' own reading of its table (`np.interp`);
    before the first age H0 is the table's first value, after the last its last. Where effects
    drift with age there is one score for each period: H(t) is the sum of exp(score_k) times
    what H0 gains in period k.

    Attributes:
        ages: event ages, rising `[m]`.
        hazard: H0 at those ages `[m]`.
        cuts: ages at which a new period begins, rising; none where effects are constant.
    """

    ages: Array
    hazard: Array
    cuts: Array

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Read the law from a fit."""
        ages, hazard = np.array(fields["ages"], float), np.array(fields["hazard"], float)
        return cls(ages, hazard, np.array(fields.get("cuts", ()), float))

    def base(self, t: float | Array) -> Array:
        """H0(t), of any shape."""
        return np.asarray(np.interp(t, self.ages, self.hazard), np.float64)

    def cumulative(self, scores: Array, t: Array) -> Array:
        """See `Law`; one score, the log hazard ratio, or one for each period."""
        upto = [*(self.base(np.minimum(t, cut)) for cut in self.cuts), self.base(t)]
        rates = np.exp(scores)
        total: Array = rates[:, :1] * upto[0]
        for place in range(1, len(upto)):
            total = total + rates[:, place, None] * (upto[place] - upto[place - 1])
        return total


@dataclass(frozen=True, slots=True)
class WeibullLaw:
    """H(t) = (t / lambda)^rho; scores are ln lambda and ln rho."""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:  # noqa: ARG003 - all is in the scores
        """Read the law from a fit."""
        return cls()

    def cumulative(self, scores: Array, t: Array) -> Array:
        """See `Law`."""
        found: Array = np.exp(np.exp(scores[:, 1:2]) * (_log(t) - scores[:, :1]))
        return found


@dataclass(frozen=True, slots=True)
class LogLogisticLaw:
    """H(t) = ln(1 + (t / alpha)^beta); scores are ln alpha and ln beta."""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:  # noqa: ARG003 - all is in the scores
        """Read the law from a fit."""
        return cls()

    def cumulative(self, scores: Array, t: Array) -> Array:
        """See `Law`."""
        return np.logaddexp(0.0, np.exp(scores[:, 1:2]) * (_log(t) - scores[:, :1]))


@dataclass(frozen=True, slots=True)
class LogNormalLaw:
    """H(t) = -ln(1 - Phi((ln t - mu) / sigma)); scores are mu and ln sigma."""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:  # noqa: ARG003 - all is in the scores
        """Read the law from a fit."""
        return cls()

    def standard(self, scores: Array, t: Array) -> Array:
        """Return (ln t - mu) / sigma `[n, k]`: the order of H without its tail."""
        found: Array = (_log(t) - scores[:, :1]) * np.exp(-scores[:, 1:2])
        return found

    def cumulative(self, scores: Array, t: Array) -> Array:
        """See `Law`."""
        tail = upper_tail(self.standard(scores, t))
        found: Array = -np.log(np.maximum(tail, _LEAST))
        return found


@dataclass(frozen=True, slots=True)
class PiecewiseLaw:
    """A hazard constant on each piece: H(t) = sum of exp(level_k + score_k) times years in k.

    Attributes:
        edges: where pieces begin, rising; the last piece never ends. Below the first edge the
            hazard is nought.
        level: log hazard of each piece at score 0.
    """

    edges: Array
    level: Array

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Read the law from a fit."""
        return cls(np.array(fields["edges"], float), np.array(fields["level"], float))

    def spent(self, t: Array) -> Array:
        """Years spent in each piece by the age t, `[..., pieces]`."""
        width = np.append(np.diff(self.edges), np.inf)
        return np.clip(t[..., None] - self.edges, 0.0, width)

    def cumulative(self, scores: Array, t: Array) -> Array:
        """See `Law`; one score for all pieces, or one for each."""
        rates = np.exp(self.level + scores)
        found: Array = (self.spent(t) * rates[:, None, :]).sum(axis=-1)
        return found


_LEAST = 1e-300
"""Least chance of which a logarithm is taken."""


def _log(t: Array) -> Array:
    """Ln t; an age of nought stands for one that is next to nought."""
    return np.log(np.maximum(t, 1e-25))


LAWS: Mapping[str, type[CoxLaw | WeibullLaw | LogLogisticLaw | LogNormalLaw | PiecewiseLaw]] = {
    "hazard.cox": CoxLaw,
    "hazard.weibull": WeibullLaw,
    "hazard.loglogistic": LogLogisticLaw,
    "hazard.lognormal": LogNormalLaw,
    "hazard.piecewise": PiecewiseLaw,
}
"""Law of each form."""
