"""ACT: one transaction is undone; both stay on record, and what followed is applied again."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.period import add_days
from underwriting.guarantees.resting import check_no_letter
from underwriting.history.done import NOTHING_OUTSIDE, Done, Outside, commit, foresee
from underwriting.history.on_the_day import check_gaps, return_terms_of
from underwriting.history.record import Draft
from underwriting.history.store import History, PolicyTransactionRow, history
from underwriting.rules.history import Kind, in_force


@dataclass(frozen=True, slots=True)
class Reversal:
    """A reversal as it is asked for.

    Attributes:
        transaction_id: what is undone.
        reason: why.
    """

    transaction_id: str
    reason: str


def reverse(
    session: Session,
    policy_id: str,
    asked: Reversal,
    *,
    desk: Desk,
    keep: bool = True,
    outside: Outside = NOTHING_OUTSIDE,
) -> Done:
    """Undo one transaction within its window; with `keep` false, only say what would come of it.

    Raises:
        NotFound: there is no such policy, or no such transaction of it.
        Conflict: it is undone already or undoes another; its window is over; something rests on
            it; a claim is open, or a letter under its issue; more was paid than would be insured.
    """
    found = history(session, policy_id, lock=keep)
    outside.check()
    row = found.row(asked.transaction_id)
    _check_stands(found, row)
    _check_window(found, row, desk)
    _check_rests(found, row)
    if row.kind == Kind.ISSUE:
        check_no_letter(session, policy_id)
    draft = Draft(
        kind=Kind.REVERSAL,
        effective_on=row.effective_on,
        reason=asked.reason,
        undoes=row.id,
    )
    step = foresee(found, draft, desk=desk)
    check_gaps((*found.past, step.transaction))
    if not keep:
        return Done(committed=False, policy=found.policy, step=step)
    return commit(session, found, draft, step, desk=desk)


def reversible_until(found: History, row: PolicyTransactionRow) -> date | None:
    """Return the last day on which a transaction can be undone; None: it never can."""
    if row.kind == Kind.REVERSAL:
        return None
    days = return_terms_of(found, row.effective_on)["reversal_days"][row.kind]
    return add_days(row.booked_on, days)


def _check_stands(found: History, row: PolicyTransactionRow) -> None:
    if row.kind == Kind.REVERSAL:
        cure = "do again what it has undone"
        raise Conflict("not-reversible", Fault("transaction", "is itself a reversal", cure))
    undone = {one.reverses_id for one in found.rows if one.kind == Kind.REVERSAL}
    counting = in_force(found.past)
    if not any(one.contract for one in counting):
        fault = Fault("policy", "is void: nothing of it counts", "quote a new policy")
        raise Conflict("void", fault)
    standing = {one.id for one in counting}
    stands = row.id in standing or (row.kind == Kind.REINSTATEMENT and row.id not in undone)
    if not stands:
        fault = Fault("transaction", "is undone already", "read the policy's transactions")
        raise Conflict("undone-already", fault)


def _check_window(found: History, row: PolicyTransactionRow, desk: Desk) -> None:
    latest = reversible_until(found, row)
    if latest is not None and desk.on > latest:
        fault = Fault("transaction", f"could be undone until {latest}", "change or cancel instead")
        raise Conflict("window-over", fault)


def _check_rests(found: History, row: PolicyTransactionRow) -> None:
    """Refuse to undo what opened a period while something done later rests on it."""
    if row.kind not in (Kind.ISSUE, Kind.RENEWAL):
        return
    later = [
        one
        for one in in_force(found.past)
        if one.effective_on >= row.effective_on and one.seq > row.seq
    ]
    if later:
        named = ", ".join(found.row(one.id).number for one in later)
        fault = Fault("transaction", f"is what {named} rests on", "undo that first")
        raise Conflict("rested-upon", fault)
    if row.kind == Kind.ISSUE and found.policy.paid_minor:
        fault = Fault("policy", "has paid for claims", "cancel it instead")
        raise Conflict("has-paid", fault)
