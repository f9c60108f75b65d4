"""The decision that an appeal is about: when it was made and by whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session

from claims.facts import Case
from claims.rules.lifecycle import State
from kernel.clock import business_date
from kernel.db import books
from kernel.errors import Conflict, Fault

DECIDES: Final = ("accepted", "denied", "settled", "reserves_approved")
"""Kinds of event by which somebody had a say in the outcome of a claim."""
_DECISIONS: Final = ("accepted", "denied", "settled")
_OPEN: Final = (State.SETTLED, State.DENIED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Decided:
    """The newest decision on a claim.

    Attributes:
        at: the instant.
        on: business date.
        by: everybody who decided on the claim, so far.
    """

    at: datetime
    on: date
    by: tuple[str, ...]


def decided(session: Session, case: Case) -> Decided:
    """Return the decision that stands.

    Raises:
        Conflict: the claim is not decided, or is accepted and waits for payment.
    """
    if case.claim.state not in _OPEN:
        words = f"the claim is {case.claim.state}"
        raise Conflict("not-decided", Fault("claim", words, "wait for the decision"))
    events = books.events(session, books.Subject("claim", case.claim.id))
    made = [one.created_at for one in events if one.kind in _DECISIONS]
    assert made, "a decided claim has a decision in its trail"
    by = dict.fromkeys(one.actor for one in events if one.kind in DECIDES)
    return Decided(made[-1], business_date(made[-1]), tuple(by))
