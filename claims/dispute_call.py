"""ACT: a party disputes the call on its share, with its reason and the term it relies on."""

from dataclasses import dataclass

from sqlmodel import Session

from claims.accept_call import check_call
from claims.calls.locked import call_locked
from claims.calls.moves import State, Word
from claims.calls.papers.dialogue import call_dispute
from claims.calls.speak import Said, speak
from claims.calls.tables import CallRow
from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import invalid
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Dispute:
    """What a party disputes.

    Attributes:
        amount: of the call; the rest stays payable.
        reason: in its own words.
        clause: the term that it relies on.
    """

    amount: Money
    reason: str
    clause: str


def dispute_call(session: Session, call_id: str, dispute: Dispute, *, desk: Desk) -> CallRow:
    """Take a dispute down; until it is resolved nobody is in default with the call.

    Raises:
        NotFound: there is no such call.
        Conflict: it is a refund, was answered before, or has ended.
        Invalid: the amount is in another currency, nil, or more than is open.
    """
    case, row = call_locked(session, call_id)
    check_call(row)
    if dispute.amount.currency != row.currency:
        raise invalid("amount.currency", f"the call is in {row.currency}", "dispute it in that")
    if not 0 < dispute.amount.minor <= row.open_minor:
        left = Money(row.open_minor, row.currency)
        raise invalid("amount", "is not from above nought to what is open", f"{left} is open")
    row.disputed_minor = dispute.amount.minor
    said = Said(Word.DISPUTED, row.disputed_minor, words=dispute.reason, clause=dispute.clause)
    speak(session, row, said, desk=desk, to=State.DISPUTED)
    form = call_dispute(case, row, said, desk=desk)
    subject = books.Subject("claim", row.claim_id)
    books.file_form(
        session, subject, "call_dispute", number=form.number, stated=stated(form), at=desk.at
    )
    return row
