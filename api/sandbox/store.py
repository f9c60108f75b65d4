"""Every query of a sandbox, as named functions of a session. Nothing here decides."""

from typing import Any, Final

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from api.tables import SandboxAdvanceRow, SandboxHappeningRow, SandboxRow

__all__ = ["SandboxAdvanceRow", "SandboxHappeningRow", "SandboxRow"]

THE_ONE: Final = "sb_aaaaaaaaaaaaaaaaaaaaaaaaaa"
"""Id of the one row that marks a database."""


def mark_of(session: Session, *, lock: bool = False) -> SandboxRow | None:
    """Return the mark of a sandbox, held against other writers where `lock`; None: it is none."""
    return session.get(SandboxRow, THE_ONE, with_for_update=lock or None)


def days_ahead(engine: Engine) -> int:
    """Return by how many days the clock runs ahead; asked anew each time, of what is committed."""
    with engine.connect() as connection:
        found = connection.execute(select(SandboxRow.days)).scalar_one_or_none()
    return found or 0


def advance_of(session: Session, scope: str, key: str) -> SandboxAdvanceRow | None:
    """Return the advance that was asked under a key, if any."""
    query = select(SandboxAdvanceRow).where(
        SandboxAdvanceRow.scope == scope, SandboxAdvanceRow.key == key
    )
    return session.exec(query).one_or_none()


def stories(session: Session) -> dict[str, dict[str, Any]]:
    """Return the newest scenario of each policy, as it was stated."""
    found = session.exec(select(SandboxAdvanceRow)).all()
    told = [row for row in found if row.scenario is not None]
    told.sort(key=lambda row: (row.from_on, row.created_at, row.until))
    return {row.scenario["policy_id"]: row.scenario for row in told if row.scenario is not None}


def names(session: Session) -> frozenset[str]:
    """Return the names of all that has happened."""
    return frozenset(session.exec(select(SandboxHappeningRow.name)))


def last_sequence(session: Session) -> int:
    """Return the number of the last happening; 0 where nothing happened."""
    return session.exec(select(func.max(SandboxHappeningRow.sequence))).one() or 0


def happenings(
    session: Session, *, advance_id: str | None, client_id: str | None, after: int, limit: int
) -> tuple[SandboxHappeningRow, ...]:
    """Return what happened, first to last, after a number: of one advance, of one client or all."""
    query = select(SandboxHappeningRow).where(col(SandboxHappeningRow.sequence) > after)
    if advance_id is not None:
        query = query.where(SandboxHappeningRow.advance_id == advance_id)
    if client_id is not None:
        query = query.where(SandboxHappeningRow.client_id == client_id)
    return tuple(session.exec(query.order_by(col(SandboxHappeningRow.sequence)).limit(limit)))
