"""Cox regression by Newton's method in numpy: many fits fast, for folds and bootstraps.

Delayed entry (a row is at risk in `(entry, exit]`), Efron's ties, row weights and a ridge
penalty in the sense of lifelines' `CoxPHFitter(penalizer)`: `rows · penalizer / 2 · |beta|²`
on the columns as they are given. One step costs a few products of `[n, p]`; no array of
`[n, p, p]` is ever made.
"""

from dataclasses import dataclass

import numpy as np

from models.training.survival.at_risk import RiskSets, sets_at_risk
from models.training.survival.lives import Array, Lives


@dataclass(frozen=True, slots=True)
class CoxFit:
    """A Cox regression.

    Attributes:
        beta: log hazard ratios per unit of each column `[p]`.
        covariance: of `beta`, from the penalised information `[p, p]`.
        times: event ages, rising `[m]`.
        hazard: cumulative baseline hazard at `times` for a row of zeros `[m]` (Breslow).
    """

    beta: Array
    covariance: Array
    times: Array
    hazard: Array

    def survival(self, x: Array, at: Array) -> Array:
        """S(t | x) `[n, k]` at the ages `at` `[k]`, the baseline taken linearly between events."""
        base = np.interp(at, np.r_[0.0, self.times], np.r_[0.0, self.hazard])
        return np.exp(-np.exp(x @ self.beta)[:, None] * base[None, :])


def fit_cox(x: Array, lives: Lives, *, penalizer: float = 0.0, steps: int = 60) -> CoxFit:
    """Maximise the penalised partial likelihood.

    Args:
        x: covariates `[n, p]`, on scales that one penalty suits.
        lives: of the same rows.
        penalizer: ridge per row; 0 is none.
        steps: most evaluations of the likelihood.

    Raises:
        ArithmeticError: it did not converge: columns are collinear and nothing is penalised.
    """
    risk, ridge = sets_at_risk(lives), penalizer * len(x)
    beta, delta, best = np.zeros(x.shape[1]), np.zeros(x.shape[1]), -np.inf
    for _ in range(steps):
        value, gradient, information = _derivatives(beta + delta, x, lives, risk)
        value -= 0.5 * ridge * float((beta + delta) @ (beta + delta))
        if value < best - _CLOSE:
            delta = delta / 2.0
            continue
        beta, best = beta + delta, value
        information[np.diag_indices_from(information)] += ridge
        gradient = gradient - ridge * beta
        delta = _solve(information, gradient)
        if gradient @ delta < _CLOSE:
            beta = beta + delta
            hazard = _baseline(beta, x, lives, risk)
            covariance = np.linalg.inv(information).astype(np.float64)
            return CoxFit(beta, covariance, risk.times, hazard)
    raise ArithmeticError(f"no convergence in {steps} steps; give a penalizer")


_CLOSE = 1e-10
"""Twice the Newton decrement at which the likelihood has nothing left to gain."""


def _solve(information: Array, gradient: Array) -> Array:
    try:
        found = np.linalg.solve(information, gradient)
    except np.linalg.LinAlgError:
        raise ArithmeticError("columns are collinear; give a penalizer") from None
    return found.astype(np.float64)


def _derivatives(beta: Array, x: Array, lives: Lives, risk: RiskSets) -> tuple[float, Array, Array]:
    """Log likelihood, its gradient `[p]` and its information `[p, p]`."""
    eta = x @ beta
    shift = float(eta.max())
    rate = lives.weights * np.exp(eta - shift)
    all_0, all_1 = risk.at_risk(rate), risk.at_risk(rate[:, None] * x)
    dead_1 = np.zeros_like(all_1)
    np.add.at(dead_1, risk.at, rate[risk.rows, None] * x[risk.rows])
    dead_0 = risk.of_events(rate[risk.rows])
    below = all_0[risk.at] - risk.tied * dead_0[risk.at]
    mean = (all_1[risk.at] - risk.tied[:, None] * dead_1[risk.at]) / below[:, None]
    weights = lives.weights[risk.rows]
    value = float(weights @ eta[risk.rows] - risk.weights @ (np.log(below) + shift))
    gradient = weights @ x[risk.rows] - risk.weights @ mean
    share = risk.weights / below
    passed = np.r_[0.0, np.cumsum(risk.of_events(share))]
    spread = rate * (passed[risk.end] - passed[risk.first])
    spread[risk.rows] -= rate[risk.rows] * risk.of_events(share * risk.tied)[risk.at]
    information = (x * spread[:, None]).T @ x - (mean * risk.weights[:, None]).T @ mean
    return value, gradient, information


def _baseline(beta: Array, x: Array, lives: Lives, risk: RiskSets) -> Array:
    """Breslow's cumulative baseline hazard at the event ages `[m]`."""
    below = risk.at_risk(lives.weights * np.exp(x @ beta))
    return np.cumsum(risk.of_events(lives.weights[risk.rows]) / below)
