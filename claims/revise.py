"""ACT: a settled claim is taken up again, to be assessed and settled anew."""

from sqlmodel import Session

from claims.deciding.again import undecided
from claims.facts import case_of
from claims.reserving.follow import follow_again
from claims.rules.lifecycle import revised
from claims.tables import ClaimRow
from kernel.db import books
from kernel.desk import Desk


def revise(session: Session, claim_id: str, reason: str, *, desk: Desk) -> ClaimRow:
    """Bring a settled claim back to where it is assessed; its settlements stand until then.

    Raises:
        Conflict: it is not settled.
    """
    case = case_of(session, claim_id, lock=True)
    row = case.claim
    row.state = revised(row.state)
    again = [*row.file.get("revised", ()), {"on": desk.on.isoformat(), "reason": reason}]
    row.file = {**undecided(row.file), "revised": again}
    follow_again(session, case, desk)
    session.add(row)
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "revised", {"reason": reason}, actor=desk.actor, at=desk.at)
    return row
