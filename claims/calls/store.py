"""Every query of calls, as named functions of a session. Nothing here decides."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from claims.calls.moves import OPEN
from claims.calls.tables import CallAnswerRow, CallPaymentRow, CallRow, PoolFilingRow
from kernel.db.tables import DocumentRow
from underwriting.store import missing, page

__all__ = [  # what the floor above may name
    "CallAnswerRow",
    "CallPaymentRow",
    "CallRow",
    "PoolFilingRow",
]


def of_settlement(session: Session, settlement_id: str) -> tuple[CallRow, ...]:
    """Return the calls that stand on a settlement by party, refunds among them."""
    query = select(CallRow).where(CallRow.settlement_id == settlement_id)
    return tuple(session.exec(query.order_by(col(CallRow.party))))


def of_claim(session: Session, claim_id: str) -> tuple[CallRow, ...]:
    """Return every call of a claim in the order in which they were raised."""
    query = select(CallRow).where(CallRow.claim_id == claim_id)
    return tuple(session.exec(query.order_by(col(CallRow.sequence))))


def of_claims(session: Session, claim_ids: Sequence[str]) -> tuple[CallRow, ...]:
    """Return every call of some claims, those of each in the order in which they were raised."""
    query = select(CallRow).where(col(CallRow.claim_id).in_(claim_ids))
    return tuple(session.exec(query.order_by(col(CallRow.sequence))))


def unpaid(session: Session, claim_id: str) -> tuple[CallRow, ...]:
    """Return the calls and refunds of a claim on which money is awaited and not in default."""
    query = select(CallRow).where(CallRow.claim_id == claim_id, col(CallRow.state).in_(OPEN))
    return tuple(session.exec(query.order_by(col(CallRow.sequence))))


def calls(
    session: Session, *, party: str | None, state: str | None, after: str | None, limit: int
) -> list[CallRow]:
    """Return calls, newest first, on one party and in one state where these are given."""
    query = select(CallRow)
    if party is not None:
        query = query.where(CallRow.party == party)
    if state is not None:
        query = query.where(CallRow.state == state)
    return page(session, query, CallRow, after=after, limit=limit)


def call(session: Session, id_: str, *, lock: bool = False) -> CallRow:
    """Return a call."""
    row = session.get(CallRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("call")
    return row


def answers(session: Session, call_id: str) -> tuple[CallAnswerRow, ...]:
    """Return what was said on a call, in order."""
    query = select(CallAnswerRow).where(CallAnswerRow.call_id == call_id)
    return tuple(session.exec(query.order_by(col(CallAnswerRow.sequence))))


def payments(session: Session, call_id: str) -> tuple[CallPaymentRow, ...]:
    """Return the payments on a call by value date."""
    query = select(CallPaymentRow).where(CallPaymentRow.call_id == call_id)
    order = (col(CallPaymentRow.value_date), col(CallPaymentRow.created_at), col(CallPaymentRow.id))
    return tuple(session.exec(query.order_by(*order)))


def payment_with(session: Session, claim_id: str, reference: str) -> CallPaymentRow | None:
    """Return the payment of a claim under a reference, if there is one."""
    query = select(CallPaymentRow).where(
        CallPaymentRow.claim_id == claim_id, CallPaymentRow.reference == reference
    )
    return session.exec(query).one_or_none()


def filings(session: Session, claim_id: str) -> tuple[PoolFilingRow, ...]:
    """Return what waits, or waited, for the final loss of a claim, by party."""
    query = select(PoolFilingRow).where(PoolFilingRow.claim_id == claim_id)
    return tuple(session.exec(query.order_by(col(PoolFilingRow.party))))


def papers_on(session: Session, claim_id: str) -> tuple[tuple[str, str], ...]:
    """Return kind and number of each paper of a claim, oldest first."""
    return tuple((kind, number) for _, kind, number in papers_on_each(session, [claim_id]))


def papers_on_each(session: Session, claim_ids: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """Return claim, kind and number of each paper of some claims, oldest first."""
    query = (
        select(DocumentRow.subject_id, DocumentRow.kind, DocumentRow.number)
        .where(DocumentRow.subject_type == "claim", col(DocumentRow.subject_id).in_(claim_ids))
        .order_by(col(DocumentRow.created_at), col(DocumentRow.id))
    )
    return tuple((id_, kind, number) for id_, kind, number in session.exec(query))
