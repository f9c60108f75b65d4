"""The outbox: what must reach the world, committed with the act that caused it."""

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from kernel.db.page import Subject, write
from kernel.db.row import new_id
from kernel.db.tables import OutboxRow


def enqueue(
    session: Session, subject: Subject, topic: str, payload: dict[str, Any], *, at: datetime
) -> OutboxRow:
    """Put a message into the outbox, behind those of the same subject."""
    last = session.exec(
        select(func.max(OutboxRow.sequence)).where(
            OutboxRow.subject_type == subject.type, OutboxRow.subject_id == subject.id
        )
    ).one()
    return write(
        session,
        OutboxRow(
            id=new_id("ob"),
            created_at=at,
            subject_type=subject.type,
            subject_id=subject.id,
            sequence=(last or 0) + 1,
            topic=topic,
            payload=payload,
        ),
    )


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
