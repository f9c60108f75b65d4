"""What binding freezes: the terms that a claim will be measured by, whatever changes later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final, Self

from kernel.money import Money
from kernel.period import Period
from underwriting.rules.loan_terms import LoanTerms

Subsidy = tuple[str, Fraction, Money | None]
"""A public payer of the premium: name, share, cap."""

_PLAIN: Final = (
    "policyholder", "policyholder_id", "insured", "beneficiary", "issuer", "settles",
    "waiting_days", "notice_days", "call_working_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the cover, in the order in which terms are applied.

    Attributes:
        code: `retention`, `coinsurance`, `sublimit`, `limit`, `aggregate`, `share`.
        zh: title in Chinese.
        en: title in English.
        value: the figure, in words.
    """

    code: str
    zh: str
    en: str
    value: str

    def json(self) -> dict[str, str]:
        """The term as it is frozen."""
        return {"code": self.code, "label_zh": self.zh, "label": self.en, "value": self.value}

    @classmethod
    def of(cls, frozen: Mapping[str, str]) -> Self:
        """Read a frozen term back."""
        return cls(frozen["code"], frozen["label_zh"], frozen["label"], frozen["value"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The terms of one policy.

    Attributes:
        policyholder: who pays the premium.
        policyholder_id: its number in the register.
        insured: whose loss is covered: `client` (the bank that lends), `policyholder`, or a name.
        beneficiary: who is paid, likewise.
        issuer: the party of the scheme whose share is insured.
        settles: `several` (each party pays its own share) or `lead` (the issuer pays for all
            and calls on the others).
        sum_insured: most that is ever paid, all parties together.
        period: of cover.
        waiting_days: from the insured event to the earliest payment.
        notice_days: for the insured to notify the event.
        call_working_days: for a sharing party to answer a call.
        papers: code -> name of every paper that a claim needs.
        earning: weights of the premium by month of cover; what is not earned is returned.
        subsidy: public payer of the premium: name, share, cap.
        loan: what is guaranteed, where it is a loan.
        terms: the order of terms, as printed.
        agreed: what only this product freezes, as plain JSON.
    """

    policyholder: str
    policyholder_id: str
    insured: str
    beneficiary: str
    issuer: str
    settles: str
    sum_insured: Money
    period: Period
    waiting_days: int
    notice_days: int
    call_working_days: int
    papers: Mapping[str, str]
    earning: tuple[int, ...]
    subsidy: Subsidy | None = None
    loan: LoanTerms | None = None
    terms: tuple[Term, ...] = ()
    agreed: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert self.earning, "premium is earned over some months"
        assert min(self.earning) >= 0, "no month is earned backwards"
        assert sum(self.earning) > 0, "premium is earned in some month"

    @property
    def currency(self) -> str:
        """The one currency of the contract."""
        return self.sum_insured.currency

    @property
    def amount(self) -> Money:
        """What layers and brackets of a scheme are measured on: the loan, or the sum insured."""
        return self.loan.amount if self.loan else self.sum_insured

    @property
    def tier(self) -> str | None:
        """The borrower's tier, where the scheme shares by it."""
        return self.loan.tier if self.loan else None

    @property
    def lent(self) -> LoanTerms:
        """The loan of a contract that has one."""
        assert self.loan is not None, "this contract guarantees a loan"
        return self.loan

    def json(self) -> dict[str, Any]:
        """The contract as it is frozen into a receipt and a policy."""
        name, share, cap = self.subsidy or ("", Fraction(0), None)
        subsidy = {"payer": name, "share": str(share), "cap": cap.text if cap else None}
        return {
            **{key: getattr(self, key) for key in _PLAIN},
            "currency": self.currency,
            "sum_insured": self.sum_insured.text,
            "period": {"start": self.period.start.isoformat(), "end": self.period.end.isoformat()},
            "papers": dict(self.papers),
            "earning": list(self.earning),
            "subsidy": subsidy if self.subsidy else None,
            "loan": self.loan.json() if self.loan else None,
            "terms": [term.json() for term in self.terms],
            "agreed": dict(self.agreed),
        }

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """Read a frozen contract back."""
        currency, loan, subsidy = frozen["currency"], frozen["loan"], frozen["subsidy"]
        days = {key: date.fromisoformat(frozen["period"][key]) for key in ("start", "end")}
        return cls(
            **{key: frozen[key] for key in _PLAIN},
            sum_insured=Money.of(frozen["sum_insured"], currency),
            period=Period(**days),
            papers=frozen["papers"],
            earning=tuple(frozen["earning"]),
            subsidy=subsidy and _subsidy(subsidy, currency),
            loan=loan and LoanTerms.of(loan),
            terms=tuple(map(Term.of, frozen["terms"])),
            agreed=frozen["agreed"],
        )


def _subsidy(frozen: Mapping[str, Any], currency: str) -> Subsidy:
    cap = frozen["cap"]
    return frozen["payer"], Fraction(frozen["share"]), Money.of(cap, currency) if cap else None
