"""The account of a guaranteed loan on a day: a fold of what happened, against the agreed plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Any, Final

from underwriting.watch.loan_event import LoanClass, LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind


class LoanState(StrEnum):
    """How a loan stands, best first."""

    NOT_DISBURSED = "not_disbursed"
    CURRENT = "current"
    REPAID = "repaid"
    OVERDUE = "overdue"
    NON_PERFORMING = "non_performing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the events of a loan come to; amounts in minor units.

    Attributes:
        disbursed: principal paid out, drawn again included.
        repaid: principal paid back, early or not.
        interest_paid: interest received.
        overdue_since: first day that is reported unpaid; None where nothing is.
        overdue_principal: of the last report.
        overdue_interest: likewise.
        loan_class: the bank's grade; None where none is reported.
        extensions: that were granted by the bank.
    """

    disbursed: int = 0
    repaid: int = 0
    interest_paid: int = 0
    overdue_since: date | None = None
    overdue_principal: int = 0
    overdue_interest: int = 0
    loan_class: LoanClass | None = None
    extensions: int = 0

    @property
    def owed(self) -> int:
        """Principal owed; below nothing only where the events cannot be."""
        return self.disbursed - self.repaid

    @property
    def state(self) -> LoanState:
        """How the loan stands by what is reported; see `Standing` for what the plan adds."""
        if self.loan_class is not None and not self.loan_class.performing:
            return LoanState.NON_PERFORMING
        if self.overdue_since is not None:
            return LoanState.OVERDUE
        if self.disbursed == 0:
            return LoanState.NOT_DISBURSED
        return LoanState.CURRENT if self.owed else LoanState.REPAID

    def after(self, event: LoanEvent) -> "Account":
        """Return the account after one more event; one that moves nothing leaves it as it is."""
        moved = _MOVES.get(event.kind)
        return self if moved is None else replace(self, **moved(self, event))


def _draws(now: Account, event: LoanEvent) -> dict[str, Any]:
    return {"disbursed": now.disbursed + event.principal}


def _pays(now: Account, event: LoanEvent) -> dict[str, Any]:
    return {
        "repaid": now.repaid + event.principal,
        "interest_paid": now.interest_paid + event.interest,
    }


def _falls_overdue(now: Account, event: LoanEvent) -> dict[str, Any]:
    assert event.since is not None, "an overdue says since when"
    return {
        "overdue_since": min(event.since, now.overdue_since or event.since),
        "overdue_principal": event.principal,
        "overdue_interest": event.interest,
    }


_MOVES: Final[Mapping[Kind, Callable[[Account, LoanEvent], dict[str, Any]]]] = {
    Kind.DISBURSED: _draws,
    Kind.REDRAWN: _draws,
    Kind.REPAID: _pays,
    Kind.PREPAID: _pays,
    Kind.OVERDUE: _falls_overdue,
    Kind.CURED: lambda _, __: {
        "overdue_since": None, "overdue_principal": 0, "overdue_interest": 0,
    },
    Kind.RECLASSIFIED: lambda _, event: {"loan_class": event.loan_class},
    Kind.EXTENDED: lambda now, _: {"extensions": now.extensions + 1},
}  # fmt: skip


def account(events: Sequence[LoanEvent]) -> Account:
    """Fold events that count, in their order, into the account after the last."""
    return reduce(Account.after, events, Account())
