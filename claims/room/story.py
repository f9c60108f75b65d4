"""The timeline of a claim: its events as sentences, and the duties of every part of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlmodel import Session

from claims import demanded
from claims.calls import duties as of_calls
from claims.calls.store import CallRow
from claims.calls.store import of_claim as calls
from claims.counsel import duties as of_counsel
from claims.disposal import duties as of_disposal
from claims.facts import Case
from claims.overdue import duties as of_overdue
from claims.overdue.store import overdue_of_claim
from claims.room import duties as of_room
from claims.room.names import names_of
from claims.room.view import View, heard
from claims.rules.duty import Duty
from claims.rules.timeline import Open, Telling, in_order, tell
from claims.uploads import duties as of_uploads
from kernel.clock import business_date
from kernel.db import books
from kernel.db.tables import EventRow

_PARTS: Final = (of_overdue, of_uploads, demanded, of_counsel, of_calls, of_disposal, of_room)
"""Every part of a claim in which somebody may have to do something."""

_FOR_PROGRAMS: Final = re.compile(r"paid:\w+|cure until \S+|settlement \d+")
"""What acts note on a call where nobody said anything."""
_FIRST: Final = ("early_payment_agreed", "recomputed", "settled", "paid_on_account")
"""What of one act is told before the calls that follow from it."""
_SETTLES: Final = ("settled", "paid_on_account")
_CALLS: Final = ("call_raised", "call_moved", "call_superseded")


def story(session: Session, case: Case, view: View) -> tuple[Telling, ...]:
    """Return all that happened on a claim that a viewer may hear, in order.

    It begins with the overdue loan that the claim came of.
    """
    names, rows = names_of(session, case), {one.id: one for one in calls(session, case.claim.id)}
    told = (
        tell(event.kind, business_date(event.created_at), _with_days(noted, rows), names)
        for event in _in_turn(_events(session, case))
        if (noted := heard(event.kind, event.payload, view)) is not None
    )
    return tuple(told)


def waiting(session: Session, claim_id: str, on: date) -> tuple[Open, ...]:
    """Return all that is open on a claim on a day, the next deadline first."""
    return in_order(all_duties(session, claim_id, on), on)


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


def _with_days(noted: Mapping[str, Any], of_calls: Mapping[str, CallRow]) -> dict[str, Any]:
    """Return what was noted with the days of its call; words for programs are left out."""
    words = str(noted.get("words", ""))
    said = {**noted, "words": ""} if _FOR_PROGRAMS.fullmatch(words) else dict(noted)
    call = of_calls.get(str(noted.get("call_id", "")))
    if call is not None and "clause" in said:  # of another's call a seat hears no day
        said["due_on"] = call.due_on.isoformat()
        said["cure_until"] = call.cure_until.isoformat() if call.cure_until else ""
    return said


def _events(session: Session, case: Case) -> Iterator[EventRow]:
    """Yield what was noted on the overdue case that the claim came of, then on the claim."""
    overdue = overdue_of_claim(session, case.claim.id)
    if overdue is not None:
        for event in books.events(session, books.Subject("policy", case.policy.id)):
            if event.payload.get("overdue_id") == overdue.id:
                yield event
    yield from books.events(session, books.Subject("claim", case.claim.id))
