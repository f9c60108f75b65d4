"""The calls of a party's account: raised, superseded and open, as the books knew it at its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from claims.reports.account import Account
from claims.reports.called import Called, calls_on
from claims.reports.moved import Whose


@dataclass(frozen=True, slots=True)
class CalledIn:
    """What a period changed of one call, and what is open of it at the end.

    Attributes:
        claim: number of the claim.
        sequence: of the call in its claim.
        raised_on: the day on which it was raised.
        called: what was called for in the period, minor units; below zero it was called for no
            more, or is a refund.
        unpaid: open at the end of the period; of a refund below zero.
    """

    claim: str
    sequence: int
    raised_on: date
    called: int
    unpaid: int


def called_in(session: Session, of: Account) -> tuple[CalledIn, ...]:
    """Return every call that the period moved or that is open at its end, by claim and sequence.

    A call that was superseded or withdrawn later than it was raised is called for no more by
    what was unpaid of it; over all periods what was called for is what was paid or is open.
    """
    whose = Whose(of.scheme, of.party, of.currency)
    eve = of.opens_on - timedelta(days=1)
    before = {(one.claim, one.sequence): one for one in calls_on(session, whose, eve)}
    return tuple(_moved(calls_on(session, whose, of.closes_on), before))


def _moved(now: tuple[Called, ...], before: dict[tuple[str, int], Called]) -> Iterator[CalledIn]:
    for one in now:
        was = before.get((one.claim, one.sequence))
        called = _standing(one) - (_standing(was) if was else 0)
        if called or one.open:
            yield CalledIn(one.claim, one.sequence, one.raised_on, called, one.open)


def _standing(one: Called) -> int:
    """Return what a call asks for all in all: once it is gone, what was paid of it."""
    minor = one.paid if one.gone else one.minor
    return minor if one.direction == "call" else -minor
