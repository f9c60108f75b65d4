"""ACT: a party pays the call on its share."""

from datetime import date

from sqlmodel import Session

from claims import store
from claims.facts import case_of
from claims.rules.bookings import call_paid_moves
from claims.tables import CallRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.journal import entry


def answer_call(session: Session, call_id: str, paid_on: date, *, desk: Desk) -> CallRow:
    """Record that a call was paid in full.

    Raises:
        NotFound: there is no such call.
        Conflict: it was paid before.
        Invalid: the day lies ahead or before the settlement.
    """
    row = store.call(session, call_id, lock=True)
    settlement = store.settlement(session, row.settlement_id)
    if row.state == "paid":
        fault = Fault("state", f"the call was paid on {row.paid_on}", "read the call")
        raise Conflict("call-paid", fault)
    if not settlement.settled_on <= paid_on <= desk.on:
        raise invalid("paid_on", "is not between settlement and today", "give the value date")
    case = case_of(session, settlement.claim_id)
    row.state, row.paid_on = "paid", paid_on
    session.add(row)
    subject = books.Subject("claim", settlement.claim_id)
    moves = call_paid_moves(row.party, row.amount_minor, lead=case.sides.lead)
    posting = entry(f"call on {row.party} paid", desk.on, row.currency, moves)
    books.post(session, posting, subject=subject, key=f"call:{row.id}", at=desk.at)
    payload = {"call_id": row.id, "party": row.party, "amount_minor": row.amount_minor}
    books.note(session, subject, "call_paid", payload, actor=desk.actor, at=desk.at)
    return row
