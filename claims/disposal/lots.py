"""Queries of disposals, their lots, and what happened to them. Nothing here decides."""

from sqlmodel import Session, col, select

from claims.disposal.tables import (
    DisposalAwardRow,
    DisposalBidRow,
    DisposalExpenseRow,
    DisposalListingRow,
    DisposalLotRow,
    DisposalProceedsRow,
    DisposalRow,
    DisposalValuationRow,
)
from claims.tables import RecoveryRow
from underwriting.store import missing

__all__ = [  # what the floor above may name
    "DisposalAwardRow",
    "DisposalBidRow",
    "DisposalExpenseRow",
    "DisposalListingRow",
    "DisposalLotRow",
    "DisposalProceedsRow",
    "DisposalRow",
    "DisposalValuationRow",
]


def disposal(session: Session, id_: str, *, lock: bool = False) -> DisposalRow:
    """Return a disposal."""
    row = session.get(DisposalRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("disposal")
    return row


def disposals(session: Session, claim_id: str) -> tuple[DisposalRow, ...]:
    """Return the disposals of a claim, oldest first."""
    query = select(DisposalRow).where(DisposalRow.claim_id == claim_id)
    return tuple(session.exec(query.order_by(col(DisposalRow.opened_on), col(DisposalRow.id))))


def lot(session: Session, id_: str, *, lock: bool = False) -> DisposalLotRow:
    """Return a lot."""
    row = session.get(DisposalLotRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("lot")
    return row


def lots(session: Session, disposal_id: str) -> tuple[DisposalLotRow, ...]:
    """Return the lots of a disposal in order."""
    query = select(DisposalLotRow).where(DisposalLotRow.disposal_id == disposal_id)
    return tuple(session.exec(query.order_by(col(DisposalLotRow.position))))


def valuations(session: Session, lot_id: str) -> tuple[DisposalValuationRow, ...]:
    """Return what a lot was valued at, the newest last."""
    query = select(DisposalValuationRow).where(DisposalValuationRow.lot_id == lot_id)
    return tuple(session.exec(query.order_by(col(DisposalValuationRow.sequence))))


def listings(session: Session, lot_id: str) -> tuple[DisposalListingRow, ...]:
    """Return how a lot was put up, the newest last."""
    query = select(DisposalListingRow).where(DisposalListingRow.lot_id == lot_id)
    return tuple(session.exec(query.order_by(col(DisposalListingRow.turn))))


def bids(session: Session, listing_id: str) -> tuple[DisposalBidRow, ...]:
    """Return the bids on a listing as they were recorded."""
    query = select(DisposalBidRow).where(DisposalBidRow.listing_id == listing_id)
    return tuple(session.exec(query.order_by(col(DisposalBidRow.sequence))))


def awards(session: Session, lot_id: str) -> tuple[DisposalAwardRow, ...]:
    """Return whom a lot was given to, the newest last."""
    query = select(DisposalAwardRow).where(DisposalAwardRow.lot_id == lot_id)
    return tuple(session.exec(query.order_by(col(DisposalAwardRow.sequence))))


def proceeds(
    session: Session, lot_id: str
) -> tuple[tuple[DisposalProceedsRow, RecoveryRow, DisposalAwardRow], ...]:
    """Return the money of a lot with the award it was paid for, by value date."""
    query = (
        select(DisposalProceedsRow, RecoveryRow, DisposalAwardRow)
        .join(RecoveryRow, col(RecoveryRow.id) == DisposalProceedsRow.recovery_id)
        .join(DisposalAwardRow, col(DisposalAwardRow.id) == DisposalProceedsRow.award_id)
        .where(DisposalAwardRow.lot_id == lot_id)
        .order_by(col(RecoveryRow.value_date), col(RecoveryRow.sequence))
    )
    return tuple((one, two, three) for one, two, three in session.exec(query))


def expenses(session: Session, disposal_id: str) -> tuple[DisposalExpenseRow, ...]:
    """Return what a disposal cost, by value date."""
    query = select(DisposalExpenseRow).where(DisposalExpenseRow.disposal_id == disposal_id)
    ordered = query.order_by(col(DisposalExpenseRow.value_date), col(DisposalExpenseRow.id))
    return tuple(session.exec(ordered))


def costs_now(session: Session, disposal_id: str) -> tuple[tuple[DisposalExpenseRow, int], ...]:
    """Return what a disposal cost with what counts of each as its recovery stands, minor units."""
    query = (
        select(DisposalExpenseRow, RecoveryRow)
        .join(RecoveryRow, col(RecoveryRow.id) == DisposalExpenseRow.recovery_id, isouter=True)
        .where(DisposalExpenseRow.disposal_id == disposal_id)
        .order_by(col(DisposalExpenseRow.value_date), col(DisposalExpenseRow.id))
    )
    return tuple((one, came.costs_minor if came else 0) for one, came in session.exec(query))
