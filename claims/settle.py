"""ACT: the loss is shared under the policy's own scheme, the bank is paid, parties are called."""

from sqlmodel import Session

from claims.deciding.settled import check_waiting
from claims.settle_many import settle_many
from claims.tables import SettlementRow
from kernel.desk import Desk

__all__ = ["check_waiting", "settle"]


def settle(session: Session, claim_id: str, *, desk: Desk) -> SettlementRow:
    """Settle an accepted claim after its waiting period.

    What was paid on account, or by a settlement that was revised, is taken into the total.

    Raises:
        Conflict: the claim is not accepted, or the waiting period still runs.
        Invalid: a fact that the scheme needs is not registered.
        Unavailable: the working-day table ends before the calls fall due.
    """
    (row,) = settle_many(session, [claim_id], desk=desk)
    return row
