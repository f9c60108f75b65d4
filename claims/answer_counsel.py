"""ACT: the insurer consents to counsel, or refuses it with a reason."""

from sqlmodel import Session

from claims.counsel import store
from claims.counsel.tables import CounselRow
from claims.fought import check_unanswered, establish, matter_of, note
from kernel.desk import Desk
from kernel.errors import invalid


def answer_counsel(
    session: Session, claim_id: str, sequence: int, reason: str, *, consented: bool, desk: Desk
) -> CounselRow:
    """Answer once. With consent the claim takes the terms of that counsel.

    Raises:
        NotFound: there is no such claim or counsel.
        Conflict: it was answered, or the claim is decided.
        Invalid: it is refused without a reason.
    """
    case = matter_of(session, claim_id)
    row = store.one_of(session, CounselRow, claim_id, sequence)
    check_unanswered(row.answered_on, "counsel")
    if not consented and not reason.strip():
        raise invalid("reason", "is empty", "say why: consent is not withheld without reason")
    row.state = "consented" if consented else "refused"
    row.answered_on, row.reason = desk.on, reason
    session.add(row)
    if consented:
        establish(case, desk.on, counsel=row.source, counsel_consented=True)
        session.add(case.claim)
    session.flush()
    payload = {"sequence": sequence, "name": row.name, "reason": reason}
    note(session, case, f"counsel_{row.state}", payload, desk)
    return row
