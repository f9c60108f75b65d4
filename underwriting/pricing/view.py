"""What a product's rating answers: the expected loss of our share and what drives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
        fit_ids: every fit that was asked, champions first.
        drivers: name -> figure, for the receipt.
        score: of the borrower's own accounts, as the receipt states it; None where none are.
        contest: the score beside the stated grade; None likewise.
        standing: how far the figures stand on the house's own counts.
        comparison: the pure premium beside that of the challengers; None if nobody challenges.
    """

    months: tuple[MonthLoss, ...]
    curve: Curve
    priors: tuple[Prior, ...]
    fit_ids: tuple[str, ...]
    drivers: Mapping[str, float]
    standing: Standing
    comparison: Comparison | None = None
    score: Mapping[str, Any] | None = None
    contest: Comparison | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What an underwriter should know of how the price came about."""
        pairs = [pair for pair in (self.comparison, self.contest) if pair]
        gaps = [finding for pair in pairs for finding in pair.findings()]
        return (*self.standing.findings, *gaps)

    @property
    def pure(self) -> float:
        """Pure premium: the sum over the months, in minor units."""
        return sum(row.expected_loss for row in self.months)
