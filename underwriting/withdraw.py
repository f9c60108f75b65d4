"""ACT: take back a quote that nobody bound, so that it counts against no limit any more."""

from sqlmodel import Session

from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting import store
from underwriting.tables import QuoteRow

_STANDS = ("accepted", "referred", "approved")


def withdraw(session: Session, quote_id: str, reason: str, *, desk: Desk) -> QuoteRow:
    """Withdraw a quote; its receipt stays on record.

    Raises:
        Conflict: the quote is declined, bound or withdrawn.
    """
    row = store.quote(session, quote_id, lock=True)
    if row.state not in _STANDS:
        fault = Fault("state", f"the quote is {row.state}", "only a quote that stands is withdrawn")
        raise Conflict("quote-not-open", fault)
    row.state = "withdrawn"
    session.add(row)
    subject = books.Subject("quote", row.id)
    books.note(session, subject, "withdrawn", {"reason": reason}, actor=desk.actor, at=desk.at)
    return row
