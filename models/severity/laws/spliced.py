"""A body of ordinary losses with a Pareto tail above a threshold."""

from dataclasses import dataclass
from math import exp
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.laws.law import Law
from models.severity.laws.normal import FloatArray
from models.severity.laws.pareto import GeneralisedPareto, Pareto


@dataclass(frozen=True, slots=True)
class Spliced(Law):
    """A body cut off at the tail's threshold, and the tail above it.

    S(x) = 1 - (1 - weight) F_body(x) / F_body(threshold) below, weight x S_tail(x) above. The
    density may jump at the threshold; `smooth` chooses the weight at which it does not.

    Attributes:
        body: law of the ordinary losses.
        tail: Pareto law from its threshold up.
        weight: probability of a loss above the threshold, within (0, 1).
    """

    body: Law
    tail: Pareto | GeneralisedPareto
    weight: float

    def __post_init__(self) -> None:
        """Refuse what is no law."""
        if not 0 < self.weight < 1:
            raise invalid("weight", f"is {self.weight}", "give a probability within (0, 1)")
        if not float(self.body.cdf(self.tail.threshold)) > 0:
            raise invalid("threshold", "lies below all of the body", "give a higher threshold")

    @classmethod
    def smooth(cls, body: Law, tail: Pareto | GeneralisedPareto) -> Self:
        """Choose the weight r / (1 + r), r = f_body / (F_body f_tail) at the threshold."""
        at = tail.threshold
        gap = float(body.log_density(at) - tail.log_density(at))
        ratio = exp(gap) / float(body.cdf(at))
        return cls(body, tail, ratio / (1 + ratio))

    def sf(self, amount: ArrayLike) -> FloatArray:
        """See the class."""
        amount = np.asarray(amount, float)
        at = self.tail.threshold
        left = (self.body.sf(np.minimum(amount, at)) - self.body.sf(at)) * self._pull
        return np.where(amount < at, self.weight + left, self.weight * self.tail.sf(amount))

    def cdf(self, amount: ArrayLike) -> FloatArray:
        """(1 - weight) F_body(x) / F_body(threshold) below, 1 - weight x S_tail(x) above."""
        amount = np.asarray(amount, float)
        below = self._pull * self.body.cdf(np.minimum(amount, self.tail.threshold))
        above = 1 - self.weight * self.tail.sf(amount)
        return np.asarray(np.where(amount < self.tail.threshold, below, above))

    def quantile(self, p: ArrayLike) -> FloatArray:
        """Quantile of the body at p F_body(threshold) / (1 - weight), or of the tail."""
        p = np.asarray(p, float)
        above = p > 1 - self.weight
        inner = np.where(above, 0.0, p) / self._pull
        outer = np.where(above, 1 - np.minimum((1 - p) / self.weight, 1.0), 0.0)
        body = np.minimum(self.body.quantile(inner), self.tail.threshold)
        return np.where(above, self.tail.quantile(outer), body)

    def log_density(self, amount: ArrayLike) -> FloatArray:
        """Of the body cut off and weighed, or of the tail weighed."""
        amount = np.asarray(amount, float)
        body = self.body.log_density(amount) + np.log(self._pull)
        tail = self.tail.log_density(amount) + np.log(self.weight)
        return np.asarray(np.where(amount < self.tail.threshold, body, tail))

    def between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """Closed forms of the body up to the threshold and of the tail above."""
        return self._pieces(low, high, 1)

    def squares_between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """As `between`, of 2 x S(x)."""
        return self._pieces(low, high, 2)

    def scaled(self, factor: float) -> Self:
        """Scale body and tail."""
        return type(self)(self.body.scaled(factor), self.tail.scaled(factor), self.weight)

    def json(self) -> dict[str, Any]:
        """Law, its parts and the weight of the tail."""
        parts = {"body": self.body.json(), "tail": self.tail.json()}
        return {"law": "spliced", "weight": self.weight} | parts

    def edges(self) -> tuple[float, ...]:
        """The threshold, and the edges of the body below it."""
        at = self.tail.threshold
        return (*(edge for edge in self.body.edges() if edge < at), at)

    @property
    def _pull(self) -> float:
        """(1 - weight) / F_body(threshold): what the cut body is multiplied with."""
        return (1 - self.weight) / float(self.body.cdf(self.tail.threshold))

    def _pieces(self, low: ArrayLike, high: ArrayLike, order: int) -> FloatArray:
        at = self.tail.threshold
        a, b = np.minimum(np.asarray(low, float), at), np.minimum(np.asarray(high, float), at)
        c, d = np.maximum(np.asarray(low, float), at), np.maximum(np.asarray(high, float), at)
        body, tail = _integral(self.body, order), _integral(self.tail, order)
        width = b**order - a**order
        inner = body(a, b) - width * self.body.sf(at)
        return np.asarray(self.weight * (width + tail(c, d)) + self._pull * inner)


def _integral(law: Law, order: int) -> Any:
    return law.between if order == 1 else law.squares_between
