"""What happened to a lot until now, for the rules that say how it ends."""

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.tables import (
    DisposalAwardRow,
    DisposalBidRow,
    DisposalListingRow,
    DisposalLotRow,
)
from claims.rules.disposal.bids import Bid, Bidding, ranked, why_invalid
from claims.rules.disposal.moves import Lot
from claims.rules.disposal.result import Course


def course_of(session: Session, lot: DisposalLotRow) -> Course:
    """Return the course of a lot: how it was tried, and what was paid of its newest price."""
    awards = lots.awards(session, lot.id)
    if not awards:
        listed = lot.turn if lot.state != Lot.LISTED else lot.turn - 1
        return Course(lot.state, turn=listed)
    last = awards[-1]
    return Course(lot.state, last.way, lot.turn, last.price_minor, paid_of(session, last))


def paid_of(session: Session, award: DisposalAwardRow) -> int:
    """Return what stands as paid on an award, corrections in, minor units; no deposit that is kept.

    Money that was put right to nothing is none.
    """
    return sum(
        money.gross_minor
        for one, money, of in lots.proceeds(session, award.lot_id)
        if of.id == award.id and one.kind != "deposit"
    )


def valid_bids(session: Session, lot_id: str, listing: DisposalListingRow) -> tuple[Bid, ...]:
    """Return the valid bids on a listing, best first, without buyers who did not pay."""
    out = {one.buyer for one in lots.awards(session, lot_id) if one.state == "defaulted"}
    return ranked(map(_bid, lots.bids(session, listing.id)), _terms(listing), out)


def why_void(row: DisposalBidRow, listing: DisposalListingRow) -> str:
    """Return why a bid on a listing does not count; empty where it does."""
    return why_invalid(_bid(row), _terms(listing))


def _bid(row: DisposalBidRow) -> Bid:
    return Bid(row.id, row.bidder, row.amount_minor, row.bid_at, row.deposit_paid)


def _terms(row: DisposalListingRow) -> Bidding:
    return Bidding(row.reserve_minor, row.deposit_minor, row.opens_at, row.closes_at)


def bid_stands(session: Session, lot: DisposalLotRow) -> bool:
    """Say whether a valid bid waits on the listing of a lot."""
    return bool(valid_bids(session, lot.id, lots.listings(session, lot.id)[-1]))
