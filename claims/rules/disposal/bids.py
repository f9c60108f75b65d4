"""Which bid gets a lot: the highest valid one, the earlier of two alike."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Bid:
    """One bid.

    Attributes:
        id: of the bid.
        bidder: who bids.
        amount: minor units.
        at: when the venue received it.
        deposit_paid: was the deposit there?
    """

    id: str
    bidder: str
    amount: int
    at: datetime
    deposit_paid: bool


@dataclass(frozen=True, slots=True)
class Bidding:
    """The terms of a listing.

    Attributes:
        reserve: lowest price, minor units.
        deposit: of each bidder, minor units; nought asks for none.
        opens_at: first instant of bidding.
        closes_at: its end; a bid at that instant is in time.
    """

    reserve: int
    deposit: int
    opens_at: datetime
    closes_at: datetime


def why_invalid(bid: Bid, terms: Bidding) -> str:
    """Return why a bid does not count; empty where it does.

    A bid below the reserve price, outside the hours or without a deposit is void (Fa Shi
    2016-18, art. 17 and 20).
    """
    if bid.amount < terms.reserve:
        return "below the reserve price"
    if not terms.opens_at <= bid.at <= terms.closes_at:
        return "outside the hours of bidding"
    if terms.deposit and not bid.deposit_paid:
        return "no deposit was paid"
    return ""


def ranked(bids: Iterable[Bid], terms: Bidding, out: Collection[str] = ()) -> tuple[Bid, ...]:
    """Return the valid bids, best first, each bidder's best only, without those `out`.

    The highest amount is first; of two alike the earlier. A buyer in default is out for good
    (Fa Shi 2016-18, art. 24).
    """
    valid = [bid for bid in bids if bid.bidder not in out and not why_invalid(bid, terms)]
    best: dict[str, Bid] = {}
    for bid in sorted(valid, key=lambda one: (-one.amount, one.at, one.id)):
        best.setdefault(bid.bidder, bid)
    return tuple(best.values())
