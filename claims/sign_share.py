"""ACT: a party signs its own share of the newest settlement."""

from dataclasses import dataclass

from sqlmodel import Session

from claims import store as claims
from claims.facts import Case, case_of
from claims.room import store
from claims.room.sealed import settlement_sha256
from claims.room.standing import check_speaks
from claims.room.tables import ShareSignatureRow
from claims.room.view import View
from claims.tables import SettlementRow, ShareRow
from claims.tell_parties import tell_parties
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid


@dataclass(frozen=True, slots=True)
class Signature:
    """What is signed.

    Attributes:
        party: of the scheme.
        sequence: of the settlement.
        sha256: of the settlement as it was read.
        name: of the person who signs.
    """

    party: str
    sequence: int
    sha256: str
    name: str


def sign_share(
    session: Session, claim_id: str, signature: Signature, *, view: View, desk: Desk
) -> ShareSignatureRow:
    """Keep a signature; it stands for this settlement alone, and in place of a dissent from it.

    Raises:
        NotPermitted: the share is another's.
        Conflict: nothing was settled, a newer settlement stands, what was read is not what
            stands, or it was signed before.
        Invalid: the party bears nothing of it.
    """
    check_speaks(view, signature.party)
    case = case_of(session, claim_id, lock=True)
    row = standing_at(case, signature.sequence)
    if signature.sha256 != settlement_sha256(session, row):
        fault = Fault("sha256", "is not of the settlement that stands", "read it again, then sign")
        raise Conflict("settlement-differs", fault)
    signed = store.signatures(session, claim_id)
    if any((one.settlement_id, one.party) == (row.id, signature.party) for one in signed):
        fault = Fault("party", "has signed this settlement", "list the signatures")
        raise Conflict("signed-twice", fault)
    share = share_in(session, row, signature.party)
    kept = _kept(session, row, share, signature, desk=desk)
    tell_parties(session, case, row, desk=desk)
    return kept


def standing_at(case: Case, sequence: int) -> SettlementRow:
    """Return the settlement that stands, if it is the one that is spoken of.

    Raises:
        Conflict: nothing was settled, or another settlement stands.
    """
    row = case.standing
    if row is None:
        raise Conflict("not-settled", Fault("claim", "nothing was settled", "wait for settlement"))
    if row.sequence != sequence:
        words = f"settlement {row.sequence} stands"
        raise Conflict("settlement-superseded", Fault("sequence", words, "read that one"))
    return row


def share_in(session: Session, row: SettlementRow, party: str) -> ShareRow:
    """Return what a party bears of a settlement.

    Raises:
        Invalid: it bears nothing.
    """
    found = {one.party: one for one in claims.shares(session, row.id)}
    if party not in found:
        known = ", ".join(found)
        raise invalid("party", "bears nothing of this settlement", f"those that do: {known}")
    return found[party]


def _kept(
    session: Session,
    row: SettlementRow,
    share: ShareRow,
    signature: Signature,
    *,
    desk: Desk,
) -> ShareSignatureRow:
    signed = ShareSignatureRow(
        id=new_id("sg"),
        created_at=desk.at,
        claim_id=row.claim_id,
        settlement_id=row.id,
        party=share.party,
        amount_minor=share.paid_minor,
        sha256=signature.sha256,
        name=signature.name,
        actor=desk.actor,
        signed_on=desk.on,
    )
    write(session, signed)
    payload = {
        "settlement_id": row.id,
        "sequence": row.sequence,
        "party": share.party,
        "amount_minor": share.paid_minor,
        "sha256": signature.sha256,
        "name": signature.name,
    }
    subject = books.Subject("claim", row.claim_id)
    books.note(session, subject, "share_signed", payload, actor=desk.actor, at=desk.at)
    return signed
