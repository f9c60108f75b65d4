"""ACT: a cancelled policy is in force again, as if it had never ended; nobody knows of a loss."""

from dataclasses import dataclass

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.period import add_days
from underwriting.history.done import NOTHING_OUTSIDE, Done, Outside, commit, foresee
from underwriting.history.on_the_day import return_terms_of
from underwriting.history.record import Draft
from underwriting.history.store import History, history
from underwriting.rules.history import Kind, Transaction, in_force
from underwriting.rules.history_step import Statement


@dataclass(frozen=True, slots=True)
class Reinstatement:
    """A reinstatement as it is asked for.

    Attributes:
        reason: why.
        no_loss: who declares that nothing happened since cover ended, and where.
    """

    reason: str
    no_loss: Statement


def reinstate(
    session: Session,
    policy_id: str,
    asked: Reinstatement,
    *,
    desk: Desk,
    keep: bool = True,
    outside: Outside = NOTHING_OUTSIDE,
) -> Done:
    """Reinstate a cancelled policy without a gap; what was returned is charged again.

    With `keep` false, only say what would come of it.

    Raises:
        NotFound: there is no such policy.
        Invalid: the declaration is not of a day since the cancellation.
        Conflict: it is not cancelled, its window is over, or a claim is open.
    """
    found = history(session, policy_id, lock=keep)
    outside.check()
    ended = _cancellation(found)
    _check_window(found, ended, desk)
    _check_declared(asked.no_loss, ended, desk)
    draft = Draft(
        kind=Kind.REINSTATEMENT,
        effective_on=ended.effective_on,
        reason=asked.reason,
        undoes=ended.id,
        agreed={"no_loss": asked.no_loss.json()},
    )
    step = foresee(found, draft, desk=desk)
    if not keep:
        return Done(committed=False, policy=found.policy, step=step)
    return commit(session, found, draft, step, desk=desk)


def _cancellation(found: History) -> Transaction:
    for one in in_force(found.past):
        if one.kind is Kind.CANCELLATION:
            return one
    fault = Fault("policy", f"is {found.policy.state}", "only a cancelled policy is reinstated")
    raise Conflict("not-cancelled", fault)


def _check_window(found: History, ended: Transaction, desk: Desk) -> None:
    days = return_terms_of(found, ended.effective_on)["reinstatement_days"]
    latest = add_days(ended.effective_on, days)
    if desk.on > latest:
        fault = Fault("policy", f"could be reinstated until {latest}", "quote a new policy")
        raise Conflict("window-over", fault)


def _check_declared(said: Statement, ended: Transaction, desk: Desk) -> None:
    earliest = min(ended.effective_on, desk.on)
    if not earliest <= said.on <= desk.on:
        words = f"is of {said.on}, not between {earliest} and {desk.on}"
        raise invalid("no_loss.on", words, "have it declared anew")
