"""How two amounts move together, apart from how large each is: four copulas by Kendall's tau.

U and V are uniform; a positive tau says that large goes with large. Gumbel ties the large ends
(severe suits are dear to defend), Clayton the small ends, Frank neither, Gaussian neither in the
limit.
"""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.laws.normal import FloatArray

NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)
"""Gauss-Legendre nodes and weights on (-1, 1), each `[64]`."""


class Copula(ABC):
    """Law of (U, V), each uniform on (0, 1)."""

    name: ClassVar[str]

    @classmethod
    @abstractmethod
    def of_tau(cls, tau: float) -> Self:
        """Return the copula with this Kendall tau.

        Raises:
            Invalid: no copula of this family has it.
        """

    @abstractmethod
    def tau(self) -> float:
        """Kendall's tau: chance of moving together less chance of moving apart."""

    @abstractmethod
    def cdf(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """C(u, v) = P(U <= u, V <= v)."""

    @abstractmethod
    def given(self, v: ArrayLike, u: ArrayLike) -> FloatArray:
        """P(V <= v | U = u) = dC/du; all are symmetric, so it serves for U given V too."""

    @abstractmethod
    def invert(self, q: ArrayLike, u: ArrayLike) -> FloatArray:
        """Return the v with P(V <= v | U = u) = q."""

    @abstractmethod
    def log_density(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """Logarithm of d2C / du dv, inside the square."""

    @abstractmethod
    def json(self) -> dict[str, Any]:
        """Name and parameter; `copula_of` reads it back."""

    def both_above(self, above_u: ArrayLike, above_v: ArrayLike) -> FloatArray:
        """P(U > 1 - above_u, V > 1 - above_v), held between its two bounds."""
        a, b = np.asarray(above_u, float), np.asarray(above_v, float)
        inner = a + b - 1 + self.cdf(1 - a, 1 - b)
        return np.asarray(np.clip(inner, np.maximum(a + b - 1, 0), np.minimum(a, b)))

    def draw(self, rng: np.random.Generator, count: int) -> tuple[FloatArray, FloatArray]:
        """Draw `count` pairs by the conditional law: two arrays, each `[count]`."""
        u = rng.random(count)
        return u, self.invert(rng.random(count), u)


def refuse_tau(tau: float, low: float, name: str) -> None:
    """Refuse a tau outside [low, 1)."""
    if not low <= tau < 1:
        raise invalid("tau", f"{tau} fits no {name} copula", f"give a tau from {low} up, below 1")
