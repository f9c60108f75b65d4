"""The law of min(X, top), read from the law of X: no lattice of its own.

The lattice of X does not know the top, so that a higher aggregate never costs less by a hair:
every figure below is the integral up to the top of something that does not depend on it.
"""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from models.severity.laws.normal import FloatArray, quantile, upper
from underwriting.pricing.aggregate import Distribution


@dataclass(frozen=True, eq=False)
class Capped(Distribution):
    """An amount of at most `top`; the masses are those of the amount before it is cut.

    Attributes:
        top: minor units, above 0; `inf` for none.
    """

    top: float = inf

    def mean(self) -> float:
        """E[min(X, top)]."""
        return float(super().lev(self.top))

    def lev(self, limit: ArrayLike) -> FloatArray:
        """E[min(X, top, limit)], shape as `limit`."""
        return super().lev(np.minimum(np.asarray(limit, float), self.top))

    def sf(self, amount: ArrayLike) -> FloatArray:
        """P(min(X, top) > amount), shape as `amount`."""
        return np.where(np.asarray(amount, float) < self.top, super().sf(amount), 0.0)

    def quantile(self, p: float) -> float:
        """Smallest amount with P(min(X, top) <= amount) >= p."""
        return min(super().quantile(p), self.top)

    def wang(self, lam: float) -> float:
        """Integral of Phi(Phi^-1(P(X > x)) + lam) up to the top."""
        bent = upper(-(quantile(self.above[:-1]) + lam))
        upto = self.step * np.concatenate([[0.0], np.cumsum(bent)])
        return float(np.interp(self.top, self.points, upto))
