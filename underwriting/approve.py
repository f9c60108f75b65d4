"""ACT: an underwriter clears a referred quote, with a reason that stays on record."""

from sqlmodel import Session

from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting import store
from underwriting.authorise import authorise
from underwriting.rules.need import check_second
from underwriting.tables import QuoteRow


def approve(session: Session, quote_id: str, reason: str, *, desk: Desk) -> QuoteRow:
    """Turn a referred quote into an approved one.

    Raises:
        Conflict: the quote is not referred, or its offer has lapsed.
        NotPermitted: who recorded it may not clear it, nor who lacks the authority.
    """
    row = store.quote(session, quote_id, lock=True)
    if row.state != "referred":
        fault = Fault("state", f"the quote is {row.state}", "only a referred quote is approved")
        raise Conflict("quote-not-referred", fault)
    check_second(row.maker, desk.names)
    if desk.on > row.valid_until:
        fault = Fault("valid_until", f"the offer lapsed on {row.valid_until}", "quote again")
        raise Conflict("quote-lapsed", fault)
    authorise(session, row, desk=desk)
    row.state = "approved"
    session.add(row)
    subject = books.Subject("quote", row.id)
    books.note(session, subject, "approved", {"reason": reason}, actor=desk.actor, at=desk.at)
    return row
