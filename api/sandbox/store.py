"""Every query of a sandbox, as named functions of a session. Nothing here decides."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import Engine, func, or_
from sqlmodel import Session, col, select

from api.tables import SandboxAdvanceRow, SandboxHappeningRow, SandboxRow
from kernel.db.connect import READ_ONLY

__all__ = ["SandboxAdvanceRow", "SandboxHappeningRow", "SandboxRow"]

THE_ONE: Final = "sb_aaaaaaaaaaaaaaaaaaaaaaaaaa"
"""Id of the one row that marks a database."""

REFUSED: Final = "refused"
"""Code of a happening: an act was refused, and the walk stopped on its day."""

REFUSED_AGAIN: Final = "refused_again"
"""Code of a happening: an act that was refused before was tried once more, where a walk ended."""


def mark_of(session: Session, *, lock: bool = False) -> SandboxRow | None:
    """Return the mark of a sandbox, held against other writers where `lock`; None: it is none."""
    return session.get(SandboxRow, THE_ONE, with_for_update=lock or None)


def days_ahead(engine: Engine) -> int:
    """Return by how many days the clock runs ahead; asked anew each time, of what is committed.

    It only reads: whoever looks at the clock does not queue with those who write.
    """
    with engine.connect().execution_options(**READ_ONLY) as connection:
        found = connection.execute(select(SandboxRow.days)).scalar_one_or_none()
    return found or 0


def advance_of(session: Session, scope: str, key: str) -> SandboxAdvanceRow | None:
    """Return the advance that was asked under a key, if any."""
    query = select(SandboxAdvanceRow).where(
        SandboxAdvanceRow.scope == scope, SandboxAdvanceRow.key == key
    )
    return session.exec(query).one_or_none()


def stories(session: Session) -> dict[str, SandboxAdvanceRow]:
    """Return policy -> the advance with which its newest scenario was stated."""
    told = sorted(session.exec(select(SandboxAdvanceRow)).all(), key=turn)
    return {row.scenario["policy_id"]: row for row in told if row.scenario is not None}


def turn(row: SandboxAdvanceRow) -> tuple[date, datetime, date]:
    """Return what puts advances in the order in which they were asked for."""
    return row.from_on, row.created_at, row.until


def refusals(session: Session) -> dict[str, SandboxAdvanceRow]:
    """Return name of a thing that was refused -> the walk on which it was refused last."""
    query = (
        select(SandboxHappeningRow.name, SandboxAdvanceRow)
        .join(SandboxAdvanceRow, col(SandboxAdvanceRow.id) == SandboxHappeningRow.advance_id)
        .where(col(SandboxHappeningRow.code).in_((REFUSED, REFUSED_AGAIN)))
        .order_by(col(SandboxHappeningRow.sequence))
    )
    return {name.split(":", 2)[-1]: row for name, row in session.exec(query)}


def name_of_refusal(sequence: int, name: str) -> str:
    """Return what a refusal is called: it may come again, so it has a number; last, of what.

    >>> name_of_refusal(7, "settled:po_x:2025-06-10:").split(":", 2)[-1]
    'settled:po_x:2025-06-10:'
    """
    return f"{REFUSED}:{sequence}:{name}"


def names(session: Session) -> frozenset[str]:
    """Return the names of all that has happened."""
    return frozenset(session.exec(select(SandboxHappeningRow.name)))


def last_sequence(session: Session) -> int:
    """Return the number of the last happening; 0 where nothing happened."""
    return session.exec(select(func.max(SandboxHappeningRow.sequence))).one() or 0


def happenings(
    session: Session, *, advance_id: str | None, client_id: str | None, after: int, limit: int
) -> tuple[SandboxHappeningRow, ...]:
    """Return what happened, first to last, after a number: of one advance, of one client or all.

    That a walk stopped is everybody's: the clock is one.
    """
    query = select(SandboxHappeningRow).where(col(SandboxHappeningRow.sequence) > after)
    if advance_id is not None:
        query = query.where(SandboxHappeningRow.advance_id == advance_id)
    if client_id is not None:
        own = col(SandboxHappeningRow.client_id) == client_id
        query = query.where(or_(own, col(SandboxHappeningRow.code) == REFUSED))
    return tuple(session.exec(query.order_by(col(SandboxHappeningRow.sequence)).limit(limit)))
