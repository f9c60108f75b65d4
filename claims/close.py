"""ACTS: end a claim when nothing is open, and open it again when money still comes."""

from sqlmodel import Session

from claims import store
from claims.assess import set_reserve
from claims.facts import case_of
from claims.notify import first_reserve
from claims.rules.lifecycle import REOPENS, State, move
from claims.tables import ClaimRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault


def close(session: Session, claim_id: str, reason: str, *, desk: Desk) -> ClaimRow:
    """Close a settled or denied claim.

    Raises:
        Conflict: it is not decided, or calls on parties are unpaid; each is named.
    """
    row = case_of(session, claim_id, lock=True).claim
    state = move(row.state, State.CLOSED)
    settlement = store.settlement_of(session, claim_id)
    calls = store.calls(session, settlement.id) if settlement else ()
    unpaid = [call for call in calls if call.state != "paid"]
    if unpaid:
        faults = [
            Fault(f"calls.{call.party}", f"call {call.id} is unpaid", "record its payment first")
            for call in unpaid
        ]
        raise Conflict("calls-unpaid", *faults)
    assert row.reserve_minor == 0, "a decided claim holds no reserve"
    row.state = state
    session.add(row)
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "closed", {"reason": reason}, actor=desk.actor, at=desk.at)
    return row


def reopen(session: Session, claim_id: str, reason: str, *, desk: Desk) -> ClaimRow:
    """Open a closed claim again: a settled one for what still comes, a denied one anew.

    Raises:
        Conflict: it is not closed.
    """
    case = case_of(session, claim_id, lock=True)
    row, settled = case.claim, store.settlement_of(session, claim_id) is not None
    if row.state != State.CLOSED:
        fault = Fault("state", f"the claim is {row.state}", "only a closed claim is reopened")
        raise Conflict("claim-move-not-allowed", fault)
    row.state = REOPENS[settled].value
    if not settled:
        row.file = {k: v for k, v in row.file.items() if k not in ("denied", "assessed_on")}
        set_reserve(session, row, first_reserve(session, case, desk), desk)
    session.add(row)
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "reopened", {"reason": reason}, actor=desk.actor, at=desk.at)
    return row
