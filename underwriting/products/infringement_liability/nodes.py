"""Where the integral over defence cost and damages of one claim is taken.

Both are asked at quantiles Phi(z) of evenly spaced z; the weight of a pair is the density of the
copula there times those of the two normals. On the whole line the sum with even steps is exact
to far below what the kinks of a policy cost. Pairs that hardly ever come are left out.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.severity import Gumbel
from models.severity.laws.normal import FloatArray, lower

_COST_REACH, _COST_STEP = 5.0, 0.2
_LOSS_REACH, _LOSS_STEP = 6.5, 0.1
_RARE = 1e-13
"""Weight of a pair that is left out; all of them together weigh below 1e-9."""


@dataclass(frozen=True, eq=False)
class Nodes:
    """Quantiles and their weights.

    Attributes:
        cost: probabilities at which cost is asked, `[n_cost]`.
        loss: probabilities at which damages are asked, `[n_loss]`.
        alone: weights of `cost`, `[n_cost]`, sum 1.
        at_cost: place in `cost` of each pair, `[n_pairs]`.
        at_loss: place in `loss` of each pair, `[n_pairs]`.
        pair: weights of the pairs, `[n_pairs]`, sum 1.
    """

    cost: FloatArray
    loss: FloatArray
    alone: FloatArray
    at_cost: NDArray[np.int64]
    at_loss: NDArray[np.int64]
    pair: FloatArray


@lru_cache(maxsize=8)
def nodes_of(tau: float) -> Nodes:
    """Return the nodes of a Gumbel copula with this Kendall tau, 0 < tau < 1."""
    cost, cost_weight = _line(_COST_REACH, _COST_STEP)
    loss, loss_weight = _line(_LOSS_REACH, _LOSS_STEP)
    density = np.exp(Gumbel.of_tau(tau).log_density(cost[:, None], loss[None, :]))
    joint = density * cost_weight[:, None] * loss_weight[None, :]
    at_cost, at_loss = np.nonzero(joint > _RARE)
    pair = joint[at_cost, at_loss]
    return Nodes(cost, loss, cost_weight, at_cost, at_loss, pair / pair.sum())


def _line(reach: float, step: float) -> tuple[FloatArray, FloatArray]:
    """Return probabilities of evenly spaced z, and their weights."""
    z = np.arange(-reach, reach + step / 2, step)
    weight = np.exp(-0.5 * z**2)
    return lower(z), np.asarray(weight / weight.sum())
