"""Copulas with a generator: Gumbel, Clayton and Frank."""

from dataclasses import dataclass
from math import inf, isfinite, log1p
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.dependence.copula import NODES, WEIGHTS, Copula, refuse_tau
from models.severity.laws.normal import FloatArray

_TINY = 1e-300
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Gumbel(Copula):
    """C = exp(-(a^theta + b^theta)^(1 / theta)), a = -ln u, b = -ln v.

    Attributes:
        theta: from 1 (independence) up; tau = 1 - 1 / theta.
    """

    theta: float
    name: ClassVar[str] = "gumbel"

    def __post_init__(self) -> None:
        """Refuse what is no copula."""
        if not 1 <= self.theta < inf:
            raise invalid("theta", f"is {self.theta}", "give a number from 1 up")

    @classmethod
    def of_tau(cls, tau: float) -> Self:
        """Theta = 1 / (1 - tau), tau in [0, 1)."""
        refuse_tau(tau, 0.0, cls.name)
        return cls(1 / (1 - tau))

    def tau(self) -> float:
        """1 - 1 / theta."""
        return 1 - 1 / self.theta

    def cdf(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """See the class."""
        return np.exp(-self._joined(_minus_log(u), _minus_log(v)))

    def given(self, v: ArrayLike, u: ArrayLike) -> FloatArray:
        """C / u x (a / s)^(theta - 1), s = (a^theta + b^theta)^(1 / theta)."""
        a = _minus_log(u)
        s = self._joined(a, _minus_log(v))
        return np.exp(a - s + (self.theta - 1) * (np.log(a) - np.log(s)))

    def invert(self, q: ArrayLike, u: ArrayLike) -> FloatArray:
        """Newton on s + (theta - 1) ln s = a + (theta - 1) ln a - ln q, then b from s."""
        a = _minus_log(u)
        goal = a + (self.theta - 1) * np.log(a) + _minus_log(q)
        s = a + _minus_log(q)
        for _ in range(_ROUNDS):
            step = (s + (self.theta - 1) * np.log(s) - goal) / (1 + (self.theta - 1) / s)
            s = np.maximum(s - step, a)
        ratio = np.minimum(a / s, 1.0)
        b = s * (-np.expm1(self.theta * np.log(ratio))) ** (1 / self.theta)
        return np.asarray(np.exp(-b))

    def log_density(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """Of C (a b)^(theta-1) s^(1 - 2 theta) (s + theta - 1) / (u v)."""
        a, b = _minus_log(u), _minus_log(v)
        s = self._joined(a, b)
        powers = (self.theta - 1) * (np.log(a) + np.log(b)) + (1 - 2 * self.theta) * np.log(s)
        return np.asarray(a + b - s + powers + np.log(s + self.theta - 1))

    def both_above(self, above_u: ArrayLike, above_v: ArrayLike) -> FloatArray:
        """1 - u - v + C with each term small where the chance is: exact in the far tail."""
        with np.errstate(divide="ignore"):
            a, b = -np.log1p(-np.asarray(above_u, float)), -np.log1p(-np.asarray(above_v, float))
        a, b = np.minimum(a, -np.log(_TINY)), np.minimum(b, -np.log(_TINY))
        inner = np.expm1(-self._joined(a, b)) - np.expm1(-a) - np.expm1(-b)
        return np.asarray(np.clip(inner, 0.0, np.minimum(above_u, above_v)))

    def json(self) -> dict[str, Any]:
        """Name and theta."""
        return {"copula": self.name, "theta": self.theta}

    def _joined(self, a: FloatArray, b: FloatArray) -> FloatArray:
        top, low = np.maximum(a, b), np.minimum(a, b)
        ratio = np.divide(low, top, out=np.zeros_like(top), where=top > 0)
        return np.asarray(top * (1 + ratio**self.theta) ** (1 / self.theta))


def _minus_log(u: ArrayLike) -> FloatArray:
    logs = -np.log(np.maximum(np.asarray(u, float), _TINY))
    return np.asarray(np.maximum(logs, 1e-17))


@dataclass(frozen=True, slots=True)
class Clayton(Copula):
    """C = (u^-theta + v^-theta - 1)^(-1 / theta).

    Attributes:
        theta: above zero; tau = theta / (theta + 2).
    """

    theta: float
    name: ClassVar[str] = "clayton"

    def __post_init__(self) -> None:
        """Refuse what is no copula."""
        if not 0 < self.theta < inf:
            raise invalid("theta", f"is {self.theta}", "give a number above 0")

    @classmethod
    def of_tau(cls, tau: float) -> Self:
        """Theta = 2 tau / (1 - tau), tau in (0, 1)."""
        refuse_tau(tau, 1e-9, cls.name)
        return cls(2 * tau / (1 - tau))

    def tau(self) -> float:
        """Theta / (theta + 2)."""
        return self.theta / (self.theta + 2)

    def cdf(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """See the class."""
        return np.exp(-self._log_sum(u, v) / self.theta)

    def given(self, v: ArrayLike, u: ArrayLike) -> FloatArray:
        """u^-(1 + theta) (u^-theta + v^-theta - 1)^-(1 + 1 / theta)."""
        power = (1 + self.theta) * _minus_log(u) - (1 + 1 / self.theta) * self._log_sum(u, v)
        return np.exp(np.minimum(power, 0.0))

    def invert(self, q: ArrayLike, u: ArrayLike) -> FloatArray:
        """(u^-theta (q^(-theta / (1 + theta)) - 1) + 1)^(-1 / theta)."""
        rise = np.expm1(self.theta / (1 + self.theta) * _minus_log(q))
        inner = self.theta * _minus_log(u) + np.log(np.maximum(rise, _TINY))
        return np.exp(-np.logaddexp(inner, 0.0) / self.theta)

    def log_density(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """Of (1 + theta) (u v)^-(1 + theta) (u^-theta + v^-theta - 1)^-(2 + 1 / theta)."""
        powers = (1 + self.theta) * (_minus_log(u) + _minus_log(v))
        return np.asarray(log1p(self.theta) + powers - (2 + 1 / self.theta) * self._log_sum(u, v))

    def json(self) -> dict[str, Any]:
        """Name and theta."""
        return {"copula": self.name, "theta": self.theta}

    def _log_sum(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """ln(u^-theta + v^-theta - 1)."""
        a, b = self.theta * _minus_log(u), self.theta * _minus_log(v)
        top, low = np.maximum(a, b), np.minimum(a, b)
        return np.asarray(top + np.log1p(np.exp(low - top) - np.exp(-top)))


@dataclass(frozen=True, slots=True)
class Frank(Copula):
    """C = -ln(1 + (e^(-theta u) - 1)(e^(-theta v) - 1) / (e^-theta - 1)) / theta.

    Attributes:
        theta: not zero; below zero for amounts that move apart.
    """

    theta: float
    name: ClassVar[str] = "frank"

    def __post_init__(self) -> None:
        """Refuse what is no copula."""
        if not (isfinite(self.theta) and self.theta != 0):
            raise invalid("theta", f"is {self.theta}", "give a finite number that is not 0")

    @classmethod
    def of_tau(cls, tau: float) -> Self:
        """By halving: tau rises with theta; within (-0.95, 0.95) and not 0."""
        if not (abs(tau) < 0.95 and tau != 0):  # noqa: PLR2004 - beyond it theta is above 77
            raise invalid(
                "tau", f"{tau} fits no frank copula", "give a tau in (-0.95, 0.95), not 0"
            )
        low, high = 1e-9, 100.0
        for _ in range(_ROUNDS):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if cls(middle).tau() < abs(tau) else (low, middle)
        return cls(high if tau > 0 else -high)

    def tau(self) -> float:
        """1 - 4 (1 - D(theta)) / theta, D the Debye function of the first order."""
        size = abs(self.theta)
        t = 0.5 * size * (NODES + 1)
        debye = float(0.5 * np.sum(WEIGHTS * t / np.expm1(t)))
        return (1 - 4 * (1 - debye) / size) * (1 if self.theta > 0 else -1)

    def cdf(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """See the class."""
        fall = self._fall(u) * self._fall(v) / self._fall(1.0)
        return np.asarray(-np.log1p(fall) / self.theta)

    def given(self, v: ArrayLike, u: ArrayLike) -> FloatArray:
        """e^(-theta u) (e^(-theta v) - 1) / (e^-theta - 1 + both falls)."""
        down, across = self._fall(u), self._fall(v)
        return np.asarray((down + 1) * across / (self._fall(1.0) + down * across))

    def invert(self, q: ArrayLike, u: ArrayLike) -> FloatArray:
        """-ln(1 + q (e^-theta - 1) / (q + (1 - q) e^(-theta u))) / theta."""
        q = np.asarray(q, float)
        inner = q * self._fall(1.0) / (q + (1 - q) * (self._fall(u) + 1))
        return np.asarray(-np.log1p(inner) / self.theta)

    def log_density(self, u: ArrayLike, v: ArrayLike) -> FloatArray:
        """Of -theta (e^-theta - 1) e^(-theta (u + v)) / (e^-theta - 1 + both falls)^2."""
        below = self._fall(1.0) + self._fall(u) * self._fall(v)
        start = np.log(np.abs(self.theta * self._fall(1.0)))
        sides = self.theta * (np.asarray(u, float) + np.asarray(v, float))
        return np.asarray(start - sides - 2 * np.log(np.abs(below)))

    def both_above(self, above_u: ArrayLike, above_v: ArrayLike) -> FloatArray:
        """C(above_u, above_v): the law is the same turned round."""
        return self.cdf(above_u, above_v)

    def json(self) -> dict[str, Any]:
        """Name and theta."""
        return {"copula": self.name, "theta": self.theta}

    def _fall(self, u: ArrayLike) -> FloatArray:
        return np.expm1(-self.theta * np.asarray(u, float))
