"""ACT: what enforcement cost is recorded; what was necessary of it comes off recoveries."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.expense_caps import counts_now
from claims.disposal.held import locked
from claims.disposal.lot_file import minor_of, note, open_disposal_row
from claims.disposal.tables import DisposalExpenseRow, DisposalRow
from claims.recover import Receipts, recover
from claims.rules.disposal.costs import Allowed, spendings
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Expense:
    """What enforcement cost.

    Attributes:
        kind: code of `costs.toml`.
        reference: of the bill; each has its own within the claim.
        value_date: the day it was paid.
        amount: what was paid.
        lot_id: of which lot; None is of all of them.
    """

    kind: str
    reference: str
    value_date: date
    amount: Money
    lot_id: str | None = None


def note_expense(
    session: Session, disposal_id: str, expense: Expense, *, desk: Desk
) -> DisposalExpenseRow:
    """Record what enforcement cost; what was necessary comes off recoveries, in its place by day.

    Raises:
        Conflict: the reference was given before, or the disposal is closed.
        Invalid: the kind is not known, or its cap needs a figure that is not there.
    """
    locked(session, lots.disposal(session, disposal_id).claim_id)
    disposal = open_disposal_row(session, disposal_id)
    minor = minor_of(disposal, "amount", expense.amount)
    counts = _counts(session, disposal, expense, minor)
    row = DisposalExpenseRow(
        id=new_id("dx"), created_at=desk.at, disposal_id=disposal_id, lot_id=expense.lot_id,
        kind=expense.kind, reference=expense.reference, value_date=expense.value_date,
        asked_minor=minor, allowed_minor=counts.minor, why=counts.why,
        recovery_id=_take_off(session, disposal, expense, counts, desk=desk),
    )  # fmt: skip
    session.add(row)
    session.flush()
    payload = {"kind": row.kind, "asked_minor": minor, "allowed_minor": counts.minor}
    note(session, disposal, "disposal_expense", {**payload, "why": counts.why}, desk=desk)
    return row


def _counts(session: Session, disposal: DisposalRow, expense: Expense, minor: int) -> Allowed:
    """Return what of an expense was necessary, with those of its kind before it."""
    earlier = lots.costs_now(session, disposal.id)
    if any(one.reference == expense.reference for one, _ in earlier):
        fault = Fault("reference", "this expense is recorded", "give each its own reference")
        raise Conflict("expense-twice", fault)
    kind, lot_id = expense.kind, expense.lot_id
    return counts_now(session, disposal.id, minor, kind=kind, lot_id=lot_id, beside=earlier)


def _take_off(
    session: Session, disposal: DisposalRow, expense: Expense, counts: Allowed, *, desk: Desk
) -> str | None:
    """Record the necessary part as a recovery of nothing with costs; None where none is."""
    if counts.minor == 0:
        return None
    nil, cost = Money(0, disposal.currency), Money(counts.minor, disposal.currency)
    words, day = spendings()[expense.kind].words, expense.value_date
    receipts = Receipts(expense.reference, words, day, nil, cost, origin="disposal")
    return recover(session, disposal.claim_id, receipts, desk=desk).id
