"""What a product's rating answers: the expected loss of our share and what drives it."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.priors import Prior
from underwriting.pricing.expected_loss import Curve, MonthLoss


@dataclass(frozen=True, slots=True)
class LossView:
    """The loss side of a price.

    Attributes:
        months: expected loss by month of cover.
        curve: the borrower's default law.
        priors: every published figure used, each once.
        drivers: name -> figure, for the receipt.
    """

    months: tuple[MonthLoss, ...]
    curve: Curve
    priors: tuple[Prior, ...]
    drivers: Mapping[str, float]

    @property
    def pure(self) -> float:
        """Pure premium: the sum over the months, in minor units."""
        return sum(row.expected_loss for row in self.months)
