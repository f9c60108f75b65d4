"""The copula of two normals; at correlation 0 it is independence."""

from dataclasses import dataclass
from math import asin, log1p, pi, sin
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.dependence.copula import NODES, WEIGHTS, Copula, refuse_tau
from models.severity.laws.normal import FloatArray, lower, quantile


@dataclass(frozen=True, slots=True)
class Gaussian(Copula):
    """The dependence of two normals.

    Attributes:
        rho: their correlation, within (-1, 1); tau = 2 asin(rho) / pi.
    """

    rho: float
    name: ClassVar[str] = "gaussian"

    def __post_init__(self) -> None:
        """Refuse what is no copula."""
        if not -1 < self.rho < 1:
            raise invalid("rho", f"is {self.rho}", "give a correlation within (-1, 1)")

    @classmethod
    def of_tau(cls, tau: float) -> Self:
        """Rho = sin(pi tau / 2), tau in (-1, 1)."""
        refuse_tau(tau, -0.9999, cls.name)
        return cls(sin(pi * tau / 2))

    def tau(self) -> float:
        """2 asin(rho) / pi."""
        return 2 * asin(self.rho) / pi

    def cdf(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """U v + integral over r from 0 to rho of the bivariate normal density (Plackett)."""
        x, y = np.clip(quantile(u), -38.0, 38.0), np.clip(quantile(v), -38.0, 38.0)
        angle = 0.5 * asin(self.rho) * (NODES + 1)
        x_, y_ = x[..., None], y[..., None]
        power = (x_**2 + y_**2 - 2 * x_ * y_ * np.sin(angle)) / (2 * np.cos(angle) ** 2)
        pull = 0.5 * asin(self.rho) * (np.exp(-power) * WEIGHTS).sum(axis=-1) / (2 * pi)
        u, v = np.asarray(u, float), np.asarray(v, float)
        return np.asarray(np.clip(u * v + pull, np.maximum(u + v - 1, 0), np.minimum(u, v)))

    def given(self, v: ArrayLike, u: ArrayLike) -> FloatArray:
        """Phi((y - rho x) / sqrt(1 - rho^2)), x and y the normal quantiles."""
        x, y = quantile(u), quantile(v)
        return lower((y - self.rho * x) / (1 - self.rho**2) ** 0.5)

    def invert(self, q: ArrayLike, u: ArrayLike) -> FloatArray:
        """Phi(rho x + sqrt(1 - rho^2) Phi^-1(q))."""
        return lower(self.rho * quantile(u) + (1 - self.rho**2) ** 0.5 * quantile(q))

    def log_density(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """Bivariate over product of normal densities."""
        x, y = quantile(u), quantile(v)
        loose = 1 - self.rho**2
        bend = (self.rho**2 * (x**2 + y**2) - 2 * self.rho * x * y) / (2 * loose)
        return np.asarray(-0.5 * log1p(-(self.rho**2)) - bend)

    def both_above(self, above_u: ArrayLike, above_v: ArrayLike) -> FloatArray:
        """C(above_u, above_v): the law is the same turned round."""
        return self.cdf(above_u, above_v)

    def json(self) -> dict[str, Any]:
        """Name and rho."""
        return {"copula": self.name, "rho": self.rho}
