"""Loss and defence cost of one claim together, and what a policy pays of both.

All expectations are integrals of the chance that both amounts are exceeded, which needs no
density and keeps closed forms at the ends:

    E(X + Y - d)+ = E(X - d)+ + E(Y - d)+ + integral over t in (0, d) of P(X > t, Y > d - t)
    E[w(X) Y]     = integral over x of w'(x) integral over y of P(X > x, Y > y)
"""

from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np

from kernel.errors import invalid
from models.severity.dependence.copula import Copula
from models.severity.laws.law import Law
from models.severity.laws.normal import FloatArray
from models.severity.layers import Terms, expected_payment

Treatment = Literal["inside", "outside", "pro_rata"]
"""How defence cost counts.

`inside`: loss and cost together run through retention, share and limit (the limit erodes).
`outside`: the terms apply to the loss; the insurer's share of all cost is paid on top.
`pro_rata`: on top, in the proportion in which the loss itself is paid:
(min(loss, top) - retention)+ / min(loss, top), as in Frees and Valdez 1998.
"""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)
_HALVINGS = 48
_PANEL = 0.7
"""Width of a panel in ln of the amount."""

_LEFT_OUT = 1e-11
"""Part of the mean cost that may lie beyond the last panel."""

_SURE = 1 - 1e-14
"""Losses above this quantile are left out where the cover has no limit."""


@dataclass(frozen=True, slots=True)
class LossAndCost:
    """Loss X and defence cost Y of one claim, tied by a copula.

    Attributes:
        loss: law of X.
        cost: law of Y, in the same currency.
        copula: their dependence; tau 0.3 on real liability losses (Frees and Valdez 1998).
    """

    loss: Law
    cost: Law
    copula: Copula

    def draw(self, count: int, seed: int) -> tuple[FloatArray, FloatArray]:
        """Draw `count` claims: losses and costs, each `[count]`; the same seed, the same draws."""
        u, v = self.copula.draw(np.random.default_rng(seed), count)
        return self.loss.quantile(u), self.cost.quantile(v)

    def draw_cost(self, loss: FloatArray, seed: int) -> FloatArray:
        """Draw a cost for each loss that is given, shape as `loss`."""
        q = np.random.default_rng(seed).random(np.shape(loss))
        return self.cost.quantile(self.copula.invert(q, self.loss.cdf(loss)))

    def cost_quantile(self, q: float, loss: float) -> float:
        """Cost that is not exceeded with probability `q` in a claim with this loss."""
        return float(self.cost.quantile(self.copula.invert(q, self.loss.cdf(loss))))

    def payment(
        self, loss: FloatArray, cost: FloatArray, terms: Terms, how: Treatment
    ) -> FloatArray:
        """What is paid on claims of these losses and costs, each `[n]`."""
        if how == "inside":
            return terms.payment(loss + cost)
        if how == "outside":
            return terms.payment(loss) + terms.share * cost
        reached = np.minimum(loss, terms.top)
        part = np.maximum(reached - terms.retention, 0) / np.maximum(reached, 1e-300)
        return terms.payment(loss) + terms.share * part * cost

    def expected_payment(self, terms: Terms, how: Treatment) -> float:
        """Expected payment for loss and cost of one claim.

        Raises:
            Invalid: the answer is infinite: an unlimited cover of a mean that is.
        """
        if how == "inside":
            if not isfinite(terms.top):
                unlimited = self.loss.mean() + self.cost.mean()
                return terms.share * (unlimited - self.lev_of_sum(terms.retention))
            return terms.share * (self.lev_of_sum(terms.top) - self.lev_of_sum(terms.retention))
        self._refuse_endless()
        indemnity = expected_payment(self.loss, terms)
        if how == "outside":
            return indemnity + terms.share * self.cost.mean()
        return indemnity + terms.share * self._pro_rata(terms)

    def lev_of_sum(self, limit: float) -> float:
        """E[min(X + Y, limit)], loss and cost together."""
        if limit == 0:
            return 0.0
        parts = float(self.loss.lev(limit) + self.cost.lev(limit))
        return parts - self._overlap(limit)

    def mean_cost_above(self, loss: float) -> float:
        """E[Y; X > loss]: the mean cost of claims above `loss`, times their chance."""
        self._refuse_endless()
        y, weights = self._cost_grid()
        return float(self.copula.both_above(self.loss.sf(loss), self.cost.sf(y)) @ weights)

    def _overlap(self, limit: float) -> float:
        """Integral over t in (0, limit) of P(X > t, Y > limit - t), fine towards both ends."""
        cuts = 0.5 * limit * 0.5 ** np.arange(_HALVINGS, dtype=float)
        jumps = [edge for edge in self.loss.edges() if 0 < edge < limit]
        jumps += [limit - edge for edge in self.cost.edges() if 0 < edge < limit]
        ends = np.unique(np.concatenate([[0.0, limit], cuts, limit - cuts, jumps]))
        t, weights = _panels(ends)
        return float(self.copula.both_above(self.loss.sf(t), self.cost.sf(limit - t)) @ weights)

    def _pro_rata(self, terms: Terms) -> float:
        """E[w(X) Y], w' = retention / x^2 up to the top; all cost of a loss at no retention."""
        if terms.retention == 0:
            return self.mean_cost_above(0.0)
        top = min(terms.top, float(self.loss.quantile(_SURE)))
        if top <= terms.retention:
            return 0.0
        x, widths = _log_panels(terms.retention, top, self.loss.edges())
        y, heights = self._cost_grid()
        both = self.copula.both_above(self.loss.sf(x)[:, None], self.cost.sf(y)[None, :])
        return float((terms.retention / x**2 * widths) @ (both @ heights))

    def _cost_grid(self) -> tuple[FloatArray, FloatArray]:
        """Amounts of cost and their weights, from where cost is sure to where nothing is left."""
        low = max(float(self.cost.quantile(1e-12)), 1e-12 * float(self.cost.quantile(0.5)), 1e-9)
        high, enough = max(low, float(self.cost.quantile(0.999))), _LEFT_OUT * self.cost.mean()
        while float(self.cost.between(high, np.inf)) > enough:
            high *= 4.0
        y, weights = _log_panels(low, high, self.cost.edges())
        return np.concatenate([[0.5 * low], y]), np.concatenate([[low], weights])

    def _refuse_endless(self) -> None:
        if not isfinite(self.cost.mean()):
            cure = "cap the law of the cost, or count it inside the limit"
            raise invalid("cost", "has an infinite mean, and the limit does not hold it", cure)


def _log_panels(low: float, high: float, edges: tuple[float, ...]) -> tuple[FloatArray, FloatArray]:
    """Nodes and weights from `low` to `high`, in panels of equal width in the logarithm."""
    count = max(2, int(np.ceil(np.log(high / low) / _PANEL)) + 1)
    jumps = [edge for edge in edges if low < edge < high]
    ends = np.unique(np.concatenate([np.geomspace(low, high, count), jumps]))
    logs, weights = _panels(np.log(ends))
    return np.exp(logs), np.exp(logs) * weights


def _panels(ends: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Gauss-Legendre nodes and weights on the panels between neighbouring `ends`."""
    middle, half = 0.5 * (ends[1:] + ends[:-1]), 0.5 * (ends[1:] - ends[:-1])
    nodes = middle[:, None] + half[:, None] * _NODES
    return nodes.ravel(), (half[:, None] * _WEIGHTS).ravel()
