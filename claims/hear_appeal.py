"""ACT: a member of a new panel gives an opinion on an appeal."""

from sqlmodel import Session

from claims.facts import case_of
from claims.room import store
from claims.room.tables import AppealOpinionRow, AppealRow
from claims.room.terms import appeal_terms
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, NotPermitted


def hear_appeal(
    session: Session, appeal_id: str, outcome: str, words: str, *, name: str, desk: Desk
) -> AppealOpinionRow:
    """Keep what a member thinks; who decided, or is of too low a level, is no member.

    Raises:
        NotPermitted: who sits here decided before, or may not sit on a panel.
        Conflict: the appeal is answered, or this member has been heard.
    """
    row = open_appeal(session, appeal_id)
    check_sits(row, desk)
    if any(desk.is_of(one.actor) for one in store.opinions(session, appeal_id)):
        fault = Fault("appeal", "you have given your opinion", "another member gives the next")
        raise Conflict("opinion-twice", fault)
    opinion = AppealOpinionRow(
        id=new_id("ao"),
        created_at=desk.at,
        appeal_id=appeal_id,
        outcome=outcome,
        words=words,
        name=name,
        actor=desk.actor,
        authority=desk.authority,
        said_on=desk.on,
    )
    write(session, opinion)
    payload = {"appeal_id": appeal_id, "name": name, "outcome": outcome, "words": words}
    subject = books.Subject("claim", row.claim_id)
    books.note(session, subject, "appeal_heard", payload, actor=desk.actor, at=desk.at)
    return opinion


def open_appeal(session: Session, appeal_id: str) -> AppealRow:
    """Return an appeal that waits for its answer, held against other writers.

    Raises:
        NotFound: there is none.
        Conflict: it is answered.
    """
    case_of(session, store.appeal(session, appeal_id).claim_id, lock=True)  # its trail is written
    row = store.appeal(session, appeal_id, lock=True)
    if row.outcome is not None:
        fault = Fault("appeal", f"it was {row.outcome} on {row.answered_on}", "read its answer")
        raise Conflict("appeal-answered", fault)
    return row


def check_sits(row: AppealRow, desk: Desk) -> None:
    """Refuse on the panel who decided, and who is of too low a level.

    Raises:
        NotPermitted: `own-decision` or `level-too-low`.
    """
    if any(desk.is_of(actor) for actor in row.deciders):
        fault = Fault("appeal", "you had a part in the decision", "others hear the appeal")
        raise NotPermitted("own-decision", fault)
    terms = appeal_terms()
    if not terms.may_sit(desk.authority):
        fault = Fault("authority", f"a {desk.authority} hears no appeal", f"ask a {terms.level}")
        raise NotPermitted("level-too-low", fault)
