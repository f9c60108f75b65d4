"""Every query of the case room, as named functions of a session. Nothing here decides."""

from sqlmodel import Session, col, select

from claims.room.tables import (
    AppealOpinionRow,
    AppealRow,
    DissentRow,
    SeatRow,
    ShareSignatureRow,
)
from claims.tables import ClaimRow
from underwriting.store import PolicyRow, missing, page

__all__ = [  # what the floor above may name
    "AppealOpinionRow",
    "AppealRow",
    "DissentRow",
    "SeatRow",
    "ShareSignatureRow",
]


def seats(session: Session, *, party_id: str | None = None) -> tuple[SeatRow, ...]:
    """Return the seats of one party or of all, oldest first."""
    query = select(SeatRow).order_by(col(SeatRow.created_at), col(SeatRow.id))
    if party_id is not None:
        query = query.where(SeatRow.party_id == party_id)
    return tuple(session.exec(query))


def cases_of_schemes(
    session: Session, codes: frozenset[str], *, after: str | None, limit: int
) -> list[ClaimRow]:
    """Return claims under policies of these schemes, newest first, after the claim `after`."""
    query = (
        select(ClaimRow)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .where(col(PolicyRow.scheme_code).in_(sorted(codes)))
    )
    return page(session, query, ClaimRow, after=after, limit=limit)


def signatures(session: Session, claim_id: str) -> tuple[ShareSignatureRow, ...]:
    """Return the signatures on a claim's settlements, in the order in which they were given."""
    query = select(ShareSignatureRow).where(ShareSignatureRow.claim_id == claim_id)
    order = (col(ShareSignatureRow.created_at), col(ShareSignatureRow.party))
    return tuple(session.exec(query.order_by(*order)))


def dissents(session: Session, claim_id: str) -> tuple[DissentRow, ...]:
    """Return the dissent on a claim's settlements, in the order in which it was said."""
    query = select(DissentRow).where(DissentRow.claim_id == claim_id)
    return tuple(session.exec(query.order_by(col(DissentRow.created_at), col(DissentRow.id))))


def standing_dissents(session: Session, claim_id: str) -> tuple[DissentRow, ...]:
    """Return the dissent on a claim's settlements that stands, in the order in which it was said.

    A signature that its party gave afterwards takes its place; the dissent stays on record.
    """
    signed = select(ShareSignatureRow.created_at).where(
        ShareSignatureRow.settlement_id == DissentRow.settlement_id,
        ShareSignatureRow.party == DissentRow.party,
        col(ShareSignatureRow.created_at) >= col(DissentRow.created_at),
    )
    query = select(DissentRow).where(DissentRow.claim_id == claim_id, ~signed.exists())
    return tuple(session.exec(query.order_by(col(DissentRow.created_at), col(DissentRow.id))))


def appeals(session: Session, claim_id: str) -> tuple[AppealRow, ...]:
    """Return the appeals on a claim, first to newest."""
    query = select(AppealRow).where(AppealRow.claim_id == claim_id)
    return tuple(session.exec(query.order_by(col(AppealRow.sequence))))


def appeal(session: Session, id_: str, *, lock: bool = False) -> AppealRow:
    """Return an appeal."""
    row = session.get(AppealRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("appeal")
    return row


def opinions(session: Session, appeal_id: str) -> tuple[AppealOpinionRow, ...]:
    """Return what the members of the panel think of an appeal, in the order said."""
    query = select(AppealOpinionRow).where(AppealOpinionRow.appeal_id == appeal_id)
    order = (col(AppealOpinionRow.created_at), col(AppealOpinionRow.name))
    return tuple(session.exec(query.order_by(*order)))
