"""ACTS: bidding has closed: the highest valid bid gets the lot, or nobody does."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.course import paid_of, valid_bids
from claims.disposal.lot_file import LotFile, go, open_lot
from claims.disposal.tables import (
    DisposalAwardRow,
    DisposalListingRow,
    DisposalLotRow,
    DisposalProceedsRow,
)
from claims.recover import Receipts, recover
from claims.rules.disposal.court import days
from claims.rules.disposal.moves import Lot
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.money import Money
from kernel.period import add_days


@dataclass(frozen=True, slots=True)
class Forfeit:
    """A buyer did not pay: why, and when and under which reference its deposit came in."""

    reason: str
    reference: str
    value_date: date


def award_lot(session: Session, lot_id: str, *, desk: Desk) -> DisposalAwardRow | None:
    """Give a lot to the highest valid bid, the earlier of two alike; None, nobody bid enough.

    Raises:
        Conflict: the lot is not listed, or bids are still taken.
    """
    file = open_lot(session, lot_id)
    check_award(session, file.lot, desk.at)
    return _award_best(session, file, lots.listings(session, lot_id)[-1], desk=desk)


def check_award(session: Session, lot: DisposalLotRow, at: datetime) -> None:
    """Refuse to award a lot at an instant.

    Raises:
        Conflict: as `award_lot`.
    """
    if lot.state != Lot.LISTED:
        fault = Fault("lot", f"is {lot.state}", "list it first")
        raise Conflict("lot-not-listed", fault)
    closes = lots.listings(session, lot.id)[-1].closes_at
    if at < closes:
        fault = Fault("lot", f"bids are taken until {closes}", "award it afterwards")
        raise Conflict("bidding-open", fault)


def default_award(session: Session, lot_id: str, forfeit: Forfeit, *, desk: Desk) -> LotFile:
    """Record that the buyer did not pay: its deposit is kept, the next valid bid gets the lot.

    The deposit meets costs and the debt (Fa Shi 2016-18, art. 24); the buyer bids no more.

    Raises:
        Conflict: the lot is not awarded by auction, something of the price stands as paid, or
            the price is not due yet.
    """
    file = open_lot(session, lot_id)
    award = defaulting(session, file.lot, desk.on)
    award.state = "defaulted"
    session.add(award)
    if award.deposit_minor:
        currency = file.disposal.currency
        kept, nil = Money(award.deposit_minor, currency), Money(0, currency)
        source = f"没收竞买保证金 deposit forfeited: {file.lot.number}"
        receipts = Receipts(
            forfeit.reference, source, forfeit.value_date, kept, nil, origin="disposal"
        )
        recovery = recover(session, file.disposal.claim_id, receipts, desk=desk)
        proceeds = DisposalProceedsRow(
            id=new_id("dp"), created_at=desk.at, award_id=award.id, recovery_id=recovery.id,
            kind="deposit",
        )  # fmt: skip
        session.add(proceeds)
    listing = lots.listings(session, lot_id)[-1]
    _award_best(session, file, listing, desk=desk, reason=forfeit.reason)
    return file


def defaulting(session: Session, lot: DisposalLotRow, on: date) -> DisposalAwardRow:
    """Return the award whose buyer has let its last day pass and paid nothing.

    Raises:
        Conflict: as `default_award`.
    """
    award = lots.awards(session, lot.id)[-1] if lot.state == Lot.AWARDED else None
    if award is None or award.way != "auction":
        fault = Fault("lot", "is not awarded by auction", "only a buyer at auction defaults so")
        raise Conflict("lot-not-awarded", fault)
    if paid_of(session, award):
        fault = Fault("lot", "is partly paid for", "take in the rest of the price")
        raise Conflict("price-partly-paid", fault)
    if on <= award.pay_by:
        fault = Fault("lot", f"is paid for by {award.pay_by}", "wait until that day is over")
        raise Conflict("price-not-due", fault)
    return award


def _award_best(
    session: Session, file: LotFile, listing: DisposalListingRow, *, desk: Desk, reason: str = ""
) -> DisposalAwardRow | None:
    earlier = lots.awards(session, file.lot.id)
    best = next(iter(valid_bids(session, file.lot.id, listing)), None)
    if best is None:
        bids = len(lots.bids(session, listing.id))
        payload = {"turn": listing.turn, "bids": bids, "reason": reason}
        go(session, file, Lot.UNSOLD, payload, desk=desk)
        return None
    row = DisposalAwardRow(
        id=new_id("da"), created_at=desk.at, lot_id=file.lot.id, sequence=len(earlier) + 1,
        way="auction", bid_id=best.id, buyer=best.bidder, price_minor=best.amount,
        deposit_minor=listing.deposit_minor if best.deposit_paid else 0, awarded_on=desk.on,
        pay_by=add_days(desk.on, days("price_days")), state="standing",
    )  # fmt: skip
    session.add(row)
    payload = {"price_minor": best.amount, "pay_by": row.pay_by.isoformat(), "reason": reason}
    go(session, file, Lot.AWARDED, payload, desk=desk)
    return row
