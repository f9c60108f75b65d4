"""From the pure premium to the technical price: risk margin and loadings, all floats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

from underwriting.pricing.expected_loss import MONTHS_PER_YEAR, Curve, MonthLoss


@dataclass(frozen=True, slots=True)
class Loadings:
    """Rates of the tariff, per 1.

    Attributes:
        expense: of the technical premium.
        commission: of the technical premium.
        profit: of the technical premium.
        cost_of_capital: per year, of the capital held.
        capital_quantile: of the common factor, for the capital held.
        tax: on the premium, added on top.
    """

    expense: float
    commission: float
    profit: float
    cost_of_capital: float
    capital_quantile: float
    tax: float

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> Self:
        """Read the rates of a tariff; what else it says of the margin is read where it is made."""
        stated = terms["loadings"]
        return cls(**{one.name: stated[one.name] for one in fields(cls)})

    def __post_init__(self) -> None:
        assert 0 <= self.expense + self.commission + self.profit < 1, "loadings leave something"


def risk_margin(rows: Sequence[MonthLoss], curve: Curve, loadings: Loadings) -> float:
    """Return the cost of capital over the term, in minor units.

    Sum over months of cost of capital / 12 x (stressed PD - PD, one year) x net loss in the
    month. The stressed PD is Vasicek's at the capital quantile.
    """
    default = curve.default_between(0.0, 1.0)
    excess = curve.stressed_default(1.0, loadings.capital_quantile) - default
    held = sum(max(0, row.net) for row in rows) / MONTHS_PER_YEAR
    return loadings.cost_of_capital * excess * held


def technical_premium(pure: float, margin: float, loadings: Loadings) -> float:
    """Return (pure + margin) / (1 - expense - commission - profit), in minor units."""
    return (pure + margin) / (1.0 - loadings.expense - loadings.commission - loadings.profit)
