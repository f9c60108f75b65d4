"""What a pledged right fetches when it must be sold, and what that leaves of the loss.

Published anchor: lots valued above EUR 5 m realised about 10 % of the valuation in all
(Hamburg 2007), less costs and some 18 months to the sale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from models.priors import Prior, PriorTable
from models.right_life import RightLife


@dataclass(frozen=True, slots=True)
class PledgedRight:
    """A right as collateral.

    Attributes:
        value: appraised value, major units.
        life: its survival from today.
    """

    value: float
    life: RightLife


@dataclass(frozen=True, slots=True)
class Disposal:
    """The law of a forced sale.

    Attributes:
        recovery_rate: expected proceeds over appraised value, per 1, unsold lots included.
        cost_rate: costs over proceeds, per 1.
        years_to_sale: from default to money.
        priors: the figures that it rests on.
    """

    recovery_rate: float
    cost_rate: float
    years_to_sale: float
    priors: tuple[Prior, ...]

    @classmethod
    def of(cls, table: PriorTable) -> Self:
        """Take the published figures."""
        rows = tuple(
            table.find(param, "ip_only_collateral")
            for param in ("recovery_on_value", "disposal_cost_rate", "years_to_sale")
        )
        return cls(rows[0].value, rows[1].value, rows[2].value, rows)

    def gross(self, rights: Sequence[PledgedRight], years: float) -> float:
        """Expected proceeds of a default `years` from today, major units.

        Sum over rights of value x recovery rate x S_right(years + years to sale).
        """
        at_sale = years + self.years_to_sale
        return sum(
            right.value * self.recovery_rate * right.life.survival(at_sale) for right in rights
        )
