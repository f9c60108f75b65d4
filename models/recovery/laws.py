"""The three laws of value, loss and waiting: lognormal, beta and gamma, by closed form."""

from dataclasses import dataclass
from math import erfc, exp, inf, log, log1p, sqrt
from statistics import NormalDist
from typing import Self

from models.priors.quantile import beta_cdf, beta_quantile, gamma_cdf, gamma_quantile

_NORMAL = NormalDist()


def phi(x: float) -> float:
    """Return the standard normal distribution function; 0 and 1 at the infinities."""
    return 0.5 * erfc(-x / sqrt(2.0))


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A positive amount whose logarithm is normal.

    Attributes:
        mu: mean of the logarithm.
        sigma: its standard deviation, 0 or more; 0 is a certain amount.
    """

    mu: float
    sigma: float

    @classmethod
    def of_mean(cls, mean: float, sigma: float) -> Self:
        """Build the law with this mean and log standard deviation: mu = ln mean - sigma^2 / 2."""
        return cls(log(mean) - sigma**2 / 2.0, sigma)

    @classmethod
    def of_moments(cls, mean: float, sd: float) -> Self:
        """Build the law with this mean and standard deviation."""
        return cls.of_mean(mean, sqrt(log1p((sd / mean) ** 2)))

    @property
    def mean(self) -> float:
        """exp(mu + sigma^2 / 2)."""
        return exp(self.mu + self.sigma**2 / 2.0)

    @property
    def median(self) -> float:
        """exp(mu)."""
        return exp(self.mu)

    @property
    def sd(self) -> float:
        """Mean x sqrt(exp(sigma^2) - 1)."""
        return self.mean * sqrt(exp(self.sigma**2) - 1.0)

    def scaled(self, factor: float) -> "LogNormal":
        """Return the law of `factor` x the amount; the factor is above zero."""
        return LogNormal(self.mu + log(factor), self.sigma)

    def quantile(self, p: float) -> float:
        """Return the amount that is not passed with chance p, 0 < p < 1."""
        return exp(self.mu + self.sigma * _NORMAL.inv_cdf(p))

    def cdf(self, amount: float) -> float:
        """P(amount or less)."""
        return 0.0 if amount <= 0 else phi(self._score(amount))

    def limited(self, limit: float, power: int = 1) -> float:
        """E[min(X, limit)^power], for power 1 or 2.

        exp(k mu + k^2 sigma^2 / 2) Phi(z - k sigma) + limit^k (1 - Phi(z)), with z the
        standardised log limit (Klugman, Panjer and Willmot, Loss Models, appendix A).
        """
        if limit <= 0:
            return 0.0
        z, k = self._score(limit), float(power)
        below = exp(k * self.mu + k * k * self.sigma**2 / 2.0) * phi(z - k * self.sigma)
        return below + limit**power * phi(-z)

    def _score(self, amount: float) -> float:
        gap = log(amount) - self.mu
        if self.sigma == 0:
            return inf if gap >= 0 else -inf
        return gap / self.sigma


@dataclass(frozen=True, slots=True)
class BetaLaw:
    """A part between 0 and 1.

    Attributes:
        a: first shape, above zero (successes).
        b: second shape, above zero (failures).
    """

    a: float
    b: float

    @classmethod
    def of_mean(cls, mean: float, precision: float) -> Self:
        """Build Beta(mean x precision, (1 - mean) x precision)."""
        return cls(mean * precision, (1.0 - mean) * precision)

    @classmethod
    def of_moments(cls, mean: float, sd: float) -> Self:
        """Match mean and sd: precision = mean (1 - mean) / sd^2 - 1.

        >>> law = BetaLaw.of_moments(0.75, 0.20)
        >>> round(law.a, 2), round(law.b, 2)
        (2.77, 0.92)
        """
        return cls.of_mean(mean, mean * (1.0 - mean) / sd**2 - 1.0)

    @property
    def mean(self) -> float:
        """Return a / (a + b)."""
        return self.a / (self.a + self.b)

    @property
    def sd(self) -> float:
        """sqrt(mean (1 - mean) / (a + b + 1))."""
        return sqrt(self.mean * (1.0 - self.mean) / (self.a + self.b + 1.0))

    def cdf(self, x: float) -> float:
        """Return the regularised incomplete beta function I_x(a, b)."""
        return beta_cdf(x, self.a, self.b)

    def quantile(self, p: float) -> float:
        """Return the part that is not passed with chance p, 0 < p < 1."""
        return beta_quantile(p, self.a, self.b)


@dataclass(frozen=True, slots=True)
class GammaLaw:
    """A waiting time.

    Attributes:
        shape: 1 / cv^2, above zero.
        scale: mean x cv^2, in the unit of the time.
    """

    shape: float
    scale: float

    @classmethod
    def of_mean(cls, mean: float, cv: float) -> Self:
        """Build the law with this mean and coefficient of variation."""
        return cls(cv**-2, mean * cv**2)

    @property
    def mean(self) -> float:
        """Shape x scale."""
        return self.shape * self.scale

    def laplace(self, force: float) -> float:
        """E[exp(-force T)] = (1 + force x scale)^-shape: the value today of 1 at time T."""
        return float((1.0 + force * self.scale) ** -self.shape)

    def cdf(self, time: float) -> float:
        """P(T <= time)."""
        return gamma_cdf(time, self.shape, 1.0 / self.scale)

    def quantile(self, p: float) -> float:
        """Return the time by which the wait is over with chance p, 0 < p < 1."""
        return gamma_quantile(p, self.shape, 1.0 / self.scale)
