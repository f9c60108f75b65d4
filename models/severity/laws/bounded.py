"""Losses that something holds: a legal ceiling, a fixed amount."""

from dataclasses import dataclass
from math import isfinite
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.laws.law import Law, positive
from models.severity.laws.normal import FloatArray


@dataclass(frozen=True, slots=True)
class Capped(Law):
    """min(X, ceiling): a loss that law or contract never lets go higher.

    Attributes:
        law: law of X.
        ceiling: greatest loss, above zero.
    """

    law: Law
    ceiling: float

    def __post_init__(self) -> None:
        """Refuse what is no law."""
        positive("ceiling", self.ceiling)

    def sf(self, amount: ArrayLike) -> FloatArray:
        """S(x) below the ceiling, nought from it on."""
        return np.where(np.asarray(amount, float) < self.ceiling, self.law.sf(amount), 0.0)

    def quantile(self, p: ArrayLike) -> FloatArray:
        """Quantile of X, at most the ceiling."""
        return np.minimum(self.law.quantile(p), self.ceiling)

    def log_density(self, amount: ArrayLike) -> FloatArray:
        """Density below the ceiling; at the ceiling the logarithm of its probability."""
        amount = np.asarray(amount, float)
        with np.errstate(divide="ignore"):
            atom = np.where(amount == self.ceiling, np.log(self.law.sf(self.ceiling)), -np.inf)
        return np.where(amount < self.ceiling, self.law.log_density(amount), atom)

    def between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """That of X up to the ceiling."""
        return self.law.between(np.minimum(low, self.ceiling), np.minimum(high, self.ceiling))

    def squares_between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """That of X up to the ceiling."""
        ends = np.minimum(low, self.ceiling), np.minimum(high, self.ceiling)
        return self.law.squares_between(*ends)

    def scaled(self, factor: float) -> Self:
        """Scale law and ceiling."""
        return type(self)(self.law.scaled(factor), self.ceiling * factor)

    def json(self) -> dict[str, Any]:
        """Law, what is capped, and the ceiling."""
        return {"law": "capped", "ceiling": self.ceiling, "of": self.law.json()}

    def edges(self) -> tuple[float, ...]:
        """The ceiling and what lies below it."""
        return (*(edge for edge in self.law.edges() if edge < self.ceiling), self.ceiling)


@dataclass(frozen=True, slots=True)
class Fixed(Law):
    """One amount, for certain: a court fee, or nothing at all.

    Attributes:
        amount: at least zero.
    """

    amount: float

    def __post_init__(self) -> None:
        """Refuse what is no amount."""
        if not (isfinite(self.amount) and self.amount >= 0):
            raise invalid("amount", f"is {self.amount}", "give a finite amount from zero up")

    def sf(self, amount: ArrayLike) -> FloatArray:
        """1 below the amount, else 0."""
        return np.where(np.asarray(amount, float) < self.amount, 1.0, 0.0)

    def quantile(self, p: ArrayLike) -> FloatArray:
        """The amount."""
        return np.full(np.shape(p), self.amount)

    def log_density(self, amount: ArrayLike) -> FloatArray:
        """Nought at the amount, its whole probability; minus infinity elsewhere."""
        return np.where(np.asarray(amount, float) == self.amount, 0.0, -np.inf)

    def between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """What of the amount lies between."""
        return np.asarray(np.minimum(high, self.amount) - np.minimum(low, self.amount), float)

    def squares_between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """Difference of the squares of what lies below."""
        top = np.asarray(np.minimum(high, self.amount), float) ** 2
        return np.asarray(top - np.asarray(np.minimum(low, self.amount), float) ** 2)

    def scaled(self, factor: float) -> Self:
        """Scale the amount."""
        return type(self)(self.amount * factor)

    def json(self) -> dict[str, Any]:
        """Law and amount."""
        return {"law": "fixed", "amount": self.amount}

    def edges(self) -> tuple[float, ...]:
        """The amount."""
        return (self.amount,)
