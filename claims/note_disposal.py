"""ACTS: a lot is valued, put up for sale, bid for."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.course import why_void
from claims.disposal.lot_file import LotFile, check_order, go, note, open_lot
from claims.disposal.tables import DisposalBidRow, DisposalListingRow, DisposalValuationRow
from claims.rules.disposal.court import Offered, check_offer
from claims.rules.disposal.moves import Lot
from kernel.clock import business_date
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid, invalid
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Valued:
    """What an appraiser says: by which method (`market`, `income`, `cost`), on which day."""

    appraiser: str
    method: str
    valued_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Listed:
    """How a lot is put up: where, from when to when, from which price, against what deposit."""

    venue: str
    opens_at: datetime
    closes_at: datetime
    reserve: Money
    deposit: Money


@dataclass(frozen=True, slots=True)
class BidMade:
    """A bid as the venue recorded it."""

    bidder: str
    amount: Money
    at: datetime
    deposit_paid: bool


def value_lot(session: Session, lot_id: str, valued: Valued, *, desk: Desk) -> DisposalValuationRow:
    """Record a valuation; the newest holds.

    Raises:
        Invalid: its day lies ahead, or it is no amount of the claim.
        Conflict: the lot is past valuation.
    """
    file = open_lot(session, lot_id)
    if valued.valued_on > desk.on:
        raise invalid("valued_on", f"{valued.valued_on} lies ahead", "give the valuation date")
    minor = file.minor("amount", valued.amount)
    row = DisposalValuationRow(
        id=new_id("dv"), created_at=desk.at, lot_id=lot_id,
        sequence=len(lots.valuations(session, lot_id)) + 1, appraiser=valued.appraiser,
        method=valued.method, valued_on=valued.valued_on, amount_minor=minor,
    )  # fmt: skip
    session.add(row)
    go(session, file, Lot.VALUED, {"amount_minor": minor, "method": valued.method}, desk=desk)
    return row


def list_lot(session: Session, lot_id: str, listed: Listed, *, desk: Desk) -> DisposalListingRow:
    """Put a lot up for auction, under the rules of court auctions.

    Raises:
        Conflict: the lot is not valued, or a third party's is asked for before the debtor's own.
        Invalid: `listing-not-allowed`, every fault of it at once.
    """
    file = open_lot(session, lot_id)
    check_order(session, file)
    offered = _offered(session, file, listed, desk)
    if faults := check_offer(offered):
        raise Invalid("listing-not-allowed", *faults)
    row = DisposalListingRow(
        id=new_id("dl"), created_at=desk.at, lot_id=lot_id, turn=offered.turn,
        venue=listed.venue, listed_on=desk.on, opens_at=listed.opens_at,
        closes_at=listed.closes_at, reserve_minor=offered.reserve,
        deposit_minor=offered.deposit,
    )  # fmt: skip
    session.add(row)
    file.lot.turn = offered.turn
    payload = {
        "turn": offered.turn,
        "reserve_minor": offered.reserve,
        "venue": listed.venue,
    }
    go(session, file, Lot.LISTED, payload, desk=desk)
    return row


def _offered(session: Session, file: LotFile, listed: Listed, desk: Desk) -> Offered:
    """Return how a lot would be put up, for the rules of court auctions to look at."""
    valued = lots.valuations(session, file.lot.id)
    if not valued:
        raise Conflict("lot-not-valued", Fault("lot", "has no valuation", "have it valued first"))
    before = lots.listings(session, file.lot.id)
    failed = bool(before) and file.lot.state == Lot.UNSOLD
    return Offered(
        turn=len(before) + 1,
        valued=valued[-1].amount_minor,
        valued_on=valued[-1].valued_on,
        before=before[-1].reserve_minor if failed else None,
        reserve=file.minor("reserve", listed.reserve),
        deposit=file.minor("deposit", listed.deposit),
        currency=file.disposal.currency,
        listed_on=desk.on,
        opens_on=business_date(listed.opens_at),
        hours=listed.closes_at - listed.opens_at,
    )


def bid_on(session: Session, lot_id: str, made: BidMade, *, desk: Desk) -> DisposalBidRow:
    """Record a bid as the venue has it; whether it counts is found at the award.

    Raises:
        Conflict: the lot is not up for sale.
        Invalid: its instant lies ahead, or it is no amount of the claim.
    """
    file = open_lot(session, lot_id)
    listing = _current(session, file)
    if made.at > desk.at:
        raise invalid("at", "lies ahead", "give the instant that the venue recorded")
    minor = file.minor("amount", made.amount)
    sequence = len(lots.bids(session, listing.id)) + 1
    row = DisposalBidRow(
        id=new_id("db"), created_at=desk.at, listing_id=listing.id, sequence=sequence,
        bidder=made.bidder, amount_minor=minor, bid_at=made.at, deposit_paid=made.deposit_paid,
    )  # fmt: skip
    session.add(row)
    session.flush()
    payload = {
        "lot": file.lot.number, "sequence": sequence, "amount_minor": minor,
        "void": why_void(row, listing),
    }  # fmt: skip
    note(session, file.disposal, "lot_bid", payload, desk=desk)
    return row


def _current(session: Session, file: LotFile) -> DisposalListingRow:
    if file.lot.state != Lot.LISTED:
        fault = Fault("lot", f"is {file.lot.state}", "bids are taken while it is listed")
        raise Conflict("lot-not-listed", fault)
    return lots.listings(session, file.lot.id)[-1]
