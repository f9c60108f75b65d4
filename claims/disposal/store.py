"""Queries of how recoveries were given back and handed over. Nothing here decides."""

from sqlmodel import Session, col, select

from claims.disposal.tables import (
    RecoveryOriginRow,
    RecoveryPaymentRow,
    RecoverySharingRow,
)
from claims.tables import RecoveryRow

__all__ = ["RecoveryPaymentRow", "RecoverySharingRow"]  # what the floor above may name


def editions(session: Session, recovery_id: str) -> tuple[RecoverySharingRow, ...]:
    """Return how a recovery was given back, the first edition first."""
    query = select(RecoverySharingRow).where(RecoverySharingRow.recovery_id == recovery_id)
    return tuple(session.exec(query.order_by(col(RecoverySharingRow.edition))))


def sharings(session: Session, claim_id: str) -> tuple[RecoverySharingRow, ...]:
    """Return every edition of every recovery of a claim, as they were booked."""
    query = (
        select(RecoverySharingRow)
        .join(RecoveryRow, col(RecoveryRow.id) == RecoverySharingRow.recovery_id)
        .where(RecoveryRow.claim_id == claim_id)
        .order_by(col(RecoveryRow.sequence), col(RecoverySharingRow.edition))
    )
    return tuple(session.exec(query))


def standing(session: Session, claim_id: str) -> dict[str, RecoverySharingRow]:
    """Return recovery id -> its newest edition, for every recovery that has one."""
    return {row.recovery_id: row for row in sharings(session, claim_id)}


def payments(session: Session, claim_id: str) -> tuple[RecoveryPaymentRow, ...]:
    """Return what payees of a claim were given or handed back, by day."""
    query = select(RecoveryPaymentRow).where(RecoveryPaymentRow.claim_id == claim_id)
    return tuple(
        session.exec(query.order_by(col(RecoveryPaymentRow.booked_on), col(RecoveryPaymentRow.id)))
    )


def origin(session: Session, recovery_id: str) -> str | None:
    """Return the code of where a recovery came from; None where nobody stated it."""
    query = select(RecoveryOriginRow).where(RecoveryOriginRow.recovery_id == recovery_id)
    row = session.exec(query).one_or_none()
    return row.origin if row else None
