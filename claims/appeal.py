"""ACT: the insured or a party of the scheme appeals against the decision on a claim."""

from collections.abc import Sequence

from sqlmodel import Session

from claims.facts import case_of
from claims.room import store
from claims.room.decided import Decided, decided
from claims.room.tables import CHANGED, AppealRow
from claims.room.terms import appeal_terms
from claims.room.view import Side, View
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, NotPermitted
from kernel.period import add_days
from underwriting import store as contracts


def appeal(
    session: Session, claim_id: str, grounds: str, *, view: View, party_id: str, desk: Desk
) -> AppealRow:
    """File an appeal; grounds may be new ones: preclusion holds the house, not who appeals.

    Each party has one appeal against a decision, whatever the others do.

    Raises:
        NotPermitted: the house does not appeal against itself.
        Conflict: the claim is not decided, the days have run out, or who appeals has an appeal
            that is open, or had one against this decision.
    """
    if view.side is Side.HOUSE:
        fault = Fault("claim", "the house decides and does not appeal", "revise the claim")
        raise NotPermitted("not-permitted", fault)
    case = case_of(session, claim_id, lock=True)
    decision, terms = decided(session, case), appeal_terms()
    last = add_days(decision.on, terms.appeal_days)
    if desk.on > last:
        fault = Fault("claim", f"the days to appeal ended on {last}", "the decision stands")
        raise Conflict("appeal-late", fault)
    earlier, appellant = store.appeals(session, claim_id), appellant_of(view)
    if refusal := barred(earlier, appellant, decision):
        raise refusal
    row = AppealRow(
        id=new_id("ap"),
        created_at=desk.at,
        claim_id=claim_id,
        sequence=len(earlier) + 1,
        appellant=appellant,
        party_id=party_id,
        grounds=grounds,
        decided_on=decision.on,
        deciders=list(decision.by),
        filed_on=desk.on,
        answer_by=add_days(desk.on, terms.answer_days),
        panel=[],
    )
    contracts.add(session, row)
    payload = {
        "appeal_id": row.id,
        "appellant": row.appellant,
        "grounds": grounds,
        "answer_by": row.answer_by.isoformat(),
    }
    subject = books.Subject("claim", claim_id)
    books.note(session, subject, "appealed", payload, actor=desk.actor, at=desk.at)
    return row


def appellant_of(view: View) -> str:
    """Return as whom somebody appeals: the insured, or the parties that it speaks for."""
    return Side.INSURED.value if view.side is Side.INSURED else ", ".join(sorted(view.parties))


def barred(earlier: Sequence[AppealRow], appellant: str, decision: Decided) -> Conflict | None:
    """Return why an appellant may not appeal against a decision; None where it may.

    An appeal that changed the decision has brought another, which may be appealed against.
    """
    own = [one for one in earlier if one.appellant == appellant]
    for one in own:
        if one.outcome is None:
            fault = Fault("claim", f"appeal {one.sequence} of yours is open", "wait for its answer")
            return Conflict("appeal-open", fault)
    for one in own:
        if one.outcome != CHANGED and one.created_at >= decision.at:
            words = f"appeal {one.sequence} of yours against this decision was {one.outcome}"
            cure = "the decision stands; one that takes its place may be appealed against"
            return Conflict("appeal-twice", Fault("claim", words, cure))
    return None
