"""What a sharing starts from: the loss by its lines, and what a scheme asks beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from kernel.sharing.scheme import LossBase


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss by its lines, in minor units, none negative.

    Attributes:
        principal: unpaid principal.
        interest: unpaid ordinary interest.
        costs: enforcement or defence costs.
        currency: ISO 4217 code.
    """

    principal: int
    interest: int
    costs: int
    currency: str

    @property
    def total(self) -> int:
        """All lines together."""
        return self.principal + self.interest + self.costs

    def base(self, loss_base: LossBase) -> int:
        """Return the lines that `loss_base` shares.

        >>> Loss(100, 20, 3, "CNY").base(LossBase.PRINCIPAL_INTEREST)
        120
        """
        interest = 0 if loss_base is LossBase.PRINCIPAL else self.interest
        costs = self.costs if loss_base is LossBase.PRINCIPAL_INTEREST_COSTS else 0
        return self.principal + interest + costs


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a portfolio cap is counted against, in minor units.

    Attributes:
        volume: loans of the portfolio.
        paid: what the capped party has paid on it so far.
    """

    volume: int
    paid: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a scheme may ask beside the loss. What is missing is None or absent, never zero.

    Attributes:
        loan_minor: the insured loan amount, in minor units.
        ip_share: the part of the loan that IP secures, from 0 to 1.
        tier: the borrower's tier.
        balances: pool balance of each party, in minor units.
        paid_this_year: what each party paid in the calendar year, in minor units.
        portfolio: figures for portfolio caps.
        ratios: measures for fuses, per 1.
        defaulted: parties that do not pay what they owe; they bear nothing.
    """

    loan_minor: int | None = None
    ip_share: Fraction | None = None
    tier: str | None = None
    balances: Mapping[str, int] = field(default_factory=dict)
    paid_this_year: Mapping[str, int] = field(default_factory=dict)
    portfolio: Portfolio | None = None
    ratios: Mapping[str, Fraction] = field(default_factory=dict)
    defaulted: frozenset[str] = frozenset()
