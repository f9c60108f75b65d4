"""ACT: it is shown that a reservation of rights was sent."""

from sqlmodel import Session

from claims.counsel import store
from claims.counsel.tables import ReservationRow
from claims.fought import check_unanswered, matter_of, note
from kernel.desk import Desk
from kernel.errors import invalid


def prove_reservation(
    session: Session, claim_id: str, sequence: int, proof: str, *, desk: Desk
) -> ReservationRow:
    """Record the number of the slip, receipt or deed; once.

    Raises:
        NotFound: there is no such claim or reservation.
        Conflict: its sending was shown before.
        Invalid: the proof names nothing.
    """
    case = matter_of(session, claim_id)
    row = store.one_of(session, ReservationRow, claim_id, sequence)
    check_unanswered(row.proof, "proof")
    if not proof.strip():
        raise invalid("proof", "is empty", "give the number of the slip, receipt or deed")
    row.proof = proof.strip()
    session.add(row)
    session.flush()
    note(session, case, "reservation_proven", {"number": row.number, "proof": row.proof}, desk)
    return row
