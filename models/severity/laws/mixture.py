"""One of several laws, each with its probability: by jurisdiction, by stage, by outcome."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.laws.law import Law
from models.severity.laws.normal import FloatArray

_HALVINGS = 200
"""Enough to bring any bracket of floats together."""

_SUM_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Mixture(Law):
    """One of several laws, each with its probability.

    Attributes:
        weights: probabilities, each above zero, that sum to 1 within 1e-9.
        parts: the laws, one for each weight.
    """

    weights: tuple[float, ...]
    parts: tuple[Law, ...]

    def __post_init__(self) -> None:
        """Refuse what is no law."""
        right = len(self.weights) == len(self.parts) > 0 and all(w > 0 for w in self.weights)
        if not right or abs(sum(self.weights) - 1) > _SUM_TOLERANCE:
            raise invalid(
                "weights", f"are {self.weights}", "give a share above 0 for each part, 1 in all"
            )

    @classmethod
    def of(cls, shares: Mapping[str, float], laws: Mapping[str, Law]) -> Self:
        """Mix named laws by named shares, such as those of jurisdictions; noughts are left out.

        Raises:
            Invalid: a share has no law, or the shares do not sum to 1.
        """
        lost = sorted(name for name, share in shares.items() if share and name not in laws)
        if lost:
            raise invalid(f"laws.{lost[0]}", "has a share but no law", "give its law")
        held = [name for name, share in shares.items() if share]
        return cls(tuple(shares[name] for name in held), tuple(laws[name] for name in held))

    def sf(self, amount: ArrayLike) -> FloatArray:
        """Sum of weight x S."""
        return self._sum(part.sf(amount) for part in self.parts)

    def cdf(self, amount: ArrayLike) -> FloatArray:
        """Sum of weight x F."""
        return self._sum(part.cdf(amount) for part in self.parts)

    def quantile(self, p: ArrayLike) -> FloatArray:
        """By halving the bracket between the smallest and greatest quantile of the parts."""
        p = np.asarray(p, float)
        ends = np.stack([part.quantile(p) for part in self.parts])
        low, high = ends.min(axis=0), ends.max(axis=0)
        high = np.where(self.cdf(low) >= p, low, high)
        for _ in range(_HALVINGS):
            middle = 0.5 * (low + high)
            apart = (middle > low) & (middle < high)
            if not apart.any():
                break
            enough = self.cdf(middle) >= p
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return np.asarray(high)

    def log_density(self, amount: ArrayLike) -> FloatArray:
        """Logarithm of the sum of weight x density."""
        logs = np.stack([part.log_density(amount) for part in self.parts])
        lifted = np.log(self.weights).reshape(-1, *[1] * (logs.ndim - 1)) + logs
        return np.asarray(np.logaddexp.reduce(lifted, axis=0))

    def between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """Sum of weight x that of the parts."""
        return self._sum(part.between(low, high) for part in self.parts)

    def squares_between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """Sum of weight x that of the parts."""
        return self._sum(part.squares_between(low, high) for part in self.parts)

    def scaled(self, factor: float) -> Self:
        """Scale each part."""
        return type(self)(self.weights, tuple(part.scaled(factor) for part in self.parts))

    def draw(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Draw the part first, then the loss: quicker than the quantile."""
        chosen = rng.choice(len(self.parts), size=count, p=np.array(self.weights))
        drawn = np.empty(count)
        for place, part in enumerate(self.parts):
            here = chosen == place
            drawn[here] = part.draw(rng, int(here.sum()))
        return drawn

    def json(self) -> dict[str, Any]:
        """Law, weights and parts."""
        parts = [part.json() for part in self.parts]
        return {"law": "mixture", "weights": list(self.weights), "parts": parts}

    def edges(self) -> tuple[float, ...]:
        """Those of all parts."""
        return tuple(sorted({edge for part in self.parts for edge in part.edges()}))

    def _sum(self, values: Iterable[FloatArray]) -> FloatArray:
        pairs = zip(self.weights, values, strict=True)
        return np.asarray(sum(weight * value for weight, value in pairs), float)
