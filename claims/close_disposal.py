"""ACTS: a lot is done with, and with its last lot the disposal."""

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.held import locked
from claims.disposal.lot_file import go, note, open_disposal_row, open_lot
from claims.disposal.tables import DisposalLotRow, DisposalRow
from claims.rules.disposal.moves import Lot
from kernel.desk import Desk
from kernel.errors import Conflict, Fault


def close_lot(session: Session, lot_id: str, reason: str, *, desk: Desk) -> DisposalLotRow:
    """End a lot: it is paid for, its licence has ended, or nobody wants it.

    Raises:
        Conflict: it is under sale, or a price is still to come.
    """
    file = open_lot(session, lot_id)
    if file.lot.state == Lot.LICENSED:
        award = lots.awards(session, lot_id)[-1]
        award.state = "paid"
        session.add(award)
        go(session, file, Lot.PAID, {"reason": reason}, desk=desk)
    go(session, file, Lot.CLOSED, {"reason": reason}, desk=desk)
    return file.lot


def close_disposal(session: Session, disposal_id: str, reason: str, *, desk: Desk) -> DisposalRow:
    """End a disposal whose lots are all closed.

    Raises:
        Conflict: a lot is open; each is named.
    """
    seen = lots.disposal(session, disposal_id)
    locked(session, seen.claim_id)
    row = open_disposal_row(session, disposal_id)
    open_ = [one for one in lots.lots(session, disposal_id) if one.state != Lot.CLOSED]
    if open_:
        faults = [
            Fault(f"lots.{one.number}", f"is {one.state}", "bring it to its end and close it")
            for one in open_
        ]
        raise Conflict("lots-open", *faults)
    row.state, row.closed_on = "closed", desk.on
    session.add(row)
    note(session, row, "disposal_closed", {"reason": reason}, desk=desk)
    return row
