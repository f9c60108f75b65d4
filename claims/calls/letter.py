"""The letter of a call or refund: filed, and put into the outbox for the party."""

from sqlmodel import Session

from claims.calls.made_of import MadeOf
from claims.calls.paid import CALL
from claims.calls.papers.called import call_letter, call_refund
from claims.calls.tables import CallRow
from claims.facts import Case
from documents.forms import kind_of
from documents.forms.call_rows import Attached
from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk


def send(
    session: Session,
    case: Case,
    row: CallRow,
    made: MadeOf,
    papers: tuple[Attached, ...],
    *,
    desk: Desk,
) -> None:
    """File the letter under the number of the call and put the call into the outbox."""
    letter = call_letter if row.direction == CALL else call_refund
    form = letter(case, row, made, papers, desk=desk)
    subject, kind, said = books.Subject("claim", row.claim_id), kind_of(form), stated(form)
    books.file_form(session, subject, kind, number=form.number, stated=said, at=desk.at)
    sent = {
        "call_id": row.id,
        "number": form.number,
        "party": row.party,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "due_on": row.due_on.isoformat(),
        "clause": row.clause,
    }
    books.enqueue(session, subject, row.direction, sent, at=desk.at)
