"""The body of a severity: ln X is normal."""

from dataclasses import dataclass
from math import exp, isfinite, log, pi, sqrt
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.laws.law import Law, positive
from models.severity.laws.normal import FloatArray, lower, quantile, slab, upper

_LOG_ROOT_TAU = log(sqrt(2 * pi))


@dataclass(frozen=True, slots=True)
class Lognormal(Law):
    """Lognormal law.

    Attributes:
        mu: mean of ln X.
        sigma: standard deviation of ln X, above zero.
    """

    mu: float
    sigma: float

    def __post_init__(self) -> None:
        """Refuse what is no law."""
        positive("sigma", self.sigma)
        if not isfinite(self.mu):
            raise invalid("mu", f"is {self.mu}", "give a finite number")

    @classmethod
    def of_median(cls, median: float, sigma: float) -> Self:
        """Take the median, in major units, and sigma.

        >>> round(Lognormal.of_median(1_900_000, 2.43).mean() / 1e6, 1)  # published: 36.4
        36.4
        """
        positive("median", median)
        return cls(log(median), sigma)

    @classmethod
    def of_mean(cls, mean: float, median: float) -> Self:
        """Take mean and median: sigma = sqrt(2 ln(mean / median))."""
        positive("median", median)
        if not mean > median:
            raise invalid("mean", "is not above the median", "give a mean above the median")
        return cls(log(median), sqrt(2 * log(mean / median)))

    def sf(self, amount: ArrayLike) -> FloatArray:
        """1 - Phi((ln x - mu) / sigma)."""
        return upper(self._z(amount))

    def cdf(self, amount: ArrayLike) -> FloatArray:
        """Phi((ln x - mu) / sigma)."""
        return lower(self._z(amount))

    def quantile(self, p: ArrayLike) -> FloatArray:
        """exp(mu + sigma Phi^-1(p))."""
        return np.exp(self.mu + self.sigma * quantile(p))

    def log_density(self, amount: ArrayLike) -> FloatArray:
        """Minus ln(x sigma sqrt(2 pi)) - z^2 / 2."""
        z = self._z(amount)
        with np.errstate(divide="ignore"):
            logs = np.log(np.maximum(np.asarray(amount, float), 0.0))
        here = np.isfinite(z)
        inner = -np.where(here, logs, 0.0) - 0.5 * np.where(here, z, 0.0) ** 2
        return np.where(here, inner - log(self.sigma) - _LOG_ROOT_TAU, -np.inf)

    def between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """E[X] (Phi(z_high - sigma) - Phi(z_low - sigma)) + high S(high) - low S(low)."""
        return self._powers(1, low, high)

    def squares_between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """As `between` with E[X^2] = exp(2 mu + 2 sigma^2), a shift of 2 sigma and squares."""
        return self._powers(2, low, high)

    def scaled(self, factor: float) -> Self:
        """Move mu by ln(factor)."""
        positive("factor", factor)
        return type(self)(self.mu + log(factor), self.sigma)

    def json(self) -> dict[str, Any]:
        """Law and parameters."""
        return {"law": "lognormal", "mu": self.mu, "sigma": self.sigma}

    def _z(self, amount: ArrayLike) -> FloatArray:
        with np.errstate(divide="ignore"):
            logs = np.log(np.maximum(np.asarray(amount, float), 0.0))
        return np.asarray((logs - self.mu) / self.sigma)

    def _powers(self, order: int, low: ArrayLike, high: ArrayLike) -> FloatArray:
        moment = exp(order * self.mu + 0.5 * (order * self.sigma) ** 2)
        shift = order * self.sigma
        inner = moment * slab(self._z(low) - shift, self._z(high) - shift)
        return inner + self._corner(order, high) - self._corner(order, low)

    def _corner(self, order: int, amount: ArrayLike) -> FloatArray:
        """x^order S(x), nought at infinity."""
        amount = np.asarray(amount, float)
        finite = np.isfinite(amount)
        held = np.where(finite, amount, 0.0)
        return np.where(finite, held**order * self.sf(held), 0.0)
