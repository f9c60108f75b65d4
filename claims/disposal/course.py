"""What happened to a lot until now, for the rules that say how it ends."""

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.tables import DisposalListingRow, DisposalLotRow
from claims.rules.disposal.bids import Bid, Bidding, ranked
from claims.rules.disposal.moves import Lot
from claims.rules.disposal.result import Course


def course_of(session: Session, lot: DisposalLotRow) -> Course:
    """Return the course of a lot: how it was tried, and what was paid of its newest price."""
    awards = lots.awards(session, lot.id)
    if not awards:
        listed = lot.turn if lot.state != Lot.LISTED else lot.turn - 1
        return Course(lot.state, turn=listed)
    last = awards[-1]
    paid = sum(
        money.gross_minor
        for one, money, of in lots.proceeds(session, lot.id)
        if of.id == last.id and one.kind != "deposit"
    )
    return Course(lot.state, last.way, lot.turn, last.price_minor, paid)


def valid_bids(session: Session, lot_id: str, listing: DisposalListingRow) -> tuple[Bid, ...]:
    """Return the valid bids on a listing, best first, without buyers who did not pay."""
    out = {one.buyer for one in lots.awards(session, lot_id) if one.state == "defaulted"}
    bids = [
        Bid(row.id, row.bidder, row.amount_minor, row.bid_at, row.deposit_paid)
        for row in lots.bids(session, listing.id)
    ]
    terms = Bidding(
        listing.reserve_minor, listing.deposit_minor, listing.opens_at, listing.closes_at
    )
    return ranked(bids, terms, out)


def bid_stands(session: Session, lot: DisposalLotRow) -> bool:
    """Say whether a valid bid waits on the listing of a lot."""
    return bool(valid_bids(session, lot.id, lots.listings(session, lot.id)[-1]))
