"""The tail of a severity: Pareto and generalised Pareto above a threshold.

Everything follows from the time w at which the loss is reached: S(x) = exp(-w(x)) with
w = ln(1 + shape y / scale) / shape and y = x - threshold, so that x = threshold + scale x
growth(shape, w). All integrals are then of exponentials, also at shape 0 and alpha 1.
"""

from dataclasses import dataclass
from math import isfinite, log
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.laws.law import Law, growth, positive
from models.severity.laws.normal import FloatArray

_SMALL = 1e-5
"""Below this shape a difference quotient is replaced by its derivative; both err by 1e-11."""


@dataclass(frozen=True, slots=True)
class GeneralisedPareto(Law):
    """Generalised Pareto law above a threshold.

    Attributes:
        threshold: smallest loss, at least zero.
        scale: above zero, in major units.
        shape: xi = 1 / alpha; 0 is exponential, below 0 the loss has a greatest value, from 1
            on the mean is infinite, from 1/2 on the second moment.
    """

    threshold: float
    scale: float
    shape: float

    def __post_init__(self) -> None:
        """Refuse what is no law."""
        positive("scale", self.scale)
        if not (isfinite(self.threshold) and self.threshold >= 0):
            raise invalid("threshold", f"is {self.threshold}", "give a number from zero up")
        if not isfinite(self.shape):
            raise invalid("shape", f"is {self.shape}", "give a finite number")

    def sf(self, amount: ArrayLike) -> FloatArray:
        """(1 + shape y / scale)^(-1 / shape); 1 below the threshold."""
        return np.exp(-self._time(amount))

    def cdf(self, amount: ArrayLike) -> FloatArray:
        """1 - exp(-w), exact also just above the threshold."""
        return np.asarray(-np.expm1(-self._time(amount)))

    def quantile(self, p: ArrayLike) -> FloatArray:
        """Loss at w = -ln(1 - p)."""
        with np.errstate(divide="ignore"):
            time = -np.log1p(-np.asarray(p, float))
        return self.threshold + self.scale * growth(self.shape, time)

    def log_density(self, amount: ArrayLike) -> FloatArray:
        """Minus ln(scale) - (1 + shape) w; minus infinity off its range."""
        time = self._time(amount)
        here = (np.asarray(amount, float) >= self.threshold) & np.isfinite(time)
        inner = -log(self.scale) - (1 + self.shape) * np.where(here, time, 0.0)
        return np.where(here, inner, -np.inf)

    def between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """Width below the threshold, then scale exp((shape-1) w_low) growth(shape-1, rise)."""
        start, rise = self._times(low, high)
        tail = self.scale * _damped(start, 1 - self.shape) * growth(self.shape - 1, rise)
        return self._below(low, high, 1) + np.where(rise > 0, tail, 0.0)

    def squares_between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """Integral of 2 x S(x) in the same terms."""
        start, rise = self._times(low, high)
        from_start = self.threshold + self.scale * growth(self.shape, start)
        width = self.scale * _damped(start, 1 - self.shape) * growth(self.shape - 1, rise)
        climb = self.scale**2 * _damped(start, 1 - 2 * self.shape) * self._climb(rise)
        tail = np.where(rise > 0, 2 * (from_start * width + climb), 0.0)
        return self._below(low, high, 2) + tail

    def scaled(self, factor: float) -> Self:
        """Scale threshold and scale."""
        positive("factor", factor)
        return type(self)(self.threshold * factor, self.scale * factor, self.shape)

    def json(self) -> dict[str, Any]:
        """Law and parameters."""
        own = {"threshold": self.threshold, "scale": self.scale, "shape": self.shape}
        return {"law": "generalised_pareto"} | own

    def edges(self) -> tuple[float, ...]:
        """The threshold."""
        return (self.threshold,)

    def _time(self, amount: ArrayLike) -> FloatArray:
        """W(x), nought below the threshold, infinite beyond the end of the range."""
        over = np.maximum(np.asarray(amount, float) - self.threshold, 0.0) / self.scale
        if self.shape == 0:
            return over
        with np.errstate(divide="ignore"):
            return np.log1p(np.maximum(self.shape * over, -1.0)) / self.shape

    def _times(self, low: ArrayLike, high: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """w(low), and the rise from there to w(high): nought where `low` is beyond the range."""
        start, end = np.broadcast_arrays(self._time(low), self._time(high))
        here = np.isfinite(start)
        return start, np.where(here, end, 0.0) - np.where(here, start, 0.0)

    def _below(self, low: ArrayLike, high: ArrayLike, order: int) -> FloatArray:
        top = np.minimum(np.asarray(high, float), self.threshold) ** order
        return np.asarray(top - np.minimum(np.asarray(low, float), self.threshold) ** order)

    def _climb(self, rise: FloatArray) -> FloatArray:
        """Integral of growth(shape, s) exp((shape - 1) s) over s from 0 to `rise`."""
        if abs(self.shape) > _SMALL:
            far, near = growth(2 * self.shape - 1, rise), growth(self.shape - 1, rise)
            known = np.isfinite(far)
            return np.where(known, np.where(known, far, 0.0) - near, np.inf) / self.shape
        rate = 1.5 * self.shape - 1
        held = np.where(np.isfinite(rise), rise, 0.0)
        ending = np.where(np.isfinite(rise), held * np.exp(rate * held), 0.0)
        return (ending - growth(rate, rise)) / rate


def _damped(time: FloatArray, rate: float) -> FloatArray:
    """exp(-rate time), nought at infinity."""
    here = np.isfinite(time)
    return np.where(here, np.exp(-rate * np.where(here, time, 0.0)), 0.0)


@dataclass(frozen=True, slots=True)
class Pareto(Law):
    """Pareto law of the first kind: S(x) = (threshold / x)^alpha from the threshold up.

    Attributes:
        threshold: smallest loss, above zero.
        alpha: above zero; at most 1 the mean is infinite, at most 2 the second moment.
    """

    threshold: float
    alpha: float

    def __post_init__(self) -> None:
        """Refuse what is no law."""
        positive("threshold", self.threshold)
        positive("alpha", self.alpha)

    @property
    def general(self) -> GeneralisedPareto:
        """The same law as a generalised Pareto: shape 1 / alpha, scale threshold / alpha."""
        return GeneralisedPareto(self.threshold, self.threshold / self.alpha, 1 / self.alpha)

    def sf(self, amount: ArrayLike) -> FloatArray:
        """(threshold / x)^alpha; 1 below the threshold."""
        reached = np.maximum(np.asarray(amount, float), self.threshold)
        return np.asarray((self.threshold / reached) ** self.alpha)

    def quantile(self, p: ArrayLike) -> FloatArray:
        """Threshold x (1 - p)^(-1 / alpha)."""
        with np.errstate(divide="ignore"):
            return self.threshold * (1 - np.asarray(p, float)) ** (-1 / self.alpha)

    def log_density(self, amount: ArrayLike) -> FloatArray:
        """ln(alpha threshold^alpha / x^(alpha + 1)); minus infinity below the threshold."""
        over = np.maximum(np.asarray(amount, float), self.threshold) / self.threshold
        inner = log(self.alpha / self.threshold) - (self.alpha + 1) * np.log(over)
        return np.where(np.asarray(amount, float) >= self.threshold, inner, -np.inf)

    def between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """Width below the threshold, then the integral of (threshold / x)^alpha."""
        return self.general.between(low, high)

    def squares_between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """Integral of 2 x (threshold / x)^alpha."""
        return self.general.squares_between(low, high)

    def scaled(self, factor: float) -> Self:
        """Scale the threshold."""
        positive("factor", factor)
        return type(self)(self.threshold * factor, self.alpha)

    def json(self) -> dict[str, Any]:
        """Law and parameters."""
        return {"law": "pareto", "threshold": self.threshold, "alpha": self.alpha}

    def edges(self) -> tuple[float, ...]:
        """The threshold."""
        return (self.threshold,)
