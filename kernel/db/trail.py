"""The trail of a subject: its events, each sealing the one before."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from kernel.canonical import canonical_json
from kernel.db.page import Subject, append, table_of
from kernel.db.row import new_id, to_microseconds
from kernel.db.seal import FIRST, Sealed, event_hash
from kernel.db.tables import EventRow

_EVENT = table_of(EventRow).c
_LAST = (
    sa_select(_EVENT.sequence, _EVENT.hash)
    .where(_EVENT.subject_type == bindparam("type"), _EVENT.subject_id == bindparam("id"))
    .order_by(_EVENT.sequence.desc())
    .limit(1)
)


def note(
    session: Session,
    subject: Subject,
    kind: str,
    payload: dict[str, Any],
    *,
    actor: str,
    at: datetime,
) -> EventRow:
    """Append an event to the subject's chain. `payload` holds JSON values only."""
    last = session.execute(_LAST, {"type": subject.type, "id": subject.id}).one_or_none()
    sequence, prev_hash = last or (0, FIRST)
    row = EventRow(
        id=new_id("ev"),
        created_at=at,
        subject_type=subject.type,
        subject_id=subject.id,
        sequence=sequence + 1,
        kind=kind,
        actor=actor,
        payload=payload,
        prev_hash=prev_hash,
        hash="",
    )
    row.hash = event_hash(row.prev_hash, _sealed(row))
    return append(session, row)


def events(session: Session, subject: Subject) -> tuple[EventRow, ...]:
    """Return the events of a subject in order."""
    found = session.exec(
        select(EventRow)
        .where(EventRow.subject_type == subject.type, EventRow.subject_id == subject.id)
        .order_by(col(EventRow.sequence))
    )
    return tuple(found)


def _sealed(row: EventRow) -> Sealed:
    return Sealed(
        id=row.id,
        at=to_microseconds(row.created_at),
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        sequence=row.sequence,
        kind=row.kind,
        actor=row.actor,
        payload=canonical_json(row.payload),
    )
