"""What a product's rating answers: the expected loss of our share and what drives it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.finding import Finding
from models.governance.compare import Comparison
from models.priors import Prior, Standing
from underwriting.pricing.expected_loss import Curve, MonthLoss


@dataclass(frozen=True, slots=True)
class LossView:
    """The loss side of a price.

    Attributes:
        months: expected loss by month of cover.
        curve: the borrower's default law.
        priors: every published figure used, each once.
        drivers: name -> figure, for the receipt.
        standing: how far the figures stand on the house's own counts.
        comparison: the pure premium beside that of the challengers; None if nobody challenges.
    """

    months: tuple[MonthLoss, ...]
    curve: Curve
    priors: tuple[Prior, ...]
    drivers: Mapping[str, float]
    standing: Standing
    comparison: Comparison | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What an underwriter should know of how the price came about."""
        gap = self.comparison.findings() if self.comparison else ()
        return (*self.standing.findings, *gap)

    @property
    def pure(self) -> float:
        """Pure premium: the sum over the months, in minor units."""
        return sum(row.expected_loss for row in self.months)
