"""What happens to a guaranteed loan, as the bank reports it. Nothing reported is taken out again.

Two clocks: an event *happened* on a day and is *known* from an instant.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from underwriting.watch.consent_kind import ConsentKind


class LoanEventKind(StrEnum):
    """What can happen to a loan."""

    DISBURSED = "disbursed"
    REPAID = "repaid"
    PREPAID = "prepaid"
    OVERDUE = "overdue"
    CURED = "cured"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    RESCHEDULED = "rescheduled"
    REDRAWN = "redrawn"
    REFINANCED = "refinanced"
    USE_CHANGED = "use_changed"
    COLLATERAL_SUBSTITUTED = "collateral_substituted"
    COLLATERAL_RELEASED = "collateral_released"
    RECLASSIFIED = "reclassified"
    WITHDRAWN = "withdrawn"


class LoanClass(StrEnum):
    """The five grades of a bank's loans, best first; the last three are non-performing."""

    NORMAL = "normal"
    SPECIAL_MENTION = "special_mention"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"

    @property
    def performing(self) -> bool:
        """Is it one of the first two?"""
        return self in (LoanClass.NORMAL, LoanClass.SPECIAL_MENTION)


NEEDS_CONSENT: Final = {
    LoanEventKind.EXTENDED: ConsentKind.EXTENSION,
    LoanEventKind.RESCHEDULED: ConsentKind.RESCHEDULE,
    LoanEventKind.REDRAWN: ConsentKind.REDRAW,
    LoanEventKind.REFINANCED: ConsentKind.OLD_FOR_NEW,
    LoanEventKind.USE_CHANGED: ConsentKind.CHANGE_OF_USE,
    LoanEventKind.COLLATERAL_SUBSTITUTED: ConsentKind.SUBSTITUTION,
    LoanEventKind.COLLATERAL_RELEASED: ConsentKind.RELEASE,
}
"""Events that change the contract -> the leave that each needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanEvent:
    """One thing that happened to a loan; amounts in minor units of its currency.

    Attributes:
        id: of the row; empty where it is not written yet.
        seq: 1, 2, 3 ... in the order in which the books came to know them.
        key: the bank's own name for it, unique within the policy.
        kind: what happened.
        happened_on: the day of it.
        known_at: the instant from which the books know it; None of one not written yet.
        principal: moved, or overdue; 0 where the kind moves none.
        interest: likewise.
        since: of an overdue: the day on which it fell due.
        until: of an extension or a new schedule: the last day on which the loan falls due.
        loan_class: of a reclassification.
        withdraws: key of the event that is taken back.
        consent_id: the leave that it rests on.
        reference: where it is found, such as a slip or the number of a new loan contract.
    """

    id: str = ""
    seq: int
    key: str
    kind: LoanEventKind
    happened_on: date
    known_at: datetime | None = None
    principal: int = 0
    interest: int = 0
    since: date | None = None
    until: date | None = None
    loan_class: LoanClass | None = None
    withdraws: str | None = None
    consent_id: str | None = None
    reference: str | None = None

    def __post_init__(self) -> None:
        assert self.principal >= 0, "principal is not moved backwards"
        assert self.interest >= 0, "nor is interest"

    @property
    def needs(self) -> ConsentKind | None:
        """The leave that it needs; None where it changes no contract."""
        return NEEDS_CONSENT.get(self.kind)

    def said(self) -> tuple[Any, ...]:
        """What was reported, without when and by what number the books came to know it."""
        return (
            self.key, self.kind, self.happened_on, self.principal, self.interest, self.since,
            self.until, self.loan_class, self.withdraws, self.consent_id, self.reference,
        )  # fmt: skip
