"""ACT: the money of a lot comes in and becomes a recovery."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.lot_file import LotFile, go, note, open_lot
from claims.disposal.tables import DisposalAwardRow, DisposalProceedsRow
from claims.recover import Receipts, recover
from claims.rules.disposal.moves import Lot
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.money import Money

_WAYS = {
    "auction": "司法拍卖 auction",
    "agreed_sale": "协议转让 agreed sale",
    "licence": "许可费 licence fee",
}


@dataclass(frozen=True, slots=True)
class Proceeds:
    """Money that a lot brought in.

    Attributes:
        reference: of the payer; each has its own within the claim.
        value_date: the day of the money.
        gross: what came in.
        period: first and last day that a licence fee is for; None for a price.
    """

    reference: str
    value_date: date
    gross: Money
    period: tuple[date, date] | None = None


def receive_proceeds(
    session: Session, lot_id: str, proceeds: Proceeds, *, desk: Desk
) -> DisposalProceedsRow:
    """Give the money of a lot back to those who bore; a price that is whole ends the sale.

    Raises:
        Conflict: the lot is not awarded or licensed, more than the price came in, or a period
            was paid for already.
        Invalid: a licence fee states no period, or a price states one.
    """
    file = open_lot(session, lot_id)
    award = _award(session, file)
    gross = file.minor("gross", proceeds.gross)
    left = _left(session, file, award, proceeds, gross)
    source = f"{_WAYS[award.way]}: {file.lot.number}"
    nil = Money(0, file.disposal.currency)
    receipts = Receipts(
        proceeds.reference, source, proceeds.value_date, proceeds.gross, nil, origin="disposal"
    )
    recovery = recover(session, file.disposal.claim_id, receipts, desk=desk)
    start, end = proceeds.period or (None, None)
    row = DisposalProceedsRow(
        id=new_id("dp"), created_at=desk.at, award_id=award.id, recovery_id=recovery.id,
        kind="licence_fee" if award.way == "licence" else "price",
        period_from=start, period_to=end,
    )  # fmt: skip
    session.add(row)
    session.flush()
    payload = {"gross_minor": gross, "recovery_id": recovery.id}
    _go_on(session, file, award, left, payload, desk=desk)
    return row


def _go_on(
    session: Session,
    file: LotFile,
    award: DisposalAwardRow,
    left: int,
    payload: dict[str, Any],
    *,
    desk: Desk,
) -> None:
    """Bring the lot on: a licence goes on, a price that is whole ends the sale."""
    if award.way == "licence":
        go(session, file, Lot.LICENSED, payload, desk=desk)
    elif left == 0:
        award.state = "paid"
        session.add(award)
        go(session, file, Lot.PAID, payload, desk=desk)
    else:
        payload = {"lot": file.lot.number, **payload, "left_minor": left}
        note(session, file.disposal, "lot_part_paid", payload, desk=desk)


def _award(session: Session, file: LotFile) -> DisposalAwardRow:
    if file.lot.state not in (Lot.AWARDED, Lot.LICENSED):
        fault = Fault("lot", f"is {file.lot.state}", "award, sell or license it first")
        raise Conflict("lot-not-awarded", fault)
    return lots.awards(session, file.lot.id)[-1]


def _left(
    session: Session, file: LotFile, award: DisposalAwardRow, proceeds: Proceeds, gross: int
) -> int:
    """Return what of a price is still to come after this, minor units; nought for a licence."""
    paid = [(one, rec) for one, rec, of in lots.proceeds(session, file.lot.id) if of.id == award.id]
    if award.way == "licence":
        _check_period(award, proceeds, [one for one, _ in paid])
        return 0
    if proceeds.period is not None:
        raise invalid("period", "is of licences only", "leave it out")
    left = award.price_minor - sum(rec.gross_minor for _, rec in paid) - gross
    if left < 0:
        words = f"is {Money(-left, file.disposal.currency)} more than the price"
        raise Conflict("price-overpaid", Fault("gross", words, "pay the rest back to the buyer"))
    return left


def _check_period(
    award: DisposalAwardRow, proceeds: Proceeds, paid: list[DisposalProceedsRow]
) -> None:
    if proceeds.period is None:
        raise invalid("period", "is missing", "give the days that the fee is for")
    start, end = proceeds.period
    if not award.awarded_on <= start <= end <= award.pay_by:
        cure = f"give days from {award.awarded_on} to {award.pay_by}"
        raise invalid("period", "is not within the licence", cure)
    for one in paid:
        assert one.period_from is not None, "a fee has a period"
        assert one.period_to is not None, "a fee has a period"
        if start <= one.period_to and one.period_from <= end:
            words = f"overlaps {one.period_from} to {one.period_to}, which was paid for"
            raise Conflict("period-paid", Fault("period", words, "give the days after it"))
