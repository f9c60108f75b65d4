"""ACT: a reservation is lifted, or turned into a decision on the claim."""

from sqlmodel import Session

from claims.counsel import store
from claims.counsel.tables import ReservationRow
from claims.facts import Case, case_of
from claims.fought import note
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid

ENDS = ("lifted", "decided")


def end_reservation(
    session: Session, claim_id: str, sequence: int, end: str, reason: str, *, desk: Desk
) -> ReservationRow:
    """End it once. Lifted, its grounds are given up; decided, the claim was decided on them.

    Raises:
        NotFound: there is no such claim or reservation.
        Conflict: it has ended, or the claim was not decided.
        Invalid: the end is none, or has no reason.
    """
    if end not in ENDS:
        raise invalid("end", f"{end!r} is none", f"use one of {', '.join(ENDS)}")
    if not reason.strip():
        raise invalid("reason", "is empty", "say why")
    case = case_of(session, claim_id, lock=True)
    row = store.one_of(session, ReservationRow, claim_id, sequence)
    _check(case, row, end)
    row.state, row.ended_on, row.reason = end, desk.on, reason.strip()
    session.add(row)
    if end == "lifted":
        codes = {one["code"] for one in row.grounds}
        given_up = sorted(codes.union(case.claim.file.get("given_up", ())))
        case.claim.file = {**case.claim.file, "given_up": given_up}
        session.add(case.claim)
    session.flush()
    note(session, case, f"reservation_{end}", {"number": row.number, "reason": row.reason}, desk)
    subject = books.Subject("claim", claim_id)
    books.enqueue(session, subject, f"reservation_{end}", {"number": row.number}, at=desk.at)
    return row


def _check(case: Case, row: ReservationRow, end: str) -> None:
    if row.state != "reserved":
        raise Conflict("reservation-ended", Fault("state", f"it is {row.state}", "reserve anew"))
    if end == "decided" and not case.claim.file.get("assessed_on"):
        cure = "assess the claim first, or lift the reservation"
        raise Conflict("not-yet", Fault("end", "the claim is not decided", cure))
