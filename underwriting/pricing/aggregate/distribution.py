"""The law of one amount on a lattice: what a year may cost, and every figure made of it.

Between two points of the lattice E[min(X, x)] is a straight line, so every layer is exact for the
law that the lattice holds, wherever its ends lie.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.laws.normal import FloatArray, quantile, upper

_SURE = 1e-9
"""How far the masses may be from 1, and an amount from a point of the lattice, in steps."""

_ROUNDING = 1e-12
"""How far a probability may be from a step of the law and still be meant as it."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """An amount of 0, step, 2 step, ...

    Attributes:
        step: width of the lattice, minor units, above 0.
        mass: probability of each point, `[n]`, sums to 1.
        error: bound on |E min(X, x) - the true one| for every x, minor units.
    """

    step: float
    mass: FloatArray
    error: float = 0.0

    def __post_init__(self) -> None:
        assert self.step > 0, "a lattice has a width"
        assert abs(float(self.mass.sum()) - 1.0) < _SURE, "masses sum to 1"

    @classmethod
    def of_levs(cls, levs: FloatArray, step: float, error: float = 0.0) -> Self:
        """Match means locally: the law on 0, step, ..., with E[min(X, j step)] = `levs[j]`.

        Args:
            levs: limited expected values at every point, `[n]`, n >= 2; the first is 0 and
                the last the mean, so nothing may lie above it.
            step: width, above 0.
            error: what the limited values may already be wrong by.
        """
        above = np.minimum(np.diff(levs) / step, 1.0)
        above = np.maximum(np.minimum.accumulate(above), 0.0)
        mass = np.concatenate([[1.0], above]) - np.concatenate([above, [0.0]])
        return cls(step, mass, error)

    @cached_property
    def points(self) -> FloatArray:
        """Amounts, `[n]`, minor units."""
        return np.asarray(self.step * np.arange(len(self.mass)), float)

    @cached_property
    def above(self) -> FloatArray:
        """P(X > point), `[n]`, summed from the far end so that small chances stay exact."""
        tail = np.cumsum(self.mass[::-1])[::-1]
        return np.append(tail[1:], 0.0)

    @cached_property
    def levs(self) -> FloatArray:
        """E[min(X, point)], `[n]`."""
        return self.step * np.concatenate([[0.0], np.cumsum(self.above[:-1])])

    def mean(self) -> float:
        """E[X]."""
        return float(self.levs[-1])

    def sd(self) -> float:
        """Standard deviation."""
        return float(np.sqrt(self.mass @ (self.points - self.mean()) ** 2))

    def lev(self, limit: ArrayLike) -> FloatArray:
        """E[min(X, limit)], shape as `limit`, which may be infinite."""
        return np.asarray(np.interp(np.asarray(limit, float), self.points, self.levs))

    def layer(self, limit: float, attachment: float) -> float:
        """Expected loss of the layer `limit` xs `attachment`."""
        return float(self.lev(attachment + limit) - self.lev(attachment))

    def sf(self, amount: ArrayLike) -> FloatArray:
        """P(X > amount), shape as `amount`."""
        place = np.floor(np.asarray(amount, float) / self.step + _SURE)
        inside = np.clip(place, 0, len(self.mass) - 1).astype(int)
        return np.where(place < 0, 1.0, self.above[inside])

    def cdf(self, amount: ArrayLike) -> FloatArray:
        """P(X <= amount), shape as `amount`."""
        return 1.0 - self.sf(amount)

    def quantile(self, p: float) -> float:
        """Smallest point with P(X <= point) >= p.

        Raises:
            Invalid: p is not a probability.
        """
        if not 0.0 <= p <= 1.0:
            raise invalid("quantile", f"is {p}", "give a probability within 0 and 1")
        enough = self.above <= 1.0 - p + _ROUNDING
        return float(self.points[int(np.argmax(enough))])

    def tvar(self, p: float) -> float:
        """Mean of the worst 1 - p: q + E(X - q)+ / (1 - p), q the quantile; p below 1."""
        q = self.quantile(p)
        if not p < 1.0:
            raise invalid("quantile", f"is {p}", "give a probability below 1")
        return q + (self.mean() - float(self.lev(q))) / (1.0 - p)

    def wang(self, lam: float) -> float:
        """Wang 2000: the integral of Phi(Phi^-1(P(X > x)) + lam), the mean where lam is 0."""
        there = self.above[:-1]
        bent = upper(-(quantile(there) + lam))
        return self.step * float(bent.sum())

    def scaled(self, factor: float) -> "Distribution":
        """The law of factor x X, factor above 0, such as a share."""
        return Distribution(self.step * factor, self.mass, self.error * factor)

    def on(self, step: float) -> "Distribution":
        """The same law on another width, means matched; a wider one errs by up to step / 4."""
        count = int(np.ceil(self.points[-1] / step - _SURE)) + 1
        levs = self.lev(step * np.arange(max(count, 2)))
        return Distribution.of_levs(levs, step, self.error + step / 4)

    def plus(self, other: "Distribution") -> "Distribution":
        """The law of the sum of two independent amounts, on the wider of the two widths."""
        step = max(self.step, other.step)
        one, two = (part if part.step == step else part.on(step) for part in (self, other))
        size = len(one.mass) + len(two.mass) - 1
        length = 1 << (size - 1).bit_length()
        turned = np.fft.rfft(one.mass, length) * np.fft.rfft(two.mass, length)
        mass = np.maximum(np.fft.irfft(turned, length)[:size], 0.0)
        return Distribution(step, mass / mass.sum(), one.error + two.error)
