"""Maximum likelihood under limits and deductibles, with standard errors.

ln L = sum of weight x (ln f(x) where seen, ln S(x) where censored, less ln S(deductible)).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, nan
from typing import Any

import numpy as np
from scipy import optimize

from kernel.errors import invalid
from models.severity.laws.normal import FloatArray
from models.training.severity.families import Family, Fittable, Parameter
from models.training.severity.losses import Losses

_STEP = 1e-4
"""Step of the second differences, in free coordinates."""

_ROUNDS = 3
_WORST = 1e15


@dataclass(frozen=True, slots=True)
class Fitted:
    """A law that was fitted.

    Attributes:
        family: name of the family.
        law: the law.
        values: parameters by name.
        errors: standard errors by name, from the observed information; not a number where the
            likelihood is not curved there.
        log_likelihood: at the maximum.
        count: losses, by weight.
    """

    family: str
    law: Any
    values: dict[str, float]
    errors: dict[str, float]
    log_likelihood: float
    count: float

    @property
    def aic(self) -> float:
        """2 k - 2 ln L: smaller is better."""
        return 2 * len(self.values) - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """K ln n - 2 ln L: smaller is better."""
        return len(self.values) * log(self.count) - 2 * self.log_likelihood


def log_likelihood(law: Fittable, losses: Losses) -> float:
    """Return ln L of the losses under the law; minus infinity where they cannot be."""
    with np.errstate(divide="ignore"):
        seen = law.log_density(losses.amount)
        if losses.censored.any():
            cut = losses.censored
            seen = np.where(cut, 0.0, seen)
            seen[cut] = np.log(law.sf(losses.amount[cut]))
        if losses.unseen_below.any():
            bounds, places = np.unique(losses.unseen_below, return_inverse=True)
            seen = seen - np.log(law.sf(bounds))[places]
    total = float(losses.weight @ seen)
    return total if np.isfinite(total) else -np.inf


def fit_law(family: Family, losses: Losses) -> Fitted:
    """Fit a family.

    Raises:
        Invalid: fewer losses than parameters and one, or no maximum was found.
    """
    if losses.amount.size <= len(family.parameters):
        problem = f"{losses.amount.size} losses cannot fit {len(family.parameters)} parameters"
        raise invalid("losses", problem, "bring more losses, or use a published law")
    return maximise(
        family.name,
        family.parameters,
        family.start(losses),
        make=family.make,
        score=lambda law: log_likelihood(law, losses),
        count=losses.count,
    )


def maximise(
    name: str,
    parameters: Sequence[Parameter],
    start: Sequence[float],
    *,
    make: Callable[..., Any],
    score: Callable[[Any], float],
    count: float,
) -> Fitted:
    """Climb from `start` to the greatest `score`, and measure how curved it is there.

    Nelder-Mead in free coordinates, begun anew from where it ends until it stays; then the
    inverse of the matrix of second differences, carried to the parameters.
    """

    def values(free: FloatArray) -> list[float]:
        pairs = zip(parameters, free, strict=True)
        return [parameter.value(float(place)) for parameter, place in pairs]

    def loss(free: FloatArray) -> float:
        reached = score(make(*values(free)))
        return -reached / count if np.isfinite(reached) else _WORST

    pairs = zip(parameters, start, strict=True)
    free = np.array([parameter.free(float(value)) for parameter, value in pairs])
    for _ in range(_ROUNDS):
        found = optimize.minimize(
            loss, free, method="Nelder-Mead",
            options={"xatol": 1e-7, "fatol": 1e-13, "maxiter": 4000, "maxfev": 4000},
        )  # fmt: skip
        moved, free = float(np.max(np.abs(found.x - free))), found.x
        if moved < _STEP:
            break
    if not found.fun < _WORST:
        raise invalid("losses", f"have no likelihood under a {name}", "choose another family")
    reached = values(free)
    errors = _errors(loss, free, count) * _slopes(parameters, free)
    names = [parameter.name for parameter in parameters]
    return Fitted(
        name, make(*reached), dict(zip(names, reached, strict=True)),
        dict(zip(names, errors.tolist(), strict=True)), -float(found.fun) * count, count,
    )  # fmt: skip


def _slopes(parameters: Sequence[Parameter], free: FloatArray) -> FloatArray:
    """How much each parameter moves with its free coordinate."""
    return np.array([
        (parameter.value(place + _STEP) - parameter.value(place - _STEP)) / (2 * _STEP)
        for parameter, place in zip(parameters, free.tolist(), strict=True)
    ])  # fmt: skip


def _errors(loss: Callable[[FloatArray], float], free: FloatArray, count: float) -> FloatArray:
    """Square roots of the diagonal of the inverse observed information."""
    size = len(free)
    curve = np.empty((size, size))
    steps = np.eye(size) * _STEP
    for i in range(size):
        for j in range(i, size):
            ahead = loss(free + steps[i] + steps[j]) + loss(free - steps[i] - steps[j])
            across = loss(free + steps[i] - steps[j]) + loss(free - steps[i] + steps[j])
            curve[i, j] = curve[j, i] = (ahead - across) / (4 * _STEP**2)
    if not np.all(np.isfinite(curve)) or np.linalg.matrix_rank(curve) < size:
        return np.full(size, nan)
    spread = np.diag(np.linalg.inv(curve)) / count
    return np.sqrt(np.where(spread > 0, spread, nan))


def compare(families: Sequence[Family], losses: Losses) -> list[Fitted]:
    """Fit each family and put the one with the smallest AIC first."""
    return sorted((fit_law(family, losses) for family in families), key=lambda fit: fit.aic)
