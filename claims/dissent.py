"""ACT: a party dissents from a settlement; it is kept, blocks nothing, may dispute its call."""

from dataclasses import dataclass

from sqlmodel import Session

from claims.calls import store as calls
from claims.dispute_call import Dispute, dispute_call
from claims.facts import case_of
from claims.room import store
from claims.room.standing import check_speaks
from claims.room.tables import DissentRow
from claims.room.view import View
from claims.sign_share import share_in, standing_at
from claims.tables import SettlementRow
from claims.tell_parties import tell_parties
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Dissent:
    """What a party says.

    Attributes:
        party: of the scheme.
        sequence: of the settlement.
        reason: in its own words.
        clause: the term that it relies on; empty names none.
        name: of the person who says it.
        disputes: of its call, what it disputes; None disputes nothing.
    """

    party: str
    sequence: int
    reason: str
    clause: str
    name: str
    disputes: Money | None = None


def dissent(
    session: Session, claim_id: str, said: Dissent, *, view: View, desk: Desk
) -> DissentRow:
    """Keep a dissent, and dispute the party's call where it asks for that.

    Raises:
        NotPermitted: the share is another's.
        Conflict: nothing was settled, a newer settlement stands, the party has signed this one, or
            as `dispute_call`.
        Invalid: the party bears nothing, has no call, or disputes without a clause.
    """
    check_speaks(view, said.party)
    case = case_of(session, claim_id, lock=True)
    row = standing_at(case, said.sequence)
    share_in(session, row, said.party)
    _check_unsigned(session, row, said.party)
    call_id = _disputed(session, row.id, said, desk) if said.disputes else None
    kept = DissentRow(
        id=new_id("ds"),
        created_at=desk.at,
        claim_id=claim_id,
        settlement_id=row.id,
        party=said.party,
        reason=said.reason,
        clause=said.clause,
        call_id=call_id,
        name=said.name,
        actor=desk.actor,
        said_on=desk.on,
    )
    write(session, kept)
    payload = {
        "settlement_id": row.id,
        "sequence": row.sequence,
        "party": said.party,
        "name": said.name,
        "reason": said.reason,
        "clause": said.clause,
    }
    subject = books.Subject("claim", claim_id)
    books.note(session, subject, "dissented", payload, actor=desk.actor, at=desk.at)
    tell_parties(session, case, row, desk=desk)
    return kept


def _check_unsigned(session: Session, row: SettlementRow, party: str) -> None:
    """Refuse to let a party dissent from what it signed: its signature holds for the settlement."""
    signed = store.signatures(session, row.claim_id)
    if any((one.settlement_id, one.party) == (row.id, party) for one in signed):
        cure = "appeal against the decision, or dispute the call"
        raise Conflict("signed", Fault("party", f"{party} has signed this settlement", cure))


def _disputed(session: Session, settlement_id: str, said: Dissent, desk: Desk) -> str:
    assert said.disputes is not None, "asked for by whoever disputes"
    if not said.clause:
        raise invalid("clause", "is missing", "a dispute names the term that it relies on")
    own = [one for one in calls.of_settlement(session, settlement_id) if one.party == said.party]
    if not own:
        raise invalid("disputes", "there is no call on this party", "dissent without a dispute")
    dispute = Dispute(said.disputes, said.reason, said.clause)
    return dispute_call(session, own[0].id, dispute, desk=desk).id
