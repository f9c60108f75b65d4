"""Papers of a claim: all that is missing is asked for at once; the day on which all are there."""

from sqlmodel import Session

from claims.facts import Case
from claims.rules.asked import Asked, asked, with_requests
from claims.rules.lifecycle import State, move
from claims.rules.needed import why_now
from claims.tables import ClaimRow
from kernel.db import books
from kernel.desk import Desk


def ask_for(session: Session, case: Case, missing: list[str], desk: Desk) -> None:
    """Ask for all missing papers, once; a second assessment repeats the one request.

    A paper that no request named became needed since, because more is asked or established: it is
    asked for on that new fact, and the clock stands still again.
    """
    row, subject = case.claim, books.Subject("claim", case.claim.id)
    row.state = move(row.state, State.PAPERS_REQUESTED)
    earlier = asked(row.file)
    named = {code for one in earlier for code in one.papers}
    new = [code for code in missing if code not in named]
    if not new:
        return
    fact = why_now(case.policy.product, new) if earlier else ""
    kept = {name: value for name, value in row.file.items() if name != "completed_on"}
    if earlier:
        row.file = with_requests(kept, (*earlier, Asked(desk.on, tuple(new), fact)))
    else:
        row.file = {**kept, "requested_on": desk.on.isoformat(), "requested": missing}
    payload = {"papers": new} | ({"fact": fact} if fact else {})
    books.note(session, subject, "papers_requested", payload, actor=desk.actor, at=desk.at)
    books.enqueue(session, subject, "papers_requested", payload, at=desk.at)


def complete(session: Session, row: ClaimRow, desk: Desk) -> None:
    """Record the day on which the last paper came; the clocks run on from it."""
    if row.file.get("completed_on"):
        return
    row.file = {**row.file, "completed_on": desk.on.isoformat()}
    row.state = move(row.state, State.NOTIFIED)
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "papers_complete", {}, actor=desk.actor, at=desk.at)
