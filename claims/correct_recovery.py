"""ACT: what was said of a recovery was wrong: it is put right, and all are given back again."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims import store
from claims.disposal.corrected import check_corrected, follow_corrected
from claims.disposal.held import check_value_day, locked, settled
from claims.replay import replay
from claims.rules.recovered import check_recovered
from claims.tables import RecoveryRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.money import Money
from underwriting import store as contracts


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right; None is as it was.

    Attributes:
        reason: why; it stays on record.
        gross: what was received.
        costs: necessary costs of getting it.
        value_date: the day it came in.
    """

    reason: str
    gross: Money | None = None
    costs: Money | None = None
    value_date: date | None = None


def correct_recovery(
    session: Session, recovery_id: str, correction: Correction, *, desk: Desk
) -> RecoveryRow:
    """Put a recovery right: its entry is reversed and entered anew, and those it moves.

    What was said before stays in its earlier editions.

    Raises:
        NotFound: there is no such recovery.
        Conflict: nothing is changed, the claim is closed, a pool must hand back what it has
            spent, or it is more than the price or deposit of its lot.
        Invalid: the value date lies ahead or before the insured event, a currency is another,
            costs are more than their bill or their cap, or an amount is above all that one
            recovery of the claim comes to.
    """
    case = locked(session, store.recovery(session, recovery_id).claim_id)
    row = store.recovery(session, recovery_id)
    settlement = settled(session, case)
    before = (row.gross_minor, row.costs_minor, row.value_date)
    gross = _minor("gross", correction.gross, row, row.gross_minor)
    costs = _minor("costs", correction.costs, row, row.costs_minor)
    day = correction.value_date or row.value_date
    check_value_day(case, day, desk)
    if (gross, costs, day) == before:
        fault = Fault("recovery", "says so already", "state what is to be changed")
        raise Conflict("nothing-corrected", fault)
    check_recovered(case.kind.code, case.contract.amount, {"gross": gross, "costs": costs})
    check_corrected(session, row, gross, costs)
    row.gross_minor, row.costs_minor, row.value_date = gross, costs, day
    contracts.add(session, row)
    replay(session, case, settlement, desk=desk, why=correction.reason)
    payload = {
        "recovery_id": row.id, "reason": correction.reason,
        "before": [before[0], before[1], before[2].isoformat()],
        "after": [gross, costs, day.isoformat()],
    }  # fmt: skip
    subject = books.Subject("claim", case.claim.id)
    books.note(session, subject, "recovery_corrected", payload, actor=desk.actor, at=desk.at)
    follow_corrected(session, row, desk=desk)
    return row


def _minor(field: str, money: Money | None, row: RecoveryRow, before: int) -> int:
    if money is None:
        return before
    if money.currency != row.currency or money.minor < 0:
        raise invalid(field, f"is no amount in {row.currency}", "give it in that")
    return money.minor
