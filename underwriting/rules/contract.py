"""What binding freezes: the terms that a claim will be measured by, whatever changes later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Self

from kernel.money import Money
from kernel.period import Period


@dataclass(frozen=True, slots=True)
class Contract:
    """The terms of one policy.

    Attributes:
        policyholder: who pays the premium: the borrower.
        policyholder_id: its number in the register.
        issuer: the party of the scheme whose share is insured.
        settles: `several` (each party pays the bank its own share) or `lead` (the issuer
            pays for all and calls on the others).
        sum_insured: most that is ever paid, all parties together.
        loan: amount of the loan.
        loan_contract: the bank's number of it.
        annual_rate: interest per year, exact, per 1.
        plan: how the loan is repaid.
        term_months: of the loan.
        drawdown: day of the loan.
        ip_share: part of the loan that IP secures.
        tier: the borrower's tier, where the scheme asks it.
        period: of cover.
        waiting_days: from the default to the earliest payment.
        notice_days: for the bank to notify a default.
        call_working_days: for a sharing party to answer a call.
        papers: code -> name of every paper that a claim needs.
        subsidy: public payer of the premium: name, share, cap.
    """

    policyholder: str
    policyholder_id: str
    issuer: str
    settles: str
    sum_insured: Money
    loan: Money
    loan_contract: str
    annual_rate: Fraction
    plan: str
    term_months: int
    drawdown: date
    ip_share: Fraction
    tier: str | None
    period: Period
    waiting_days: int
    notice_days: int
    call_working_days: int
    papers: Mapping[str, str]
    subsidy: tuple[str, Fraction, Money | None] | None = None

    def json(self) -> dict[str, Any]:
        """The contract as it is frozen into a receipt and a policy."""
        name, share, cap = self.subsidy or ("", Fraction(0), None)
        subsidy = {"payer": name, "share": str(share), "cap": cap.text if cap else None}
        return {
            "policyholder": self.policyholder,
            "policyholder_id": self.policyholder_id,
            "issuer": self.issuer,
            "settles": self.settles,
            "currency": self.loan.currency,
            "sum_insured": self.sum_insured.text,
            "loan": self.loan.text,
            "loan_contract": self.loan_contract,
            "annual_rate": str(self.annual_rate),
            "plan": self.plan,
            "term_months": self.term_months,
            "drawdown": self.drawdown.isoformat(),
            "ip_share": str(self.ip_share),
            "tier": self.tier,
            "period": {"start": self.period.start.isoformat(), "end": self.period.end.isoformat()},
            "waiting_days": self.waiting_days,
            "notice_days": self.notice_days,
            "call_working_days": self.call_working_days,
            "papers": dict(self.papers),
            "subsidy": subsidy if self.subsidy else None,
        }

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """Read a frozen contract back."""
        currency = frozen["currency"]
        period, subsidy = frozen["period"], frozen["subsidy"]
        days = {key: date.fromisoformat(period[key]) for key in ("start", "end")}
        plain = (
            "policyholder", "policyholder_id", "issuer", "settles", "loan_contract", "plan",
            "term_months", "tier", "waiting_days", "notice_days", "call_working_days", "papers",
        )  # fmt: skip
        return cls(
            **{key: frozen[key] for key in plain},
            sum_insured=Money.of(frozen["sum_insured"], currency),
            loan=Money.of(frozen["loan"], currency),
            annual_rate=Fraction(frozen["annual_rate"]),
            drawdown=date.fromisoformat(frozen["drawdown"]),
            ip_share=Fraction(frozen["ip_share"]),
            period=Period(**days),
            subsidy=subsidy and _subsidy(subsidy, currency),
        )


def _subsidy(frozen: Mapping[str, Any], currency: str) -> tuple[str, Fraction, Money | None]:
    cap = frozen["cap"]
    return frozen["payer"], Fraction(frozen["share"]), Money.of(cap, currency) if cap else None
