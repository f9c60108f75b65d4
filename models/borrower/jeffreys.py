"""What a count of defaults says of their rate: the beta law with Jeffreys' prior."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from models.priors.quantile import beta_cdf, beta_quantile


@dataclass(frozen=True, slots=True)
class Rate:
    """A default rate with its uncertainty: Beta(D + 1/2, n - D + 1/2).

    Attributes:
        defaults: D, effective, not a whole number where rows are weighted.
        rows: n, effective.
    """

    defaults: float
    rows: float

    def __post_init__(self) -> None:
        assert 0.0 <= self.defaults <= self.rows, f"{self.defaults} defaults of {self.rows}"

    @property
    def _a(self) -> float:
        return self.defaults + 0.5

    @property
    def _b(self) -> float:
        return self.rows - self.defaults + 0.5

    def interval(self, level: float = 0.9) -> tuple[float, float]:
        """Equal-tailed interval at `level`; open to 0 without a default, to 1 without a survivor.

        Brown, Cai and DasGupta 2001, section 4.1.

        >>> tuple(round(end, 4) for end in Rate(0.0, 100.0).interval(0.95))
        (0.0, 0.0247)
        """
        tail = (1.0 - level) / 2.0
        low = beta_quantile(tail, self._a, self._b) if self.defaults > 0.0 else 0.0
        high = beta_quantile(1.0 - tail, self._a, self._b) if self.defaults < self.rows else 1.0
        return low, high

    def below(self, pd: float) -> float:
        """Chance that the true rate is at or below `pd`: small means that `pd` is too low.

        The p-value that the ECB asks for in validating a PD (Jeffreys test, 2019).

        >>> round(Rate(2.0, 6.0).below(0.0367), 4)  # a published example
        0.0044
        """
        return beta_cdf(pd, self._a, self._b)

    def exceeds(self, other: "Rate") -> float:
        """Chance that this rate is above `other`: both betas taken as normal on the rate."""
        means = self.mean - other.mean
        return NormalDist().cdf(means / sqrt(self.variance + other.variance))

    @property
    def mean(self) -> float:
        """(D + 1/2) / (n + 1)."""
        return self._a / (self._a + self._b)

    @property
    def variance(self) -> float:
        """Mean (1 - mean) / (n + 2)."""
        return self.mean * (1.0 - self.mean) / (self._a + self._b + 1.0)
