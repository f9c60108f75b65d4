"""Every query of a fought matter, as named functions of a session. Nothing here decides."""

from typing import Final, TypeVar

from sqlmodel import Session, col, select

from claims.counsel.tables import (
    ConsentAskedRow,
    CounselRow,
    JoinedDemandRow,
    ReservationRow,
    StageBudgetRow,
)
from underwriting.store import missing

__all__ = [  # what the floor above may name
    "ConsentAskedRow",
    "CounselRow",
    "JoinedDemandRow",
    "ReservationRow",
    "StageBudgetRow",
]

Asked = TypeVar("Asked", ConsentAskedRow, CounselRow, ReservationRow, StageBudgetRow)

_CALLED: Final[dict[type, str]] = {
    ConsentAskedRow: "settlement proposal",
    CounselRow: "counsel",
    ReservationRow: "reservation",
    StageBudgetRow: "budget",
}
"""Row -> what it is called where one is named that is not there."""


def counsel(session: Session, claim_id: str) -> tuple[CounselRow, ...]:
    """Return the counsel asked for on a claim, first to newest."""
    return _all(session, CounselRow, claim_id)


def budgets(session: Session, claim_id: str) -> tuple[StageBudgetRow, ...]:
    """Return the budgets asked for on a claim, first to newest."""
    return _all(session, StageBudgetRow, claim_id)


def reservations(session: Session, claim_id: str) -> tuple[ReservationRow, ...]:
    """Return the reservations of rights on a claim, first to newest."""
    return _all(session, ReservationRow, claim_id)


def consents(session: Session, claim_id: str) -> tuple[ConsentAskedRow, ...]:
    """Return the settlements that consent was asked for, first to newest."""
    return _all(session, ConsentAskedRow, claim_id)


def joined(session: Session, claim_id: str) -> tuple[JoinedDemandRow, ...]:
    """Return the later demands that were joined to a claim, by the day they were made."""
    query = select(JoinedDemandRow).where(JoinedDemandRow.claim_id == claim_id)
    order = (col(JoinedDemandRow.made_on), col(JoinedDemandRow.reference))
    return tuple(session.exec(query.order_by(*order)))


def one_of(
    session: Session,
    table: type[Asked],
    claim_id: str,
    sequence: int,
    *,
    field: str = "sequence",
) -> Asked:
    """Return one row of a claim by its number in it, held against other writers.

    Raises:
        NotFound: there is none; `field` is what gave the number.
    """
    query = select(table).where(table.claim_id == claim_id, table.sequence == sequence)
    row = session.exec(query.with_for_update()).one_or_none()
    if row is None:
        raise missing(_CALLED[table], field)
    return row


def _all(session: Session, table: type[Asked], claim_id: str) -> tuple[Asked, ...]:
    query = select(table).where(table.claim_id == claim_id)
    return tuple(session.exec(query.order_by(col(table.sequence))))
