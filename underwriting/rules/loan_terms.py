"""The loan behind a guarantee, as it was agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Self

from kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """The terms of the guaranteed loan.

    Attributes:
        amount: of the loan.
        contract: the bank's number of it.
        annual_rate: interest per year, exact, per 1.
        plan: how the loan is repaid.
        term_months: of the loan.
        drawdown: day of the loan.
        ip_share: part of the loan that IP secures.
        tier: the borrower's tier, where the scheme asks it.
        balances: principal owed before each month's instalment, in minor units.
    """

    amount: Money
    contract: str
    annual_rate: Fraction
    plan: str
    term_months: int
    drawdown: date
    ip_share: Fraction
    tier: str | None
    balances: tuple[int, ...]

    def __post_init__(self) -> None:
        assert len(self.balances) == self.term_months, "a balance for each month"

    def json(self) -> dict[str, Any]:
        """The loan as it is frozen."""
        return {
            "amount": self.amount.text,
            "currency": self.amount.currency,
            "contract": self.contract,
            "annual_rate": str(self.annual_rate),
            "plan": self.plan,
            "term_months": self.term_months,
            "drawdown": self.drawdown.isoformat(),
            "ip_share": str(self.ip_share),
            "tier": self.tier,
            "balances": list(self.balances),
        }

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """Read a frozen loan back."""
        plain = ("contract", "plan", "term_months", "tier")
        return cls(
            **{key: frozen[key] for key in plain},
            amount=Money.of(frozen["amount"], frozen["currency"]),
            annual_rate=Fraction(frozen["annual_rate"]),
            drawdown=date.fromisoformat(frozen["drawdown"]),
            ip_share=Fraction(frozen["ip_share"]),
            balances=tuple(frozen["balances"]),
        )
