"""Queries of what passed to the insurer, and who was told."""

from sqlmodel import Session, col, select

from claims.disposal.tables import RecourseNoticeRow, SubrogationRow

__all__ = ["RecourseNoticeRow", "SubrogationRow"]  # what the floor above may name


def subrogation_of(session: Session, claim_id: str, *, lock: bool = False) -> SubrogationRow | None:
    """Return what passed to the insurer on a claim, if anything did."""
    query = select(SubrogationRow).where(SubrogationRow.claim_id == claim_id)
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def notices(session: Session, subrogation_id: str) -> tuple[RecourseNoticeRow, ...]:
    """Return who was told, in the order of the notices."""
    query = select(RecourseNoticeRow).where(RecourseNoticeRow.subrogation_id == subrogation_id)
    return tuple(session.exec(query.order_by(col(RecourseNoticeRow.position))))
