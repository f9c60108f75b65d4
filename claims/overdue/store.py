"""Every query of overdue loans, as named functions of a session. Nothing here decides."""

from sqlmodel import Session, col, select

from claims.overdue.tables import DunningRow, OverdueRow, TranscriptRow
from underwriting.store import missing

__all__ = ["DunningRow", "OverdueRow", "TranscriptRow"]  # what the floor above may name


def overdue(session: Session, id_: str, *, lock: bool = False) -> OverdueRow:
    """Return an overdue case."""
    row = session.get(OverdueRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("overdue")
    return row


def overdues_of(session: Session, policy_id: str) -> tuple[OverdueRow, ...]:
    """Return the overdue cases of a policy, by their first day."""
    query = select(OverdueRow).where(OverdueRow.policy_id == policy_id)
    return tuple(session.exec(query.order_by(col(OverdueRow.since))))


def overdue_of_loan(session: Session, client_id: str, loan: str) -> tuple[OverdueRow, ...]:
    """Return the overdue cases of a loan under whatever policies, by their first day."""
    query = select(OverdueRow).where(OverdueRow.client_id == client_id, OverdueRow.loan == loan)
    return tuple(session.exec(query.order_by(col(OverdueRow.since))))


def overdue_of_claim(session: Session, claim_id: str) -> OverdueRow | None:
    """Return the overdue case that a claim came of, if it came of one."""
    query = select(OverdueRow).where(OverdueRow.claim_id == claim_id)
    return session.exec(query).one_or_none()


def letters(session: Session, overdue_id: str) -> tuple[DunningRow, ...]:
    """Return the letters of demand of a case, in order."""
    query = select(DunningRow).where(DunningRow.overdue_id == overdue_id)
    return tuple(session.exec(query.order_by(col(DunningRow.sequence))))


def letter(session: Session, overdue_id: str, sequence: int) -> DunningRow:
    """Return one letter of demand of a case by its number in it."""
    query = select(DunningRow).where(
        DunningRow.overdue_id == overdue_id, DunningRow.sequence == sequence
    )
    row = session.exec(query).one_or_none()
    if row is None:
        raise missing("letter of demand", "sequence")
    return row


def transcripts(session: Session, overdue_id: str) -> tuple[TranscriptRow, ...]:
    """Return the transcripts of a case, first to newest."""
    query = select(TranscriptRow).where(TranscriptRow.overdue_id == overdue_id)
    return tuple(session.exec(query.order_by(col(TranscriptRow.sequence))))


def newest_transcript(session: Session, overdue_id: str) -> TranscriptRow | None:
    """Return the transcript that counts; None where there is none."""
    query = select(TranscriptRow).where(TranscriptRow.overdue_id == overdue_id)
    query = query.order_by(col(TranscriptRow.sequence).desc()).limit(1)
    return session.exec(query).one_or_none()
