"""Loss given default as a beta law whose mean is itself uncertain.

The published prior (H8): a loan secured by IP alone loses 0.75 of the exposure on average; the
mean is known like Beta(7.5, 2.5), one loan's loss is Beta(2.77, 0.92) around it.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Self

from models.priors import Prior, PriorTable
from models.recovery.laws import BetaLaw
from models.recovery.quadrature import beta_nodes, increasing_root

SECURITIES = ("ip_only_collateral", "guarantor", "counter_guarantee")
"""What stands behind a loan: IP alone; a guarantor or other security; an official
counter-guarantee book, which recovers little."""

_NODES = 12


@dataclass(frozen=True, slots=True)
class LgdLaw:
    """Loss of one defaulted loan over its exposure, per 1.

    A loss is nought with chance `zero`, whole with chance `one`, else Beta(m k, (1 - m) k), with
    m drawn from `mean_law` and k the `precision`.

    Attributes:
        mean_law: the uncertain mean of the losses between nought and one.
        precision: a + b of the loss around a known mean, above zero.
        zero: chance that nothing is lost.
        one: chance that all is lost.
        priors: the figures that it rests on.
    """

    mean_law: BetaLaw
    precision: float
    zero: float = 0.0
    one: float = 0.0
    priors: tuple[Prior, ...] = ()

    @classmethod
    def of(cls, table: PriorTable, security: str = "ip_only_collateral") -> Self:
        """Take the published figures for this security (see `SECURITIES`, `recovery_table`).

        Raises:
            Invalid: no figure is there for it.
        """
        mean, precision = table.find("lgd", security), table.find("lgd_precision", security)
        return cls(BetaLaw(mean.a, mean.b), precision.value, priors=(mean, precision))

    @property
    def inner(self) -> float:
        """Chance that the loss is neither nought nor whole."""
        return 1.0 - self.zero - self.one

    @property
    def mean(self) -> float:
        """Expected loss: one + inner x mean of the mean."""
        return self.one + self.inner * self.mean_law.mean

    @property
    def loss_law(self) -> BetaLaw:
        """The loss between nought and one if the mean were known to be what is expected."""
        return BetaLaw.of_mean(self.mean_law.mean, self.precision)

    @property
    def sd(self) -> float:
        """Standard deviation of one loan's loss, doubt about the mean included.

        With m the mean: E[L^2] = one + inner x (E[m (1 - m)] / (k + 1) + E[m^2]).
        """
        m, v = self.mean_law.mean, self.mean_law.sd**2
        square = (m - m * m - v) / (self.precision + 1.0) + v + m * m
        return sqrt(self.one + self.inner * square - self.mean**2)

    def mean_interval(self, level: float = 0.9) -> tuple[float, float]:
        """Return the band that holds the expected loss with this chance."""
        tail = (1.0 - level) / 2.0
        low, high = (self.mean_law.quantile(p) for p in (tail, 1.0 - tail))
        return self.one + self.inner * low, self.one + self.inner * high

    def cdf(self, loss: float) -> float:
        """P(loss or less), averaged over the uncertain mean by Gauss-Jacobi nodes."""
        if loss < 0:
            return 0.0
        if loss >= 1:
            return 1.0
        nodes = beta_nodes(self.mean_law.a, self.mean_law.b, _NODES)
        inside = sum(
            weight * BetaLaw.of_mean(mean, self.precision).cdf(loss) for weight, mean in nodes
        )
        return self.zero + self.inner * inside

    def quantile(self, p: float) -> float:
        """Return the loss that is not passed with chance p."""
        if p <= self.zero:
            return 0.0
        if p >= 1.0 - self.one:
            return 1.0
        return increasing_root(self.cdf, p, 0.0, 1.0)

    def matched(self) -> BetaLaw:
        """Return the one beta law with the same mean and standard deviation."""
        return BetaLaw.of_moments(self.mean, self.sd)
