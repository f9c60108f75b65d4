"""Acts on policies as the house's faces ask for them: a checked form in, what was done out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlmodel import Session

from api.schemas.policy_life import (
    PolicyStateAnswer,
    TransactionAnswer,
    policy_state_answer,
    transaction_answer,
)
from claims import store as claims
from kernel.desk import Desk
from underwriting.cancel import cancel
from underwriting.endorse import change
from underwriting.history.done import Done, Outside
from underwriting.history.store import history
from underwriting.loan_events.store import loan_file, repaid_of
from underwriting.reinstate import reinstate
from underwriting.renew import renew
from underwriting.reverse import reverse, reversible_until
from underwriting.rules.history import Kind, in_force
from underwriting.rules.history_state import state_as_of
from underwriting.store import PolicyRow
from underwriting.watch.repaid import repaid_by_day

ACTS: Final[Mapping[Kind, Callable[..., Done]]] = {
    Kind.CHANGE: change,
    Kind.RENEWAL: renew,
    Kind.CANCELLATION: cancel,
    Kind.REINSTATEMENT: reinstate,
    Kind.REVERSAL: reverse,
}
_PRICED: Final = (Kind.CHANGE, Kind.RENEWAL)
_OVER: Final = ("closed", "denied")


def outside(session: Session, policy_id: str) -> Outside:
    """Return what claims and the loan's own record say of a policy."""
    rows = claims.claim_on(session, policy_id)
    open_ = tuple(row.number for row in rows if row.state not in _OVER)
    return Outside(open_, repaid_of(session, policy_id))


def act_on(
    session: Session,
    policy_id: str,
    kind: Kind,
    asked: Any,
    *,
    desk: Desk,
    keep: bool,
    counts: Path | None = None,
) -> Done:
    """Do an act on a policy; with `keep` false, only say what would come of it.

    `asked` is what the act takes; `counts` a file of the house's own counts, for new terms.

    Raises:
        As the act.
    """
    more: dict[str, Any] = {"counts": counts} if kind in _PRICED else {}
    if kind is not Kind.CHANGE:
        more["outside"] = outside(session, policy_id)
    return ACTS[kind](session, policy_id, asked, desk=desk, keep=keep, **more)


def state_of(
    session: Session, policy: PolicyRow, day: date, known: datetime | None
) -> PolicyStateAnswer:
    """Return how a policy stood on a day, with the loan's record as it was known then."""
    state = state_as_of(history(session, policy.id).past, day, known)
    repaid = repaid_by_day(loan_file(session, policy.id, known=known).events)
    return policy_state_answer(state, policy.currency, repaid)


def transactions_of(session: Session, policy_id: str) -> tuple[TransactionAnswer, ...]:
    """Return what was done with a policy, in the order in which it was done."""
    found = history(session, policy_id)
    counting = {one.id for one in in_force(found.past)}
    undone = {row.reverses_id for row in found.rows if row.reverses_id}
    return tuple(
        transaction_answer(
            row,
            counts=row.id in counting,
            until=None if row.id in undone else reversible_until(found, row),
        )
        for row in found.rows
    )
