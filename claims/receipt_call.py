"""ACT: a receipt for a call that was paid in full."""

from sqlmodel import Session

from claims.calls import store
from claims.calls.locked import call_locked
from claims.calls.moves import State, Word
from claims.calls.papers.dialogue import call_receipt
from claims.calls.speak import Said, speak
from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk
from underwriting.store import DocumentRow


def receipt_call(session: Session, call_id: str, *, desk: Desk) -> DocumentRow:
    """File the receipt, with every part that was paid.

    Raises:
        NotFound: there is no such call.
        Conflict: it is not paid in full, or was receipted before.
    """
    case, row = call_locked(session, call_id)
    said = Said(Word.RECEIPTED, row.paid_minor)
    speak(session, row, said, desk=desk, to=State.RECEIPTED)
    form = call_receipt(case, row, store.payments(session, row.id), desk=desk)
    subject = books.Subject("claim", row.claim_id)
    return books.file_form(
        session, subject, "call_receipt", number=form.number, stated=stated(form), at=desk.at
    )
