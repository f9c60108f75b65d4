"""Every party that bears a share is sent what was signed and said of a settlement."""

from sqlmodel import Session

from claims import store as claims
from claims.facts import Case
from claims.papers.signed import signed_statement
from claims.tables import SettlementRow
from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk
from kernel.sharing import UNCOVERED


def tell_parties(session: Session, case: Case, row: SettlementRow, *, desk: Desk) -> None:
    """File the statement of shares signed and dissent, and send it to each party."""
    form, subject = (
        signed_statement(session, case, row, desk=desk),
        books.Subject("claim", row.claim_id),
    )
    books.file_form(
        session, subject, "signed_statement", number=form.number, stated=stated(form), at=desk.at
    )
    for share in claims.shares(session, row.id):
        if share.party != UNCOVERED and (share.due_minor or share.paid_minor):
            sent = {"party": share.party, "paper": form.number, "sequence": row.sequence}
            books.enqueue(session, subject, "signed_statement", sent, at=desk.at)
