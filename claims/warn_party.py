"""ACT: a party that has not paid by the day of its call is given notice, and days to cure it."""

from sqlmodel import Session

from claims.accept_call import check_call
from claims.calls.filing import filing_rule
from claims.calls.locked import call_locked
from claims.calls.moves import State, Word
from claims.calls.papers.dialogue import call_default
from claims.calls.speak import Said, speak
from claims.calls.tables import CallRow
from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault


def warn_party(session: Session, call_id: str, *, desk: Desk) -> CallRow:
    """Give notice of default; the working days to cure it begin.

    Raises:
        NotFound: there is no such call.
        Conflict: it is not overdue, is a refund or in dispute, or has ended.
        Unavailable: the working-day table ends before the days to cure do.
    """
    case, row = call_locked(session, call_id)
    check_call(row)
    if desk.on <= row.due_on:
        fault = Fault("call", f"falls due on {row.due_on}", "give notice after that day")
        raise Conflict("call-not-overdue", fault)
    rule = filing_rule(case.policy.scheme_code)
    row.cure_until = desk.calendar.add_working_days(desk.on, rule.cure_days)
    said = Said(Word.NOTICED, row.open_minor, words=f"cure until {row.cure_until}")
    speak(session, row, said, desk=desk, to=State.NOTICED)
    form, subject = call_default(case, row, rule, desk=desk), books.Subject("claim", row.claim_id)
    books.file_form(
        session, subject, "call_default", number=form.number, stated=stated(form), at=desk.at
    )
    sent = {
        "call_id": row.id,
        "number": form.number,
        "party": row.party,
        "amount_minor": row.open_minor,
        "cure_until": row.cure_until.isoformat(),
    }
    books.enqueue(session, subject, "default_notice", sent, at=desk.at)
    return row
