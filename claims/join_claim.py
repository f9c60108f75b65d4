"""ACT: a later demand of the same cause joins the claim of the first, as items of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.ask_more import Item, ask_more
from claims.counsel import store
from claims.counsel.tables import JoinedDemandRow
from claims.fought import matter_of, note
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid


@dataclass(frozen=True, slots=True)
class LaterDemand:
    """A demand that rests on the cause of an earlier one.

    Attributes:
        reference: of it; one each.
        made_on: the day it was made.
        counterparty: who makes it.
        words: what it is about.
        items: what is asked for it.
    """

    reference: str
    made_on: date
    counterparty: str
    words: str
    items: Sequence[Item]


def join_claim(
    session: Session, claim_id: str, demand: LaterDemand, *, desk: Desk
) -> JoinedDemandRow:
    """Join it: one cause, one claim, one retention, one limit, on the day of the first demand.

    Raises:
        NotFound: there is no such claim.
        Conflict: the claim is no matter that is fought or is decided; the demand or an item of
            it was joined before.
        Invalid: the demand is made before the first or ahead, or an item is none of the kind's.
    """
    case = matter_of(session, claim_id)
    if not case.claim.default_date <= demand.made_on <= desk.on:
        first = case.claim.default_date
        words = f"is not from the first demand, {first}, to today"
        raise invalid("made_on", words, "the earliest demand opens the claim")
    if demand.reference in {one.reference for one in store.joined(session, claim_id)}:
        raise Conflict("demand-twice", Fault("reference", "was joined", "read the matter"))
    written = ask_more(session, claim_id, demand.items, desk=desk)
    row = JoinedDemandRow(
        id=new_id("jd"),
        created_at=desk.at,
        claim_id=claim_id,
        reference=demand.reference,
        made_on=demand.made_on,
        counterparty=demand.counterparty,
        joined_on=desk.on,
        items=[one.reference for one in written],
        words=demand.words,
    )
    write(session, row)
    payload = {"reference": row.reference, "made_on": row.made_on.isoformat()}
    note(session, case, "demand_joined", {**payload}, desk)
    return row
