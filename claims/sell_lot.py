"""ACTS: a lot is sold by agreement, or licensed for a term."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.lot_file import LotFile, check_order, go, open_lot
from claims.disposal.tables import DisposalAwardRow
from claims.rules.disposal.moves import Lot
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed.

    Attributes:
        buyer: who buys, or takes the licence.
        price: for the right, or for the whole term of the licence.
        until: last day of payment, or of the licence.
    """

    buyer: str
    price: Money
    until: date


def sell_lot(session: Session, lot_id: str, agreed: Agreed, *, desk: Desk) -> DisposalAwardRow:
    """Sell a lot by agreement, with a valuation for what the market pays (Civil Code 436).

    Raises:
        Conflict: it is not valued, is under auction, or a third party's is asked for too early.
        Invalid: the last day of payment is over.
    """
    return _agree(session, lot_id, agreed, "agreed_sale", Lot.AWARDED, desk=desk)


def license_lot(session: Session, lot_id: str, agreed: Agreed, *, desk: Desk) -> DisposalAwardRow:
    """License a lot for a term; its fees come in by period.

    Raises:
        Conflict, Invalid: as `sell_lot`.
    """
    return _agree(session, lot_id, agreed, "licence", Lot.LICENSED, desk=desk)


def _agree(
    session: Session, lot_id: str, agreed: Agreed, way: str, to: Lot, *, desk: Desk
) -> DisposalAwardRow:
    file = open_lot(session, lot_id)
    _check(session, file, agreed, desk)
    row = DisposalAwardRow(
        id=new_id("da"), created_at=desk.at, lot_id=lot_id,
        sequence=len(lots.awards(session, lot_id)) + 1, way=way, buyer=agreed.buyer,
        price_minor=file.minor("price", agreed.price), awarded_on=desk.on, pay_by=agreed.until,
        state="standing",
    )  # fmt: skip
    session.add(row)
    payload = {"way": way, "price_minor": row.price_minor, "until": agreed.until.isoformat()}
    go(session, file, to, payload, desk=desk)
    return row


def _check(session: Session, file: LotFile, agreed: Agreed, desk: Desk) -> None:
    if file.lot.state not in (Lot.VALUED, Lot.UNSOLD):
        fault = Fault("lot", f"is {file.lot.state}", "agree once it is valued and not under sale")
        raise Conflict("lot-not-free", fault)
    if agreed.until < desk.on:
        raise invalid("until", f"{agreed.until} is over", "give a day that is to come")
    check_order(session, file)
