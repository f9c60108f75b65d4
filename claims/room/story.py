"""The timeline of a claim: its events as sentences, and the duties of every part of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from sqlmodel import Session

from claims import demanded, overpaid
from claims.calls import duties as of_calls
from claims.calls.store import of_claim as calls
from claims.counsel import duties as of_counsel
from claims.disposal import duties as of_disposal
from claims.facts import Case
from claims.names import names_of
from claims.overdue import duties as of_overdue
from claims.overdue.store import overdue_of_claim
from claims.room import duties as of_room
from claims.room.said import told_of
from claims.room.view import View, awaited, heard
from claims.rules.duty import Duty
from claims.rules.kinds.customs import DEMAND
from claims.rules.timeline import Open, Telling, in_order, tell
from claims.uploads import duties as of_uploads
from kernel.clock import business_date
from kernel.db import books
from kernel.db.tables import EventRow
from kernel.errors import NotFound
from underwriting.guarantees import store as letters

_PARTS: Final = (
    of_overdue, of_uploads, demanded, of_counsel, overpaid, of_calls, of_disposal, of_room,
)  # fmt: skip
"""Every part of a claim in which somebody may have to do something."""

_FIRST: Final = ("early_payment_agreed", "recomputed", "settled", "paid_on_account")
"""What of one act is told before the calls that follow from it."""
_OF_DEMAND: Final = ("demanded", "demand_paid")
_SETTLES: Final = ("settled", "paid_on_account")
_CALLS: Final = ("call_raised", "call_moved", "call_superseded")


def story(session: Session, case: Case, view: View) -> tuple[Telling, ...]:
    """Return all that happened on a claim that a viewer may hear, in order.

    It begins with the overdue loan, or the demand of customs, that the claim came of.
    """
    names, rows = names_of(session, case), {one.id: one for one in calls(session, case.claim.id)}
    every = (
        told_of(event.kind, business_date(event.created_at), noted, case, rows)
        for event in _in_turn(_events(session, case))
        if (noted := heard(event.kind, event.payload, view)) is not None
    )
    told = (tell(one.kind, one.on, one.noted, names) for one in every)
    return tuple(sorted(told, key=lambda one: one.on))  # stable: of a day as it was noted


def waiting(session: Session, claim_id: str, view: View, on: date) -> tuple[Open, ...]:
    """Return all that is open on a claim on a day and a viewer may see, the next deadline first."""
    return in_order((one for one in all_duties(session, claim_id, on) if awaited(one, view)), on)


def all_duties(session: Session, claim_id: str, on: date) -> tuple[Duty, ...]:
    """Return the duties of every part of a claim, open and done."""
    return tuple(duty for part in _PARTS for duty in part.duties(session, claim_id, on))


def _in_turn(events: Iterable[EventRow]) -> list[EventRow]:
    """Put the calls that a settlement brought about behind it; an act notes them before."""
    told: list[EventRow] = []
    run: list[EventRow] = []
    for event in events:
        if _begins_anew(event.kind, [one.kind for one in run]):
            told += sorted(run, key=_rank)
            run = []
        run.append(event)
    return [*told, *sorted(run, key=_rank)]


def _begins_anew(kind: str, run: list[str]) -> bool:
    """Whether a kind belongs to another act than what was noted just before it."""
    if kind not in (*_CALLS, *_FIRST) or not run or run[-1] not in (*_CALLS, *_FIRST):
        return True
    settled = any(one in _SETTLES for one in run)
    return settled and (kind in _CALLS or kind in _SETTLES)


def _rank(event: EventRow) -> int:
    return _FIRST.index(event.kind) if event.kind in _FIRST else len(_FIRST)


def _events(session: Session, case: Case) -> Iterator[EventRow]:
    """Yield what was noted on the overdue case or the demand it came of, then on the claim."""
    overdue = overdue_of_claim(session, case.claim.id)
    if overdue is not None:
        for event in books.events(session, books.Subject("policy", case.policy.id)):
            if event.payload.get("overdue_id") == overdue.id:
                yield event
    yield from _of_demand(session, case)
    yield from books.events(session, books.Subject("claim", case.claim.id))


def _of_demand(session: Session, case: Case) -> Iterator[EventRow]:
    """Yield what was noted of the demand of customs that the claim came of: made, and paid."""
    demand = case.claim.file.get(DEMAND) or {}
    try:
        letter = letters.letter_named(session, demand.get("letter", ""))
    except NotFound:  # claimed by a notice that states no letter of this house
        return
    for event in books.events(session, books.Subject("letter", letter.id)):
        if event.kind in _OF_DEMAND and event.payload.get("reference") == demand.get("reference"):
            yield event
