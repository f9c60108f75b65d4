"""ACT: an overdue loan is claimed, with the lines that its transcript was worked out to."""

from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from claims.notify import Notice, notify
from claims.overdue import store
from claims.overdue.case import OverdueCase, overdue_case
from claims.overdue.tables import OverdueRow
from claims.rules.overdue import State, check_open, stands
from claims.tables import ClaimRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault

_STATEMENT: Final = "arrears_statement"
_LETTERS: Final = "dunning_notices"


@dataclass(frozen=True, slots=True)
class Claiming:
    """What comes with the claim.

    Attributes:
        papers: codes of papers; a signed transcript and served letters tick their own.
    """

    papers: tuple[str, ...] = ()


def claim_overdue(session: Session, overdue_id: str, claiming: Claiming, *, desk: Desk) -> ClaimRow:
    """Open the claim of a case: principal, interest and costs; penalty is shown, not covered.

    The report of the overdue was the notice: it stays in time however late the claim comes.

    Raises:
        NotFound: there is no such case.
        Conflict: the case has ended, no transcript was read, or its default has a claim.
        Invalid: a paper is not one of the policy's, or nothing is owed.
    """
    case = overdue_case(session, overdue_id, desk.on, lock=True)
    row = case.row
    check_open(stands(row.state, row.claim_by, desk.on), "it is not claimed")
    newest = store.newest_transcript(session, row.id)
    if newest is None:
        fault = Fault("transcript", "none was read", "send the bank's statement of the account")
        raise Conflict("no-transcript", fault)
    asked = {line: minor for line, minor in newest.found["claimed"].items() if minor}
    claim = notify(
        session,
        Notice(
            policy_id=row.policy_id,
            default_date=row.since,
            known_on=row.known_on,
            asked=asked,
            currency=row.currency,
            papers=_papers(session, case, claiming, signed=newest.signed_by is not None),
            reported_on=row.notified_on,
        ),
        desk=desk,
    )
    row.state, row.claim_id = State.CLAIMED.value, claim.id
    row.ended_on, row.ended_by = desk.on, claim.id
    session.add(row)
    session.flush()
    _note(session, row, newest.id, desk)
    return claim


def _papers(
    session: Session, case: OverdueCase, claiming: Claiming, *, signed: bool
) -> tuple[str, ...]:
    """Return the papers that came, with those that the case itself holds."""
    served = any(one.served_on for one in store.letters(session, case.row.id))
    own = [
        code
        for code, here in ((_STATEMENT, signed), (_LETTERS, served))
        if here and code in case.contract.papers
    ]
    return tuple(dict.fromkeys((*claiming.papers, *own)))


def _note(session: Session, row: OverdueRow, transcript_id: str, desk: Desk) -> None:
    payload = {"overdue_id": row.id, "claim_id": row.claim_id, "transcript_id": transcript_id}
    subject = books.Subject("policy", row.policy_id)
    books.note(session, subject, "overdue_claimed", payload, actor=desk.actor, at=desk.at)
