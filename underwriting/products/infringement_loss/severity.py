"""What one matter costs after its terms: a law held by points, and what each term left."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from models.severity.laws.normal import FloatArray
from underwriting.products.infringement_loss.branches import PERILS, branches
from underwriting.products.infringement_loss.laws import MatterLaws
from underwriting.products.infringement_loss.matter_terms import MatterTerms
from underwriting.products.infringement_loss.points import POINTS


class Points:
    """The law of an amount with weighted points: a severity as the aggregate asks for it.

    E[min(X, x)] = sum of weight x amount up to x, and x times the weight above.
    """

    def __init__(self, amounts: FloatArray, weights: FloatArray) -> None:
        order = np.argsort(amounts, kind="stable")
        self._amounts = amounts[order]
        self._below = np.append(0.0, np.cumsum((weights * amounts)[order]))
        above = np.cumsum(weights[order][::-1])[::-1]
        self._above = np.append(above, 0.0)

    @property
    def largest(self) -> float:
        """The greatest amount, minor units; at least one unit."""
        return max(1.0, float(self._amounts[-1]))

    def mean(self) -> float:
        """E[X], minor units."""
        return float(self._below[-1])

    def lev(self, limit: ArrayLike) -> FloatArray:
        """E[min(X, limit)], shape as `limit`, which may be infinite."""
        limit = np.asarray(limit, float)
        place = np.searchsorted(self._amounts, limit, side="right")
        above = self._above[place]
        held = np.where(above > 0, limit, 0.0)
        return np.asarray(self._below[place] + held * above)


@dataclass(frozen=True, eq=False)
class Matter:
    """One matter after its terms; amounts in minor units.

    Attributes:
        gross: law of what is paid.
        net: law of what is paid less what is repaid.
        left: expected loss by peril after each term, ground up first, `[5, n_perils]`.
        repaid: expected repayment.
        net_parts: of the mean of `net`, by peril, `[n_perils]`.
    """

    gross: Points
    net: Points
    left: FloatArray
    repaid: float
    net_parts: FloatArray


@lru_cache(maxsize=512)
def matter(laws: MatterLaws, terms: MatterTerms) -> Matter:
    """Return what a matter costs, asked at the points of every branch."""
    gross, net, weights = [], [], []
    left, parts, repaid = np.zeros((5, len(PERILS))), np.zeros(len(PERILS)), 0.0
    compensated = terms.covered[PERILS.index("loss_of_profit")]
    for branch in branches(laws):
        weight = branch.chance / POINTS
        after = terms.paid(branch.losses)
        paid = after.limit.sum(axis=0)
        money = branch.money if compensated else branch.received
        back = terms.repaid(paid, money, branch.kind)
        stages = (terms.covers(branch.losses), *after)
        left += weight * np.stack([stage.sum(axis=1) for stage in stages])
        kept = np.divide(paid - back, paid, out=np.zeros_like(paid), where=paid > 0)
        parts += weight * (after.limit * kept).sum(axis=1)
        repaid += weight * float(back.sum())
        gross.append(paid)
        net.append(paid - back)
        weights.append(np.full(POINTS, weight))
    held = np.concatenate(weights)
    return Matter(
        Points(np.concatenate(gross), held), Points(np.concatenate(net), held), left, repaid, parts
    )
