"""Audit of what is held: every policy counts, and what is kept of it is what its moves say."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from kernel.errors import Fault
from underwriting.holdings.tables import AccumulationRow, RetentionRow
from underwriting.portfolio.keys import Dimension
from underwriting.tables import PolicyRow


def verify_holdings(session: Session) -> tuple[Fault, ...]:
    """Return a fault for each policy that counts under no obligor, or off its moves.

    A policy that was released keeps nothing; its rows still say what it counted for.
    """
    kept = (
        select(RetentionRow.policy_id, func.sum(RetentionRow.retained_minor).label("kept"))
        .group_by(col(RetentionRow.policy_id))
        .subquery()
    )
    query = (
        select(PolicyRow.id, AccumulationRow.retained_minor, kept.c.kept)
        .join(
            AccumulationRow,
            (col(AccumulationRow.policy_id) == PolicyRow.id)
            & (col(AccumulationRow.dimension) == Dimension.OBLIGOR.value),
            isouter=True,
        )
        .join(kept, kept.c.policy_id == PolicyRow.id, isouter=True)
        .order_by(col(PolicyRow.id))
    )
    return tuple(
        fault
        for id_, counted, moved in session.exec(query)
        if (fault := _fault(id_, counted, int(moved or 0)))
    )


def _fault(policy_id: str, counted: int | None, moved: int) -> Fault | None:
    place = f"accumulation.{policy_id}"
    if counted is None:
        return Fault(place, "counts under no obligor", "count it in: it uses up no limit now")
    if moved not in (counted, 0):
        words = f"counts as {counted} kept, and its moves come to {moved}"
        return Fault(place, words, "find the change that was not written")
    return None
