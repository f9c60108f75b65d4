"""The laws that can be fitted, each with free coordinates, a start and its parameters' names.

Free coordinates are any real numbers: logarithms of what must be above zero, log-odds of what
lies within (0, 1). Gamma and Weibull are comparators only and are not served.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atanh, exp, log, tanh
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from models.severity.laws import GeneralisedPareto, Lognormal, Pareto, Spliced
from models.severity.laws.normal import FloatArray
from models.training.severity.losses import Losses


class Fittable(Protocol):
    """What the likelihood asks of a law."""

    def log_density(self, amount: ArrayLike) -> FloatArray:
        """Logarithm of the density."""
        ...

    def sf(self, amount: ArrayLike) -> FloatArray:
        """P(X > x)."""
        ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a family.

    Attributes:
        name: as in the law.
        kind: which numbers it may be: `real`, `positive`, `share` within (0, 1), `above_one`,
            `correlation` within (-1, 1).
    """

    name: str
    kind: str

    def free(self, value: float) -> float:
        """Return the free coordinate of a value."""
        return _FREE[self.kind](value)

    def value(self, free: float) -> float:
        """Return the value at a free coordinate, held within what floats can bear."""
        return _VALUE[self.kind](min(max(free, -_FAR), _FAR))


_FAR = 300.0
_NEXT = 1e-12

_FREE: dict[str, Callable[[float], float]] = {
    "real": float,
    "positive": log,
    "share": lambda value: log(value / (1 - value)),
    "above_one": lambda value: log(value - 1),
    "correlation": atanh,
}
_VALUE: dict[str, Callable[[float], float]] = {
    "real": float,
    "positive": exp,
    "share": lambda free: min(max(1 / (1 + exp(-free)), _NEXT), 1 - _NEXT),
    "above_one": lambda free: 1 + exp(free),
    "correlation": lambda free: min(max(tanh(free), _NEXT - 1), 1 - _NEXT),
}


@dataclass(frozen=True, slots=True)
class Family:
    """A law up to its parameters.

    Attributes:
        name: of the family.
        parameters: in the order of the arguments of `make`.
        make: law of given parameter values.
        start: first guess from the losses.
    """

    name: str
    parameters: tuple[Parameter, ...]
    make: Callable[..., Any]
    start: Callable[[Losses], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma law, a comparator.

    Attributes:
        shape: above zero.
        scale: above zero, major units.
    """

    shape: float
    scale: float

    def log_density(self, amount: ArrayLike) -> FloatArray:
        """(shape - 1) ln x - x / scale - ln Gamma(shape) - shape ln scale."""
        x = np.asarray(amount, float)
        constant = special.gammaln(self.shape) + self.shape * log(self.scale)
        return np.asarray((self.shape - 1) * np.log(x) - x / self.scale - constant)

    def sf(self, amount: ArrayLike) -> FloatArray:
        """Upper regularised incomplete gamma function."""
        return np.asarray(special.gammaincc(self.shape, np.asarray(amount, float) / self.scale))


@dataclass(frozen=True, slots=True)
class Weibull:
    """Weibull law, a comparator.

    Attributes:
        shape: above zero.
        scale: above zero, major units.
    """

    shape: float
    scale: float

    def log_density(self, amount: ArrayLike) -> FloatArray:
        """Of shape / scale (x / scale)^(shape - 1) exp(-(x / scale)^shape)."""
        over = np.asarray(amount, float) / self.scale
        with np.errstate(over="ignore"):
            inner = (self.shape - 1) * np.log(over) - over**self.shape
        return np.asarray(log(self.shape / self.scale) + inner)

    def sf(self, amount: ArrayLike) -> FloatArray:
        """exp(-(x / scale)^shape)."""
        with np.errstate(over="ignore"):
            return np.asarray(np.exp(-((np.asarray(amount, float) / self.scale) ** self.shape)))


_SHAPE_SCALE = (Parameter("shape", "positive"), Parameter("scale", "positive"))


def _log_moments(losses: Losses) -> tuple[float, float]:
    logs = np.log(losses.amount)
    mean = float(np.average(logs, weights=losses.weight))
    spread = float(np.average((logs - mean) ** 2, weights=losses.weight)) ** 0.5
    return mean, max(spread, 0.05)


def _mean(losses: Losses) -> float:
    return float(np.average(losses.amount, weights=losses.weight))


LOGNORMAL = Family(
    "lognormal", (Parameter("mu", "real"), Parameter("sigma", "positive")), Lognormal, _log_moments
)
GAMMA = Family("gamma", _SHAPE_SCALE, Gamma, lambda losses: (0.7, _mean(losses) / 0.7))
WEIBULL = Family("weibull", _SHAPE_SCALE, Weibull, lambda losses: (0.7, _mean(losses)))
LOMAX = Family(
    "lomax",
    (Parameter("shape", "positive"), Parameter("scale", "positive")),
    lambda shape, scale: GeneralisedPareto(0.0, scale, shape),
    lambda losses: (0.5, float(np.median(losses.amount))),
)
"""Pareto of the second kind: the generalised Pareto from nought, alpha = 1 / shape."""


def pareto_from(threshold: float) -> Family:
    """Pareto of the first kind above a known threshold."""
    return Family(
        "pareto",
        (Parameter("alpha", "positive"),),
        lambda alpha: Pareto(threshold, alpha),
        lambda losses: (1 / max(float(np.mean(np.log(losses.amount / threshold))), 0.05),),
    )


def generalised_pareto_from(threshold: float) -> Family:
    """Generalised Pareto above a known threshold; its shape may have either sign."""
    return Family(
        "generalised_pareto",
        (Parameter("shape", "real"), Parameter("scale", "positive")),
        lambda shape, scale: GeneralisedPareto(threshold, scale, shape),
        lambda losses: (0.2, 0.8 * max(_mean(losses) - threshold, 1e-9)),
    )


def spliced_from(threshold: float) -> Family:
    """Lognormal body with a Pareto tail from a known threshold."""

    def make(mu: float, sigma: float, alpha: float, weight: float) -> Spliced:
        return Spliced(Lognormal(mu, sigma), Pareto(threshold, alpha), weight)

    def start(losses: Losses) -> Sequence[float]:
        above = losses.above(threshold)
        spread = max(float(np.mean(np.log(above.amount / threshold))), 0.05)
        weight = min(max(above.count / losses.count, 1e-3), 1 - 1e-3)
        return (*_log_moments(losses), 1 / spread, weight)

    named = (
        Parameter("mu", "real"), Parameter("sigma", "positive"),
        Parameter("alpha", "positive"), Parameter("weight", "share"),
    )  # fmt: skip
    return Family("spliced", named, make, start)
