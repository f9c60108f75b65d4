"""The outbox: what must reach the world, committed with the act that caused it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from kernel.db.gather import gathering, row_of
from kernel.db.page import Subject, table_of, write
from kernel.db.row import new_id
from kernel.db.tables import OutboxRow

_OUTBOX = table_of(OutboxRow).c
_LAST = (
    sa_select(_OUTBOX.subject_id, func.max(_OUTBOX.sequence))
    .where(
        _OUTBOX.subject_type == bindparam("type"),
        _OUTBOX.subject_id.in_(bindparam("ids", expanding=True)),
    )
    .group_by(_OUTBOX.subject_id)
)


def enqueue(
    session: Session, subject: Subject, topic: str, payload: dict[str, Any], *, at: datetime
) -> OutboxRow:
    """Put a message into the outbox, behind those of the same subject."""
    sequence = _last(session, subject) + 1
    if waiting := gathering(session):
        waiting.heads[OutboxRow, subject] = sequence
    return write(
        session,
        row_of(
            OutboxRow,
            id=new_id("ob"),
            created_at=at,
            subject_type=subject.type,
            subject_id=subject.id,
            sequence=sequence,
            topic=topic,
            payload=payload,
        ),
    )


def look_up(session: Session, type_: str, ids: Iterable[str]) -> None:
    """Read the last number of many subjects, for an act that gathers what it enqueues there."""
    waiting = gathering(session)
    assert waiting is not None, "ends are kept where pages are gathered"
    asked = list(ids)
    told = dict.fromkeys(asked, 0)
    for id_, last in session.connection().execute(_LAST, _asked(type_, asked)):
        told[id_] = last
    for id_, last in told.items():
        waiting.heads.setdefault((OutboxRow, Subject(type_, id_)), last)


def _last(session: Session, subject: Subject) -> int:
    """Return the number of the last message of a subject, 0 before the first."""
    waiting = gathering(session)
    if waiting and (known := waiting.heads.get((OutboxRow, subject))) is not None:
        return int(known)
    found = session.connection().execute(_LAST, _asked(subject.type, [subject.id])).one_or_none()
    return found[1] if found else 0


def _asked(type_: str, ids: list[str]) -> dict[str, Any]:
    return {"type": type_, "ids": ids}


def unsent(session: Session, limit: int = 100) -> tuple[OutboxRow, ...]:
    """Return messages not yet taken over, oldest first, skipping those another worker holds."""
    found = session.exec(
        select(OutboxRow)
        .where(col(OutboxRow.sent_at).is_(None))
        .order_by(col(OutboxRow.created_at), col(OutboxRow.sequence))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return tuple(found)


def mark_sent(session: Session, row: OutboxRow, at: datetime) -> None:
    """Record that the receiver took a message over."""
    row.sent_at = at
    session.add(row)
    session.flush()
