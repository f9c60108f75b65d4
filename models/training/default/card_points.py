"""The scorecard trained: bins, weight of evidence, and a ridge logistic regression on them.

Weight of evidence of a bin: ln(share of defaults in it / share of the others in it), each share
with half a row added. Information value sums the difference of shares times it. Columns with an
information value of 0.01 or more enter, at most 25; one whose coefficient turns against its own
evidence leaves, and the rest are fitted again.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from models.borrower.encoding import Floats
from models.borrower.odds import expit
from models.borrower.scorecard import Bins, Scorecard
from models.training.default.grid import Matrix

_BINS = 6
_LEAST_VALUE, _MOST = 0.01, 25
_RIDGE = 1.0
_STEPS, _CLOSE = 50, 1e-9


class _Evidence(NamedTuple):
    """One column in bins."""

    bins: Bins
    woe: Floats
    value: float


def train_scorecard(
    matrix: Matrix, outcome: Floats, weights: Floats, signs: tuple[int, ...]
) -> Scorecard:
    """Train a scorecard on `matrix[n, k]`; `signs[k]` are kept by its points."""
    mass = weights / weights.mean()
    found = [
        _evidence(at, matrix[:, at].astype(float), outcome, mass, sign)
        for at, sign in enumerate(signs)
    ]
    ranked = sorted((one for one in found if one.value >= _LEAST_VALUE), key=lambda e: -e.value)
    kept = ranked[:_MOST]
    while True:
        design = np.column_stack(
            [np.ones(len(outcome))]
            + [one.woe[one.bins.places(matrix[:, one.bins.at])] for one in kept]
        )
        beta = _ridge_logistic(design, outcome, mass)
        if (beta[1:] > 0).all():
            break
        kept = [one for one, b in zip(kept, beta[1:], strict=True) if b > 0]
    columns = tuple(
        Bins(one.bins.at, one.bins.edges, one.woe * b)
        for one, b in zip(kept, beta[1:], strict=True)
    )
    return Scorecard(float(beta[0]), columns)


def _evidence(at: int, column: Floats, outcome: Floats, mass: Floats, sign: int) -> _Evidence:
    """Bin one column and weigh its evidence."""
    there = column[~np.isnan(column)]
    inner = np.linspace(0, 1, _BINS + 1)[1:-1]
    cuts = np.unique(np.quantile(there, inner, method="higher")) if len(there) else np.empty(0)
    edges = cuts[cuts > there.min()] if len(there) else cuts
    bins = Bins(at, edges, np.zeros(len(edges) + 2))
    places, size = bins.places(column), len(edges) + 2
    bad: Floats = np.asarray(np.bincount(places, mass * outcome, size) + 0.5)
    good: Floats = np.asarray(np.bincount(places, mass * (1 - outcome), size) + 0.5)
    if sign:
        bad, good = _pooled(bad, good, sign)
    shares = bad / bad.sum(), good / good.sum()
    woe = np.log(shares[0] / shares[1])
    woe[np.bincount(places, minlength=size) == 0] = 0.0
    return _Evidence(bins, woe, float(((shares[0] - shares[1]) * woe).sum()))


def _pooled(bad: Floats, good: Floats, sign: int) -> tuple[Floats, Floats]:
    """Pool neighbouring bins until the rate goes one way (all but the missing bin, the last)."""
    groups = [[place] for place in range(len(bad) - 1)]
    while True:
        rates = [sign * bad[g].sum() / (bad[g].sum() + good[g].sum()) for g in groups]
        wrong = [place for place, (a, b) in enumerate(pairwise(rates)) if a > b]
        if not wrong:
            break
        groups[wrong[0]] += groups.pop(wrong[0] + 1)
    one, two = bad.copy(), good.copy()
    for group in groups:
        one[group], two[group] = bad[group].mean(), good[group].mean()
    return one, two


def _ridge_logistic(design: Floats, outcome: Floats, mass: Floats) -> Floats:
    """Newton's method on the weighted log-likelihood with a ridge on all but the constant."""
    ridge = np.full(design.shape[1], _RIDGE)
    ridge[0] = 0.0
    rate = float(mass @ outcome / mass.sum())
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(rate / (1 - rate))
    for _ in range(_STEPS):
        p = expit(design @ beta)
        slope = design.T @ (mass * (p - outcome)) + ridge * beta
        bend = design.T @ (design * (mass * p * (1 - p))[:, None]) + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        beta = beta - step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < _CLOSE:
            break
    return beta
