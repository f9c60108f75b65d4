"""ACT: the panel answers an appeal; where it changes the decision, it decides on the same claim."""

from sqlmodel import Session

from claims.assess import Assessment, assess
from claims.close import reopen
from claims.facts import case_of
from claims.hear_appeal import check_sits, open_appeal
from claims.revise import revise
from claims.room import store
from claims.room.tables import CHANGED, AppealRow
from claims.room.terms import appeal_terms
from claims.room.worse import check_no_worse, stood
from claims.rules.lifecycle import ENDED, State
from claims.store import claim as claim_of
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, NotPermitted, invalid


def answer_appeal(
    session: Session,
    appeal_id: str,
    outcome: str,
    words: str,
    *,
    assessment: Assessment | None,
    desk: Desk,
) -> AppealRow:
    """Give the panel's answer: upheld, changed or dismissed, with its grounds.

    Changed, the claim is taken up again and assessed by the panel; it is settled as any other,
    on the same ledger, and what was paid is taken into the total, whatever is owed back.

    Raises:
        NotPermitted: who answers is not of the panel.
        Conflict: it is answered, too few of the panel think so, nothing is changed by it, it
            leaves who appeals worse off, or the claim was decided anew and waits for payment.
        Invalid: it is changed without an assessment, or assessed without a change.
    """
    row = open_appeal(session, appeal_id)
    check_sits(row, desk)
    _check_assessed(outcome, assessment)
    panel = _panel(session, row, outcome, desk)
    if assessment is not None:
        _decide_anew(session, row, assessment, desk)
    row.outcome, row.words, row.answered_on = outcome, words, desk.on
    row.panel = panel
    session.add(row)
    session.flush()
    payload = {"appeal_id": row.id, "panel": panel, "words": words}
    subject = books.Subject("claim", row.claim_id)
    books.note(session, subject, f"appeal_{outcome}", payload, actor=desk.actor, at=desk.at)
    books.enqueue(session, subject, "appeal_answer", {**payload, "outcome": outcome}, at=desk.at)
    return row


def _check_assessed(outcome: str, assessment: Assessment | None) -> None:
    if outcome == CHANGED and assessment is None:
        cure = "state what the panel allows: its assessment takes the place of the decision"
        raise invalid("assessment", "is missing: a change is a new decision", cure)
    if outcome != CHANGED and assessment is not None:
        words = f"does not go with {outcome!r}: the decision stays as it is"
        raise invalid("assessment", words, "leave it out, or answer 'changed'")


def _panel(session: Session, row: AppealRow, outcome: str, desk: Desk) -> list[str]:
    """Return the names of the panel: more than half of it, and enough, think so."""
    heard = store.opinions(session, row.id)
    if not any(desk.is_of(one.actor) for one in heard):
        fault = Fault("appeal", "you are not of its panel", "give your opinion first")
        raise NotPermitted("not-of-the-panel", fault)
    agree = [one for one in heard if one.outcome == outcome]
    need = max(appeal_terms().panel, len(heard) // 2 + 1)
    if len(agree) < need:
        words = f"{len(agree)} of the panel think so, {need} are needed"
        raise Conflict("panel-too-small", Fault("outcome", words, "hear more members"))
    return [one.name for one in heard]


def _decide_anew(session: Session, row: AppealRow, assessment: Assessment, desk: Desk) -> None:
    """Take the claim up again and assess it, on what the panel found."""
    reason = f"申诉第{row.sequence}号 appeal {row.sequence}"
    claim = claim_of(session, row.claim_id)
    if claim.state == State.ACCEPTED:
        fault = Fault("claim", "it was decided anew and waits for payment", "settle it first")
        raise Conflict("not-decided", fault)
    before = stood(session, case_of(session, row.claim_id))
    if claim.state in ENDED:
        reopen(session, row.claim_id, reason, desk=desk)
    if claim.state == State.SETTLED:
        revise(session, row.claim_id, reason, desk=desk)
    assess(session, row.claim_id, assessment, desk=desk)
    case = case_of(session, row.claim_id)
    if (bool(claim.file.get("denied")), claim.approved) == (before.denied, before.approved):
        fault = Fault("assessment", "it leads to the same decision", "uphold, or allow otherwise")
        raise Conflict("nothing-changed", fault)
    check_no_worse(session, case, row.appellant, before, desk)
