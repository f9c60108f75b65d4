"""ACT: a party accepts the call on its share."""

from sqlmodel import Session

from claims.calls.locked import call_locked
from claims.calls.moves import State, Word
from claims.calls.paid import CALL
from claims.calls.speak import Said, speak
from claims.calls.tables import CallRow
from kernel.desk import Desk
from kernel.errors import Conflict, Fault


def accept_call(session: Session, call_id: str, words: str, *, desk: Desk) -> CallRow:
    """Record that a party accepts what it is called for; after that it disputes no more.

    Raises:
        NotFound: there is no such call.
        Conflict: it is a refund, was answered before, or has ended.
    """
    _, row = call_locked(session, call_id)
    check_call(row)
    said = Said(Word.ACCEPTED, row.open_minor, words=words)
    speak(session, row, said, desk=desk, to=State.ACCEPTED)
    return row


def check_call(row: CallRow) -> None:
    """Refuse a refund: nobody is called by it.

    Raises:
        Conflict: it is a refund.
    """
    if row.direction != CALL:
        fault = Fault("call", "is a refund to the party, it calls on nobody", "record its payment")
        raise Conflict("call-is-refund", fault)
