"""ACT: the accepted claims of a day are settled together, each as it would be alone."""

from collections.abc import Sequence

from sqlmodel import Session

from claims.deciding.settled import settle_decided
from claims.settling.held import held
from claims.tables import SettlementRow
from kernel.db.gather import gathered
from kernel.desk import Desk
from kernel.errors import invalid


def settle_many(
    session: Session, claim_ids: Sequence[str], *, desk: Desk
) -> tuple[SettlementRow, ...]:
    """Settle accepted claims in one transaction, in the order given: all of them or none.

    Each is settled by what those before it left of pools, years and policies, with calls, papers
    and events of its own, as `claims.settle.settle` does. What they need is read at once, and each
    table is written at once. Of several claims on one policy the first of each policy go first.

    Raises:
        Conflict: a claim is not accepted, or its waiting period still runs.
        Invalid: a fact that a scheme needs is not registered, or a claim is named twice.
        NotFound: there is no such claim.
        Unavailable: the working-day table ends before the calls fall due.
    """
    if len(set(claim_ids)) < len(claim_ids):
        raise invalid("claim_ids", "a claim is named twice", "name each claim once")
    with gathered(session):
        done = {
            case.claim.id: settle_decided(session, case, ahead, desk=desk)
            for case, ahead in held(session, claim_ids)
        }
    return tuple(done[id_] for id_ in claim_ids)
