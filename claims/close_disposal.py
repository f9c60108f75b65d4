"""ACTS: a lot is done with, whatever became of it, and with its last lot the disposal."""

from datetime import date

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.course import bid_stands, course_of
from claims.disposal.ended import results
from claims.disposal.held import locked
from claims.disposal.lot_file import LotFile, go, note, open_disposal_row, open_lot
from claims.disposal.tables import DisposalLotRow, DisposalRow
from claims.rules.disposal.moves import Lot, move_lot
from claims.rules.disposal.result import result_of
from kernel.desk import Desk
from kernel.errors import Conflict, Fault

_LAST = {Lot.LICENSED: Lot.PAID, Lot.LISTED: Lot.UNSOLD, Lot.AWARDED: Lot.UNSOLD}
"""State in which an end is asked for -> the state that it goes through."""


def close_lot(session: Session, lot_id: str, reason: str, *, desk: Desk) -> DisposalLotRow:
    """End a lot: it is paid for, its licence has ended, nobody wants it, or nobody pays for it.

    What was not paid for in full goes back to the pledgee, and the trail says so. A lot whose
    bidding has no valid bid may be withdrawn; one whose price is overdue is unsold, and what came
    in of the price stays a recovery until it is put right.

    Raises:
        Conflict: a price is not due yet, a valid bid waits for its award, or the deposit of a
            buyer who did not pay is still to be taken in.
    """
    file = open_lot(session, lot_id)
    check_closing(session, file.lot, desk.on)
    result = result_of(course_of(session, file.lot))
    payload = {"reason": reason, "result": result.value}
    state = Lot(file.lot.state)
    if state in _LAST:
        _end(session, file)
        go(session, file, _LAST[state], payload, desk=desk)
    go(session, file, Lot.CLOSED, payload, desk=desk)
    return file.lot


def check_closing(session: Session, lot: DisposalLotRow, on: date) -> None:
    """Refuse to close a lot for which something is still to come on a day.

    Raises:
        Conflict: as `close_lot`, or it is closed.
    """
    state = Lot(lot.state)
    move_lot(_LAST.get(state, state), Lot.CLOSED)
    if state is Lot.LISTED and bid_stands(session, lot):
        fault = Fault("lot", "has a valid bid", "award it when bidding has closed")
        raise Conflict("bid-stands", fault)
    if state is Lot.AWARDED:
        _check_overdue(session, lot, on)


def _check_overdue(session: Session, lot: DisposalLotRow, on: date) -> None:
    award = lots.awards(session, lot.id)[-1]
    if on <= award.pay_by:
        fault = Fault("lot", f"is paid for by {award.pay_by}", "wait until that day is over")
        raise Conflict("price-not-due", fault)
    if award.deposit_minor and not course_of(session, lot).paid:
        cure = "record the default: POST /v1/lots/{id}/default"
        raise Conflict("deposit-not-kept", Fault("lot", "its buyer left a deposit", cure))


def _end(session: Session, file: LotFile) -> None:
    """Bring the newest award of a lot to its end; a listing has none."""
    if file.lot.state != Lot.LISTED:
        award = lots.awards(session, file.lot.id)[-1]
        award.state = "paid" if file.lot.state == Lot.LICENSED else "defaulted"
        session.add(award)


def close_disposal(session: Session, disposal_id: str, reason: str, *, desk: Desk) -> DisposalRow:
    """End a disposal whose lots are all closed, with what became of each.

    Raises:
        Conflict: a lot is open; each is named.
    """
    seen = lots.disposal(session, disposal_id)
    locked(session, seen.claim_id)
    row = open_disposal_row(session, disposal_id)
    open_ = [one for one in lots.lots(session, disposal_id) if one.state != Lot.CLOSED]
    if open_:
        cure = "close it: POST /v1/lots/{id}/closing, paid for or not"
        raise Conflict(
            "lots-open", *(Fault(f"lots.{one.number}", f"is {one.state}", cure) for one in open_)
        )
    row.state, row.closed_on = "closed", desk.on
    session.add(row)
    became = {number: one.value for number, one in results(session, row).items()}
    note(session, row, "disposal_closed", {"reason": reason, "results": became}, desk=desk)
    return row
