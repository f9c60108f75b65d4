"""One step of a walk: the clock is put to a day, one act is done, and it is written down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from api.sandbox.item import Item
from api.sandbox.store import (
    REFUSED,
    REFUSED_AGAIN,
    SandboxAdvanceRow,
    SandboxHappeningRow,
    SandboxRow,
    last_sequence,
    mark_of,
    name_of_refusal,
)
from kernel.clock import business_date
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Refusal
from kernel.working_days import Calendar
from underwriting.rules.levels import LEVELS


@dataclass(frozen=True, slots=True)
class Step:
    """The step that is to be taken.

    Attributes:
        advance_id: of the walk.
        number: steps that were taken before; a step is taken by one walker only.
        base: the unshifted instant.
        insurer: name of the house, for papers.
        calendar: working days.
    """

    advance_id: str
    number: int
    base: datetime
    insurer: str
    calendar: Calendar


def step(session: Session, at: Step, item: Item | None, until: date) -> SandboxAdvanceRow:
    """Do what is due and note it; without an item the walk arrives.

    Raises:
        Conflict: `sandbox-walking`: somebody else took this step.
        As the act.
    """
    box, row = _taken(session, at)
    _put(box, at, item.on if item else until)
    if item is None:
        return _over(session, box, row, "arrived")
    desk = Desk(
        at=at.base + timedelta(days=box.days),
        on=item.on,
        actor=item.actor,
        insurer=at.insurer,
        calendar=at.calendar,
        authority=LEVELS[-1],
    )
    path = item.act(session, desk) if item.act else None
    _happened(session, row, item, desk, path or item.path)
    session.add(box)
    return row


def refused(session: Session, at: Step, item: Item, refusal: Refusal) -> SandboxAdvanceRow:
    """Write down that an act was refused; the walk stops on that day, the first time.

    What is refused again keeps nobody from going on: it is tried at the end of each walk.

    Raises:
        Conflict: `sandbox-walking`: somebody else took this step.
    """
    box, row = _taken(session, at)
    _put(box, at, item.on)
    words = "; ".join(str(fault) for fault in refusal.faults)
    told = Item(
        on=item.on, name=name_of_refusal(last_sequence(session) + 1, item.name),
        code=REFUSED_AGAIN if item.again else REFUSED,
        zh=f"{item.zh}：被拒绝（{refusal.code}）",
        en=f"{item.en}: refused as {refusal.code}: {words}",
        whose="nobody", path=item.path, client_id=item.client_id, role=item.role,
    )  # fmt: skip
    at_ = at.base + timedelta(days=box.days)
    desk = Desk(at_, item.on, item.actor, at.insurer, at.calendar)
    _happened(session, row, told, desk, item.path)
    session.add(box)
    return row if item.again else _over(session, box, row, "stopped")


def _taken(session: Session, at: Step) -> tuple[SandboxRow, SandboxAdvanceRow]:
    """Take the next step, once.

    Raises:
        Conflict: `sandbox-walking`.
    """
    box = mark_of(session, lock=True)
    row = session.get(SandboxAdvanceRow, at.advance_id)
    assert box is not None, "a sandbox is marked"
    assert row is not None, "who walks began once"
    if box.walking != at.advance_id or box.steps != at.number:
        fault = Fault("days", "this walk is taken by somebody else", "ask again in a moment")
        raise Conflict("sandbox-walking", fault)
    box.steps, box.stepped_at = box.steps + 1, at.base
    return box, row


def _put(box: SandboxRow, at: Step, on: date) -> None:
    """Put the clock to a day; never back."""
    box.days = max(box.days, (on - business_date(at.base)).days)


def _over(
    session: Session, box: SandboxRow, row: SandboxAdvanceRow, state: str
) -> SandboxAdvanceRow:
    box.walking, row.state = None, state
    session.add(box)
    session.add(row)
    return row


def _happened(
    session: Session, row: SandboxAdvanceRow, item: Item, desk: Desk, path: str
) -> SandboxHappeningRow:
    payload = {"name": item.name, "on": item.on.isoformat(), "path": path, "advance": row.id}
    subject = books.Subject("sandbox", row.id)
    books.note(session, subject, item.code, payload, actor=desk.actor, at=desk.at)
    return write(
        session,
        SandboxHappeningRow(
            id=new_id("sh"),
            created_at=desk.at,
            advance_id=row.id,
            sequence=last_sequence(session) + 1,
            name=item.name,
            happened_on=item.on,
            code=item.code,
            zh=item.zh,
            en=item.en,
            whose=item.whose,
            path=path,
            client_id=item.client_id,
        ),
    )
