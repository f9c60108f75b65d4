"""Put the clock of a sandbox forward: day by day, each act in a transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from api.house import House
from api.sandbox.agenda import Span, next_item
from api.sandbox.assumed import with_assumption
from api.sandbox.item import Item
from api.sandbox.stated import check_scenario
from api.sandbox.stepping import Step, refused, step
from api.sandbox.store import SandboxAdvanceRow, SandboxRow, advance_of, mark_of
from kernel.clock import ShiftedClock, business_date
from kernel.db.engine import read, transact
from kernel.db.row import new_id
from kernel.errors import Conflict, Fault, NotFound, Refusal
from underwriting.store import add

ABANDONED_AFTER: Final = timedelta(minutes=1)
"""Without a step for so long, a walk is given up by whoever asks for the next."""

Tell = Callable[[Item], None]
"""Is told of each thing that happens."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, under whose key.

    Attributes:
        scope: whose key it is.
        key: the caller's name for it.
        request_sha256: of what was asked.
        days: to go forward.
        scenario: as it is kept; None where nothing was stated.
    """

    scope: str
    key: str
    request_sha256: str
    days: int
    scenario: dict[str, Any] | None


def sandbox_clock(house: House) -> ShiftedClock:
    """Return the clock of a sandbox.

    Raises:
        NotFound: `no-sandbox`: this installation is none.
    """
    if not house.settings.sandbox or not isinstance(house.clock, ShiftedClock):
        fault = Fault("path", "is of a sandbox only", "ask where ZHIBAO_SANDBOX is on")
        raise NotFound("no-sandbox", fault)
    return house.clock


def advance(house: House, asked: Asked, tell: Tell = lambda _: None) -> SandboxAdvanceRow:
    """Walk forward; the same key again finishes what it began, and never walks twice.

    A refusal of an act is a happening: the walk stops on its day, and the clock stands there. What
    was refused before is tried once more at the end of each walk, and stops no other.

    Raises:
        NotFound: `no-sandbox`; or there is no such policy as the scenario names.
        Invalid: the scenario cannot happen to its policy.
        Conflict: `sandbox-walking`: another walk is under way; `idempotency-key-reused`.
    """
    clock = sandbox_clock(house)
    now = clock.base.now()
    row, steps = transact(house.engine, lambda session: _begin(session, asked, now))
    while row.state == "walking":
        at = Step(row.id, steps, clock.base.now(), house.settings.insurer_name, house.calendar)
        row, item = _further(house, at, row.until)
        steps += 1
        if item:
            tell(item)
    return row


def _further(house: House, at: Step, until: date) -> tuple[SandboxAdvanceRow, Item | None]:
    """Take one step; returns where the walk stands after it, and what was done."""
    item = read(house.engine, lambda session: _next(session, until, at))
    try:
        return transact(house.engine, lambda session: step(session, at, item, until)), item
    except Refusal as refusal:
        if item is None or refusal.code == "sandbox-walking":
            raise
        words = refusal
    return transact(house.engine, lambda session: refused(session, at, item, words)), item


def today(base: datetime, row: SandboxRow) -> date:
    """Return the business date of a sandbox by an unshifted instant."""
    return business_date(base + timedelta(days=row.days))


def _next(session: Session, until: date, at: Step) -> Item | None:
    found = mark_of(session)
    assert found is not None, "a sandbox is marked"
    span = Span(today(at.base, found), until, at.advance_id)
    item = next_item(session, span, at.calendar)
    return item and with_assumption(item, at.calendar)


def _begin(session: Session, asked: Asked, now: datetime) -> tuple[SandboxAdvanceRow, int]:
    """Return the advance of this key and the steps taken so far; it begins here if it is new."""
    box = mark_of(session, lock=True)
    assert box is not None, "a sandbox is marked"
    found = advance_of(session, asked.scope, asked.key)
    if found:
        if found.request_sha256 != asked.request_sha256:
            fault = Fault("Idempotency-Key", "came with another request", "give each its own")
            raise Conflict("idempotency-key-reused", fault)
        return found, box.steps
    _end_abandoned(session, box, now)
    if asked.scenario is not None:
        check_scenario(session, asked.scenario)
    from_on = today(now, box)
    row = add(
        session,
        SandboxAdvanceRow(
            id=new_id("sa"),
            created_at=now + timedelta(days=box.days),
            scope=asked.scope,
            key=asked.key,
            request_sha256=asked.request_sha256,
            from_on=from_on,
            until=from_on + timedelta(days=asked.days),
            scenario=asked.scenario,
            state="walking",
        ),
    )
    box.walking, box.stepped_at = row.id, now
    session.add(box)
    return row, box.steps


def _end_abandoned(session: Session, box: SandboxRow, now: datetime) -> None:
    """Give up a walk that takes no steps any more.

    Raises:
        Conflict: `sandbox-walking`: it still does.
    """
    if box.walking is None:
        return
    if now - box.stepped_at < ABANDONED_AFTER:
        fault = Fault("days", "a walk is under way", "ask again when it has arrived")
        raise Conflict("sandbox-walking", fault)
    other = session.get(SandboxAdvanceRow, box.walking)
    assert other is not None, "who walks began once"
    other.state = "stopped"
    session.add(other)
