"""What a law of a loss answers: the words that pricing, sharing and simulation use.

All amounts are in major units of one currency. A function takes a number or an array and gives
an array of the same shape; a number comes back as a numpy float.
"""

from abc import ABC, abstractmethod
from math import isfinite
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.laws.normal import FloatArray


class Law(ABC):
    """A law of one loss X >= 0."""

    @abstractmethod
    def sf(self, amount: ArrayLike) -> FloatArray:
        """S(x) = P(X > x)."""

    @abstractmethod
    def quantile(self, p: ArrayLike) -> FloatArray:
        """Smallest x with P(X <= x) >= p, for p in [0, 1]."""

    @abstractmethod
    def log_density(self, amount: ArrayLike) -> FloatArray:
        """Logarithm of the density; minus infinity where there is none."""

    @abstractmethod
    def between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """Expected part of the loss from `low` up to `high` >= `low` >= 0.

        The integral of S from low to high, in closed form; `high` may be infinite, and so is
        the answer where the mean is.
        """

    @abstractmethod
    def squares_between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """E[min(X, high)^2] - E[min(X, low)^2]: the integral of 2 x S(x), in closed form."""

    @abstractmethod
    def scaled(self, factor: float) -> Self:
        """Return the law of factor x X, factor above zero."""

    @abstractmethod
    def json(self) -> dict[str, Any]:
        """Write the law as it is frozen; `models.severity.law_of` reads it back."""

    def cdf(self, amount: ArrayLike) -> FloatArray:
        """P(X <= x)."""
        return 1.0 - self.sf(amount)

    def mean(self) -> float:
        """E[X]; infinite where the tail is too heavy to have one, never a made-up number."""
        return float(self.between(0.0, np.inf))

    def second_moment(self) -> float:
        """E[X^2]; infinite where the tail is too heavy."""
        return float(self.squares_between(0.0, np.inf))

    def lev(self, limit: ArrayLike) -> FloatArray:
        """Limited expected value E[min(X, limit)]."""
        return self.between(0.0, limit)

    def draw(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Draw `count` losses, shape `[count]`."""
        return self.quantile(rng.random(count))

    def edges(self) -> tuple[float, ...]:
        """Amounts at which the density jumps: where a numerical integral must be cut."""
        return ()


def positive(name: str, value: float) -> None:
    """Refuse a parameter that is not a finite number above zero.

    Raises:
        Invalid: naming the parameter.
    """
    if not (isfinite(value) and value > 0):
        raise invalid(name, f"is {value}", "give a finite number above zero")


def growth(rate: ArrayLike, time: ArrayLike) -> FloatArray:
    """Integral of exp(rate s) from 0 to `time`: (exp(rate time) - 1) / rate, or time at rate 0.

    >>> float(growth(0.0, 3.0)), float(growth(-2.0, np.inf))
    (3.0, 0.5)
    """
    rate, time = np.broadcast_arrays(np.asarray(rate, float), np.asarray(time, float))
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        return np.where(rate == 0, time, np.expm1(rate * time) / rate)
