"""A lot with all that surrounds it, fetched and locked for an act; and its steps in the trail."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.held import locked
from claims.disposal.tables import DisposalLotRow, DisposalRow
from claims.facts import Case
from claims.rules.disposal.moves import Lot, move_lot
from claims.rules.disposal.order import Security, debtors_first
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class LotFile:
    """A lot on its case.

    Attributes:
        case: the claim.
        disposal: the row.
        lot: the row.
    """

    case: Case
    disposal: DisposalRow
    lot: DisposalLotRow

    def minor(self, field: str, money: Money) -> int:
        """Return an amount in minor units.

        Raises:
            Invalid: it is of another currency than the claim, or nothing.
        """
        return minor_of(self.disposal, field, money)


def minor_of(disposal: DisposalRow, field: str, money: Money) -> int:
    """Return an amount of a disposal in minor units.

    Raises:
        Invalid: it is of another currency, or not above nought.
    """
    if money.currency != disposal.currency:
        raise invalid(field, f"the claim is in {disposal.currency}", "give it in that")
    if money.minor <= 0:
        raise invalid(field, "is nothing", "give more than nothing")
    return money.minor


def open_lot(session: Session, lot_id: str) -> LotFile:
    """Fetch a lot for an act: pools, policy, claim, disposal and lot are locked in that order.

    Raises:
        NotFound: there is no such lot.
        Conflict: its disposal is closed.
    """
    seen = lots.disposal(session, lots.lot(session, lot_id).disposal_id)
    case = locked(session, seen.claim_id)
    disposal = open_disposal_row(session, seen.id)
    return LotFile(case, disposal, lots.lot(session, lot_id, lock=True))


def open_disposal_row(session: Session, disposal_id: str) -> DisposalRow:
    """Return a disposal, held, that is still open.

    Raises:
        Conflict: it is closed.
    """
    row = lots.disposal(session, disposal_id, lock=True)
    if row.state != "open":
        fault = Fault("disposal", f"was closed on {row.closed_on}", "open another")
        raise Conflict("disposal-closed", fault)
    return row


def check_order(session: Session, file: LotFile) -> None:
    """Refuse to enforce a third party's security before the debtor's own.

    Raises:
        Conflict: `debtor-first` (Civil Code, art. 392).
    """
    every = [_security(one) for one in lots.lots(session, file.disposal.id)]
    found = debtors_first(every, _security(file.lot), agreed=file.disposal.order_agreed)
    if found is not None:
        raise Conflict(found.code, Fault("lot", f"{found.en} ({found.clause})", found.cure))


def _security(row: DisposalLotRow) -> Security:
    return Security(row.number, row.own, row.state, row.turn)


def go(session: Session, file: LotFile, to: Lot, payload: dict[str, Any], *, desk: Desk) -> None:
    """Move a lot and note the step in the trail of the claim.

    Raises:
        Conflict: the move is not in the table.
    """
    lot = file.lot
    lot.state = move_lot(lot.state, to)
    if to is Lot.CLOSED:
        lot.closed_on = desk.on
    session.add(lot)
    session.flush()
    note(session, file.disposal, f"lot_{to.value}", {"lot": lot.number, **payload}, desk=desk)


def note(
    session: Session, disposal: DisposalRow, kind: str, payload: dict[str, Any], *, desk: Desk
) -> None:
    """Note a step of a disposal in the trail of its claim."""
    subject = books.Subject("claim", disposal.claim_id)
    said = {"disposal": disposal.number, **payload}
    books.note(session, subject, kind, said, actor=desk.actor, at=desk.at)
