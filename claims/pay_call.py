"""ACT: a call is paid, in whole or in part, or a refund is paid back."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.calls import store
from claims.calls.bookings import paid_moves
from claims.calls.locked import call_locked
from claims.calls.moves import OPEN, State, Word
from claims.calls.paid import CALL
from claims.calls.speak import Said, speak
from claims.calls.tables import CallPaymentRow, CallRow
from claims.facts import Case
from claims.restore_party import restore_party
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid
from kernel.journal import entry
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class CallPayment:
    """Money that a party paid, or got back.

    Attributes:
        amount: not more than is open.
        value_date: the day it came in.
        reference: of the payer's bank; one payment each in a claim.
    """

    amount: Money
    value_date: date
    reference: str


def pay_call(session: Session, call_id: str, payment: CallPayment, *, desk: Desk) -> CallRow:
    """Take a payment in. A party that meets its arrears bears its share again.

    Raises:
        NotFound: there is no such call.
        Conflict: it is paid, superseded or withdrawn; the reference was given before; the claim
            of a party that meets its arrears is closed.
        Invalid: the amount is nil, more than is open or in another currency, or the value date
            is not between the call and today; all faults at once.
    """
    late = store.call(session, call_id).state == State.DEFAULTED
    case, row = call_locked(session, call_id, pools=late)
    check_payable(row)
    _check(session, row, payment, desk)
    held = row.state == State.DEFAULTED
    row.paid_minor += payment.amount.minor
    row.disputed_minor = min(row.disputed_minor, row.open_minor)
    _book(session, case, row, payment, held=held, desk=desk)
    if not row.open_minor:
        row.paid_on = max(one.value_date for one in store.payments(session, row.id))
    said = Said(Word.PAID, payment.amount.minor, words=payment.reference)
    speak(session, row, said, desk=desk, to=None if row.open_minor else State.PAID)
    session.add(row)
    if held and not row.open_minor:
        restore_party(session, case, row.party, desk=desk)
    return row


def check_payable(row: CallRow) -> None:
    """Refuse a payment on a call that awaits none.

    Raises:
        Conflict: it is paid, superseded or withdrawn.
    """
    if row.state in (State.PAID, State.RECEIPTED):
        fault = Fault("state", f"the call was paid on {row.paid_on}", "read the call")
        raise Conflict("call-paid", fault)
    if row.state not in (*OPEN, State.DEFAULTED):
        cure = "pay the call that stands on the newest settlement"
        raise Conflict("call-ended", Fault("state", f"the call is {row.state}", cure))


def _check(session: Session, row: CallRow, payment: CallPayment, desk: Desk) -> None:
    faults = []
    left = Money(row.open_minor, row.currency)
    if payment.amount.currency != row.currency:
        fault = Fault("amount.currency", f"the call is in {row.currency}", "pay it in that")
        faults.append(fault)
    elif not 0 < payment.amount.minor <= row.open_minor:
        faults.append(Fault("amount", "is nil or more than is open", f"{left} is open"))
    if not row.raised_on <= payment.value_date <= desk.on:
        problem = f"is not between the call of {row.raised_on} and today"
        faults.append(Fault("value_date", problem, "give the value date"))
    if faults:
        raise Invalid("invalid", *faults)
    if store.payment_with(session, row.claim_id, payment.reference):
        fault = Fault("reference", "was given for another payment", "give each its own")
        raise Conflict("payment-twice", fault)


def _book(
    session: Session, case: Case, row: CallRow, payment: CallPayment, *, held: bool, desk: Desk
) -> None:
    paid = write(
        session,
        CallPaymentRow(
            id=new_id("cp"),
            created_at=desk.at,
            call_id=row.id,
            claim_id=row.claim_id,
            party=row.party,
            reference=payment.reference,
            value_date=payment.value_date,
            currency=row.currency,
            amount_minor=payment.amount.minor,
            held=held,
        ),
    )
    minor = payment.amount.minor if row.direction == CALL else -payment.amount.minor
    moves = paid_moves(row.party, minor, lead=case.sides.lead, held=held)
    words = f"call on {row.party} paid" if row.direction == CALL else f"refund to {row.party} paid"
    posting = entry(words, desk.on, row.currency, moves)
    subject = books.Subject("claim", row.claim_id)
    books.post(session, posting, subject=subject, key=f"call:{row.id}:{paid.id}", at=desk.at)
