"""ACT: a party that has met its arrears bears its share again."""

from sqlmodel import Session

from claims.calls import store
from claims.calls.bookings import hold_moves
from claims.calls.paid import net_paid
from claims.facts import Case
from claims.recompute import share_anew
from claims.tables import SettlementRow
from kernel.db import books
from kernel.desk import Desk
from kernel.journal import entry


def restore_party(session: Session, case: Case, party: str, *, desk: Desk) -> SettlementRow:
    """Share the loss again with a party that has paid; whoever stood in for it is refunded.

    What was held of its money goes to its share. The pools are locked already.

    Raises:
        Conflict: the claim is not settled.
        Unavailable: the working-day table ends before refunds fall due.
    """
    claim = case.claim
    left = [one for one in claim.file["defaulted"] if one != party]
    claim.file = {**claim.file, "defaulted": left}
    session.add(claim)
    session.flush()
    mine = [row for row in store.of_claim(session, claim.id) if row.party == party]
    moves = hold_moves(party, -net_paid(mine), lead=case.sides.lead)
    row = share_anew(session, claim.id, f"{party} has paid what it owed", desk=desk)
    posting = entry(f"{party} bears its share again", desk.on, claim.currency, moves)
    subject = books.Subject("claim", claim.id)
    books.post(session, posting, subject=subject, key=f"restored:{row.id}:{party}", at=desk.at)
    return row
