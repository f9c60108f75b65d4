"""ACT: an overdue loan ends without a claim: it was paid, or its term was extended with leave."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from claims.overdue.case import OverdueCase, overdue_case
from claims.overdue.tables import OverdueRow
from claims.rules.overdue import State, check_open
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import invalid
from kernel.period import add_days
from underwriting.watch.consent_kind import ConsentKind
from underwriting.watch.loan_event import LoanEventKind


class End(StrEnum):
    """How it ends."""

    CURED = "cured"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class Ending:
    """What ended it.

    Attributes:
        end: how.
        reference: key of the loan event that says it was paid, or id of the leave to extend.
    """

    end: End
    reference: str


def end_overdue(session: Session, overdue_id: str, ending: Ending, *, desk: Desk) -> OverdueRow:
    """End a case by what the loan's own record says; a payment that is learnt of late counts.

    Raises:
        NotFound: there is no such case.
        Invalid: the record holds no such event or leave, or it is of before the loan fell due.
        Conflict: the case has ended.
    """
    case = overdue_case(session, overdue_id, desk.on, lock=True)
    row = case.row
    check_ends(row)
    row.ended_on = _cured_on(case, ending) if ending.end is End.CURED else _from(case, ending)
    row.ended_by, row.state = ending.reference, ending.end.value
    session.add(row)
    session.flush()
    payload = {"overdue_id": row.id, "by": ending.reference, "on": row.ended_on.isoformat()}
    subject = books.Subject("policy", row.policy_id)
    books.note(session, subject, f"overdue_{row.state}", payload, actor=desk.actor, at=desk.at)
    return row


def check_ends(row: OverdueRow) -> None:
    """Refuse to end a case that has ended; one that only lapsed may still be said to be paid.

    Raises:
        Conflict: it has.
    """
    check_open(State(row.state), "its end stands")


def _cured_on(case: OverdueCase, ending: Ending) -> date:
    for one in case.events:
        if one.key == ending.reference and one.kind is LoanEventKind.CURED:
            if one.happened_on < case.row.since:
                break
            return one.happened_on
    problem = f"{ending.reference!r} is no report that it was paid since {case.row.since}"
    raise invalid("event_key", problem, "report it first: POST /v1/policies/…/loan-events")


def _from(case: OverdueCase, ending: Ending) -> date:
    """Return the day from which leave extends the loan: an earlier one put off another due day."""
    leave = case.loan.file.consent(ending.reference)
    if leave is None or leave.kind is not ConsentKind.EXTENSION or not leave.granted:
        problem = f"{ending.reference!r} is no leave to extend this loan that was granted"
        raise invalid("consent_id", problem, "ask for it: POST /v1/policies/…/consents")
    due = add_days(case.row.since, -1)
    if leave.effective_on < due:
        problem = f"is leave from {leave.effective_on}, before the instalment fell due on {due}"
        raise invalid("consent_id", problem, f"ask for leave that takes effect from {due} on")
    return leave.effective_on
