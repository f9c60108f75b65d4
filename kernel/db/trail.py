"""The trail of a subject: its events, each sealing the one before."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from kernel.canonical import canonical_json
from kernel.db.gather import gathering, row_of
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
_ENDS = (
    sa_select(_EVENT.subject_id, func.max(_EVENT.sequence).label("sequence"))
    .where(
        _EVENT.subject_type == bindparam("type"),
        _EVENT.subject_id.in_(bindparam("ids", expanding=True)),
    )
    .group_by(_EVENT.subject_id)
    .subquery()
)
_LAST_OF_EACH = sa_select(_EVENT.subject_id, _EVENT.sequence, _EVENT.hash).join_from(
    _EVENT.subject_id.table,
    _ENDS,
    (_ENDS.c.subject_id == _EVENT.subject_id)
    & (_ENDS.c.sequence == _EVENT.sequence)
    & (_EVENT.subject_type == bindparam("type")),
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
    sequence, prev_hash = _head(session, subject)
    row = row_of(
        EventRow,
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
    if waiting := gathering(session):
        waiting.heads[EventRow, subject] = (row.sequence, row.hash)
    return append(session, row)


def look_up(session: Session, type_: str, ids: Iterable[str]) -> None:
    """Read where the chains of many subjects end, for an act that gathers what it notes there."""
    waiting = gathering(session)
    assert waiting is not None, "ends are kept where pages are gathered"
    rows = session.connection().execute(_LAST_OF_EACH, {"type": type_, "ids": list(ids)})
    for id_, sequence, sealed in rows:
        waiting.heads.setdefault((EventRow, Subject(type_, id_)), (sequence, sealed))


def _head(session: Session, subject: Subject) -> tuple[int, str]:
    """Return number and hash of the last event of a subject."""
    waiting = gathering(session)
    if waiting and (known := waiting.heads.get((EventRow, subject))):
        sequence, sealed = known
        return sequence, sealed
    asked = {"type": subject.type, "id": subject.id}
    last = session.connection().execute(_LAST, asked).one_or_none()
    return (last.sequence, last.hash) if last else (0, FIRST)


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
