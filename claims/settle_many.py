"""ACT: the accepted claims of a day are settled together, each as it would be alone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sqlmodel import Session

from claims.deciding.settled import settle_decided
from claims.settling.held import held
from claims.tables import SettlementRow
from kernel.db.gather import gathered
from kernel.desk import Desk
from kernel.errors import Refusal, invalid


def settle_many(
    session: Session, claim_ids: Sequence[str], *, desk: Desk
) -> tuple[SettlementRow, ...]:
    """Settle accepted claims in one transaction, in the order given: all of them or none.

    Each is settled by what those before it left of pools, years and policies, with calls, papers
    and events of its own, as `claims.settle.settle` does. What they need is read at once, and each
    table is written at once. Of several claims on one policy the first of each policy go first.

    Where several are settled, what is wrong with one names its place: `claim_ids.3.state`.

    Raises:
        Conflict: a claim is not accepted, or its waiting period still runs.
        Invalid: a fact that a scheme needs is not registered, or a claim is named twice.
        NotFound: there is no such claim.
        Unavailable: the working-day table ends before the calls fall due.
    """
    if len(set(claim_ids)) < len(claim_ids):
        raise invalid("claim_ids", "a claim is named twice", "name each claim once")
    done: dict[str, SettlementRow] = {}
    with gathered(session):
        for case, ahead in held(session, claim_ids):
            with _placed(claim_ids, case.claim.id):
                done[case.claim.id] = settle_decided(session, case, ahead, desk=desk)
    return tuple(done[id_] for id_ in claim_ids)


@contextmanager
def _placed(claim_ids: Sequence[str], id_: str) -> Iterator[None]:
    """Say in a refusal which of several claims it is about."""
    try:
        yield
    except Refusal as refused:
        if len(claim_ids) == 1:
            raise
        place = f"claim_ids.{claim_ids.index(id_)}"
        faults = (replace(fault, field=f"{place}.{fault.field}") for fault in refused.faults)
        raise type(refused)(refused.code, *faults) from refused
