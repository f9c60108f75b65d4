"""ACT: a party is in default; the loss is shared again without it, and what it owes stays owed."""

from sqlmodel import Session

from claims.calls import store
from claims.calls.bookings import arrears_moves, hold_moves
from claims.calls.locked import call_locked
from claims.calls.moves import State, Word
from claims.calls.paid import net_paid
from claims.calls.speak import Said, speak
from claims.calls.tables import CallRow
from claims.facts import Case
from claims.recompute import share_anew
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.journal import entry


def default_call(session: Session, call_id: str, *, desk: Desk) -> CallRow:
    """Put a party into default: its share goes to the residual of the scheme.

    What it owes is kept on its own account, `share_in_default:<party>`; what it had paid is held
    until its arrears are met, when it bears its share again.

    Raises:
        NotFound: there is no such call.
        Conflict: no notice was given, its days to cure still run, or the claim is not settled.
        Unavailable: the working-day table ends before the new calls fall due.
    """
    case, row = call_locked(session, call_id, pools=True)
    if row.cure_until and desk.on <= row.cure_until:
        fault = Fault("call", f"can be cured until {row.cure_until}", "wait until that day is over")
        raise Conflict("cure-period", fault)
    said = Said(Word.DEFAULTED, row.open_minor)
    speak(session, row, said, desk=desk, to=State.DEFAULTED)
    claim = case.claim
    parties = {*claim.file.get("defaulted", ()), row.party}
    claim.file = {**claim.file, "defaulted": sorted(parties)}
    session.add(claim)
    _book(session, case, row, desk=desk)
    share_anew(session, claim.id, f"default of {row.party}", desk=desk)
    return row


def _book(session: Session, case: Case, row: CallRow, *, desk: Desk) -> None:
    mine = [one for one in store.of_claim(session, row.claim_id) if one.party == row.party]
    moves = [
        *arrears_moves(row.party, row.open_minor),
        *hold_moves(row.party, net_paid(mine), lead=case.sides.lead),
    ]
    posting = entry(f"default of {row.party}", desk.on, row.currency, moves)
    subject = books.Subject("claim", row.claim_id)
    books.post(session, posting, subject=subject, key=f"default:{row.id}", at=desk.at)
