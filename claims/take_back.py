"""ACT: the insured pays back what it was paid too much."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.facts import Case, case_of
from claims.rules.bookings import taken_back_moves
from claims.tables import SettlementRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid
from kernel.journal import entry
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Repayment:
    """Money that the insured paid back.

    Attributes:
        reference: of its bank; one repayment each.
        amount: above zero.
        paid_on: value date.
    """

    reference: str
    amount: Money
    paid_on: date


def take_back(
    session: Session, claim_id: str, repayment: Repayment, *, desk: Desk
) -> SettlementRow:
    """Record a repayment on the newest settlement of a claim.

    Raises:
        Conflict: nothing is owed back, or the reference was given before.
        Invalid: the amount is not above zero, is more than is owed back or in another currency,
            or the day lies ahead or before the settlement.
    """
    case = case_of(session, claim_id, lock=True)
    row = case.standing
    if row is None or not row.overpaid_minor:
        fault = Fault("claim", "nothing was paid too much", "record a recovery instead")
        raise Conflict("nothing-overpaid", fault)
    _check(row, repayment, desk)
    key = f"taken_back:{claim_id}:{repayment.reference}"
    if books.posted(session, key):
        fault = Fault("reference", "this repayment is recorded", "give each its own reference")
        raise Conflict("repayment-twice", fault)
    minor, subject = repayment.amount.minor, books.Subject("claim", claim_id)
    moves = taken_back_moves(minor, case.sides)
    posting = entry(_memo(case), desk.on, row.currency, moves)
    books.post(session, posting, subject=subject, key=key, at=desk.at)
    row.taken_back_minor += minor
    session.add(row)
    payload = {
        "settlement_id": row.id,
        "reference": repayment.reference,
        "amount_minor": minor,
        "paid_on": repayment.paid_on.isoformat(),
    }
    books.note(session, subject, "taken_back", payload, actor=desk.actor, at=desk.at)
    return row


def _memo(case: Case) -> str:
    return f"repayment of what claim {case.claim.number} was paid too much"


def _check(row: SettlementRow, repayment: Repayment, desk: Desk) -> None:
    faults, amount = [], repayment.amount
    if amount.currency != row.currency:
        faults.append(
            Fault("amount.currency", f"the claim is in {row.currency}", "give it in that")
        )
    elif not 0 < amount.minor <= row.overpaid_minor:
        owed = Money(row.overpaid_minor, row.currency)
        cure = "record what was paid back of it; the rest belongs to the insured"
        faults.append(Fault("amount", f"is not above zero and within the {owed} owed back", cure))
    if not row.settled_on <= repayment.paid_on <= desk.on:
        cure = "give the value date"
        faults.append(Fault("paid_on", "is not between settlement and today", cure))
    if faults:
        raise Invalid("invalid", *faults)
