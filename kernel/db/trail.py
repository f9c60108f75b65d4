"""The trail of a subject: its events, each sealing the one before."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from kernel.canonical import canonical_json
from kernel.db.page import Subject, write
from kernel.db.row import new_id, to_microseconds
from kernel.db.seal import FIRST, Sealed, event_hash
from kernel.db.tables import EventRow


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
    last = session.exec(
        select(EventRow)
        .where(EventRow.subject_type == subject.type, EventRow.subject_id == subject.id)
        .order_by(col(EventRow.sequence).desc())
        .limit(1)
    ).one_or_none()
    row = EventRow(
        id=new_id("ev"),
        created_at=at,
        subject_type=subject.type,
        subject_id=subject.id,
        sequence=last.sequence + 1 if last else 1,
        kind=kind,
        actor=actor,
        payload=payload,
        prev_hash=last.hash if last else FIRST,
        hash="",
    )
    row.hash = event_hash(row.prev_hash, _sealed(row))
    return write(session, row)


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
