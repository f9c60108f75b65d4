"""A piecewise constant hazard by Poisson regression on occurrences and exposures.

The levels of the pieces are free; one ridge draws the log hazard ratios to nought.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from models.training.survival.baseline import table_band
from models.training.survival.design import Design
from models.training.survival.episodes import Episodes, cut, edges_of
from models.training.survival.frozen import Frozen
from models.training.survival.lives import Array, Lives

_CLOSE = 1e-9
_LEAST_LEVEL = 1e-3
"""Events that stand for none in the starting level of a piece."""


def train_piecewise(
    design: Design, x: Array, lives: Lives, *, penalizer: float, drifting: bool = False
) -> Frozen:
    """Fit a piecewise constant hazard: levels free, one ridge on the log hazard ratios.

    Args:
        design: that `x` was made by.
        x: standardised terms `[n, p]`.
        lives: of the rows.
        penalizer: ridge per row.
        drifting: whether log hazard ratios change over the pieces in a straight line.
    """
    edges = edges_of(lives)
    seen, size = cut(lives, edges), len(edges)
    drift = np.linspace(-1.0, 1.0, size)
    columns = x[seen.rows]
    if drifting:
        columns = np.hstack([columns, columns * drift[seen.pieces, None]])
    level, beta, covariance = _fit(columns, seen, size, penalizer * len(x))
    scores = beta[None, : x.shape[1]]
    if drifting:
        scores = scores + drift[:, None] * beta[x.shape[1] :]
    matrix, offset = design.served(scores, np.zeros(len(scores)))
    return Frozen(
        "hazard.piecewise",
        design,
        offset,
        matrix,
        {"edges": edges.tolist(), "level": level.tolist()},
        _band(design, level, covariance, edges, drift if drifting else None),
        float(np.median(lives.exit[lives.event == 1.0])),
        float(lives.exit.max()),
    )


@dataclass(frozen=True, slots=True)
class _Likelihood:
    """Poisson likelihood of cut lives: parameters are levels `[size]`, then coefficients `[p]`.

    The levels' own block of the information is diagonal, so no indicator columns are made.
    """

    columns: Array
    seen: Episodes
    size: int

    def start(self) -> Array:
        """Return occurrence over exposure of each piece, and no effects."""
        lived = np.bincount(self.seen.pieces, self.seen.years * self.seen.weights, self.size)
        died = np.bincount(self.seen.pieces, self.seen.events * self.seen.weights, self.size)
        rates = np.log(np.maximum(died, _LEAST_LEVEL) / np.maximum(lived, _LEAST_LEVEL))
        return np.append(rates, np.zeros(self.columns.shape[1]))

    def at(self, theta: Array) -> tuple[float, Array, Array]:
        """Value, gradient and information."""
        eta = theta[self.seen.pieces] + self.columns @ theta[self.size :]
        happened = self.seen.weights * self.seen.events
        expected = self.seen.weights * self.seen.years * np.exp(np.minimum(eta, 50.0))
        value = float(happened @ eta - expected.sum())
        left = happened - expected
        of_level = np.bincount(self.seen.pieces, left, self.size)
        weighed = self.columns * expected[:, None]
        cross = np.array([np.bincount(self.seen.pieces, one, self.size) for one in weighed.T])
        cross = cross.reshape(-1, self.size)
        own = np.diag(np.bincount(self.seen.pieces, expected, self.size))
        information = np.block([[own, cross.T], [cross, weighed.T @ self.columns]])
        return value, np.append(of_level, self.columns.T @ left), information


def _fit(columns: Array, seen: Episodes, size: int, ridge: float) -> tuple[Array, Array, Array]:
    """Newton's method; returns levels, coefficients, and their covariance, levels first."""
    likelihood = _Likelihood(np.asfortranarray(columns), seen, size)  # sums run down columns
    aim = likelihood.start()
    penalty = np.append(np.full(size, _CLOSE), np.full(columns.shape[1], ridge))
    theta, best = aim, -np.inf
    step: Array = np.zeros(len(aim))
    for _ in range(80):
        trial = theta + step
        value, gradient, information = likelihood.at(trial)
        value -= 0.5 * float(penalty @ (trial - aim) ** 2)
        if value < best - _CLOSE:
            step = step / 2.0
            continue
        theta, best = trial, value
        gradient = gradient - penalty * (theta - aim)
        information[np.diag_indices_from(information)] += penalty
        step = np.linalg.solve(information, gradient).astype(np.float64)
        if gradient @ step < _CLOSE:
            covariance: Array = np.linalg.inv(information).astype(np.float64)
            return theta[:size], theta[size:], covariance
    raise ArithmeticError("the piecewise hazard did not converge; give a penalizer")


def _band(
    design: Design, level: Array, covariance: Array, edges: Array, drift: Array | None
) -> dict[str, Any]:
    """Fields of a table band: with z for a row, ln H has gradient (shares of H by piece, z).

    With drift z is followed by z times the mean drift, and the shares are those of the mean row.
    """
    size = len(level)
    ages = np.r_[edges[1:], edges[-1] + 5.0]
    spent = np.clip(ages[:, None] - edges, 0.0, np.append(np.diff(edges), np.inf))
    share = spent * np.exp(level)
    share /= share.sum(axis=1, keepdims=True)
    own, cross, of_beta = (
        covariance[:size, :size], covariance[size:, :size], covariance[size:, size:]
    )  # fmt: skip
    mean = -np.linalg.solve(of_beta, cross @ share.T).T
    noise = np.einsum("ks,st,kt->k", share, own, share)
    noise -= np.einsum("kp,pq,kq->k", mean, of_beta, mean)
    table = {"ages": ages.tolist(), "noise": np.maximum(noise, 0.0), "mean": mean}
    return table_band(design, of_beta, table, drift)
