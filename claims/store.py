"""Every query of claims, as named functions of a session. Nothing here decides."""

from sqlmodel import Session, col, select

from claims.tables import CallRow, ClaimRow, RecoveryRow, SettlementRow, ShareRow
from underwriting.store import missing, page

__all__ = [  # what the floor above may name
    "CallRow",
    "ClaimRow",
    "RecoveryRow",
    "SettlementRow",
    "ShareRow",
]


def claim(session: Session, id_: str, *, lock: bool = False) -> ClaimRow:
    """Return a claim, held against other writers where `lock`."""
    row = session.get(ClaimRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("claim")
    return row


def claim_named(session: Session, name: str) -> ClaimRow:
    """Return a claim by its id or number.

    Raises:
        NotFound: there is none.
    """
    query = select(ClaimRow).where((ClaimRow.id == name) | (ClaimRow.number == name))
    row = session.exec(query).one_or_none()
    if row is None:
        raise missing("claim")
    return row


def claims(
    session: Session, *, client_id: str | None, after: str | None, limit: int
) -> list[ClaimRow]:
    """Return claims, newest first, of one bank or of all, after the claim `after`."""
    query = select(ClaimRow)
    if client_id is not None:
        query = query.where(ClaimRow.client_id == client_id)
    return page(session, query, ClaimRow, after=after, limit=limit)


def claim_on(session: Session, policy_id: str) -> tuple[ClaimRow, ...]:
    """Return the claims on a policy, oldest default first."""
    query = select(ClaimRow).where(ClaimRow.policy_id == policy_id)
    return tuple(session.exec(query.order_by(col(ClaimRow.default_date))))


def settlement_of(session: Session, claim_id: str) -> SettlementRow | None:
    """Return the settlement of a claim, if it is settled."""
    query = select(SettlementRow).where(SettlementRow.claim_id == claim_id)
    return session.exec(query).one_or_none()


def settlement(session: Session, id_: str) -> SettlementRow:
    """Return a settlement."""
    row = session.get(SettlementRow, id_)
    if row is None:
        raise missing("settlement")
    return row


def shares(session: Session, settlement_id: str) -> tuple[ShareRow, ...]:
    """Return what each party bears of a settlement, in the order of the scheme."""
    query = select(ShareRow).where(ShareRow.settlement_id == settlement_id)
    return tuple(session.exec(query.order_by(col(ShareRow.position))))


def calls(session: Session, settlement_id: str) -> tuple[CallRow, ...]:
    """Return the calls of a settlement by party."""
    query = select(CallRow).where(CallRow.settlement_id == settlement_id)
    return tuple(session.exec(query.order_by(col(CallRow.party))))


def call(session: Session, id_: str, *, lock: bool = False) -> CallRow:
    """Return a call."""
    row = session.get(CallRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("call")
    return row


def recoveries(session: Session, claim_id: str) -> tuple[RecoveryRow, ...]:
    """Return the recoveries of a claim in order."""
    query = select(RecoveryRow).where(RecoveryRow.claim_id == claim_id)
    return tuple(session.exec(query.order_by(col(RecoveryRow.sequence))))


def recovery(session: Session, id_: str) -> RecoveryRow:
    """Return a recovery."""
    row = session.get(RecoveryRow, id_)
    if row is None:
        raise missing("recovery")
    return row
