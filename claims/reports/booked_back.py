"""Recoveries as they were booked: each edition of one in the period in which it was entered."""

from sqlmodel import Session

from claims.reports.account import Account
from claims.reports.editions import CameBack, editions_under


def recoveries(session: Session, of: Account) -> tuple[CameBack, ...]:
    """Return what was booked of recoveries in the period, corrections too, by day and claim.

    An edition that moved neither the net nor the party's part is left out.
    """
    found = [
        one
        for one in editions_under(session, of.scheme, of.currency)
        if of.opens_on <= one.booked_on <= of.closes_on
        and (one.before is None or one.net or one.own(of.party))
    ]
    return tuple(sorted(found, key=lambda one: one.booked_on))  # stable: claim, recovery, edition
