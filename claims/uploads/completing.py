"""The day on which the last paper of a claim is here: its clocks run on from it."""

from sqlmodel import Session

from claims.facts import Case, missing_papers
from claims.rules.lifecycle import OPEN, State, move
from kernel.db import books
from kernel.desk import Desk


def complete(session: Session, case: Case, *, desk: Desk) -> bool:
    """Record that all papers are here, where they are; a claim that is decided stays as it is."""
    row = case.claim
    if row.state not in OPEN or missing_papers(case) or row.file.get("completed_on"):
        return False
    row.file = {**row.file, "completed_on": desk.on.isoformat()}
    row.state = move(row.state, State.NOTIFIED)
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "papers_complete", {}, actor=desk.actor, at=desk.at)
    return True
