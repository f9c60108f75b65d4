"""One word in the dialogue on a call: kept, noted on the claim, and the state moved."""

from dataclasses import dataclass

from sqlmodel import Session

from claims.calls import store
from claims.calls.moves import State, Word, move
from claims.calls.tables import CallAnswerRow, CallRow
from kernel.db import books
from kernel.db.gather import flush, row_of
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk


@dataclass(frozen=True, slots=True)
class Said:
    """What is said on a call.

    Attributes:
        word: what kind of word it is.
        amount: that it is about, minor units; None where it is about none.
        words: the reason.
        clause: the term relied on.
    """

    word: Word
    amount: int | None = None
    words: str = ""
    clause: str = ""


def speak(
    session: Session,
    row: CallRow,
    said: Said,
    *,
    desk: Desk,
    to: State | None = None,
    sequence: int | None = None,
) -> CallAnswerRow:
    """Keep a word on a call and bring the call into the state `to`, where one is given.

    `sequence` is the word's place on the call, where it is known.

    Raises:
        Conflict: the move is not allowed.
    """
    if to is not None:
        row.state = move(row.state, to)
        session.add(row)
        flush(session)
    answer = write(
        session,
        row_of(
            CallAnswerRow,
            id=new_id("cn"),
            created_at=desk.at,
            call_id=row.id,
            sequence=sequence or len(store.answers(session, row.id)) + 1,
            kind=said.word.value,
            said_on=desk.on,
            actor=desk.actor,
            amount_minor=said.amount,
            words=said.words,
            clause=said.clause,
        ),
    )
    payload = {
        "call_id": row.id,
        "party": row.party,
        "state": row.state,
        "amount_minor": said.amount,
        "words": said.words,
        "clause": said.clause,
        "due_on": row.due_on.isoformat(),
        "cure_until": row.cure_until.isoformat() if row.cure_until else "",
    }
    subject = books.Subject("claim", row.claim_id)
    kind = f"call_{said.word.value}"
    books.note(session, subject, kind, payload, actor=desk.actor, at=desk.at)
    return answer
