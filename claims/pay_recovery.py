"""ACT: a payee is given what it is due of recoveries, or hands back what it had too much.

What it owes itself is set off first: nobody gets money of a loss that it has not paid its part of.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel import Session

from claims.calls.tables import CallRow
from claims.disposal.account import Balance, balances
from claims.disposal.held import check_value_day, locked
from claims.disposal.owed_first import of_balance, open_call, owed_by_debtor, owed_on_calls
from claims.disposal.store import payments
from claims.disposal.tables import RecoveryPaymentRow
from claims.facts import Case
from claims.pay_call import CallPayment, pay_call
from claims.rules.disposal.bookings import DEBTOR, payment_moves
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.journal import entry
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment of or to a payee.

    Attributes:
        payee: a party of the scheme, `bank`, or `policyholder` for what is over.
        way: `out`, it is given; `set_off`, its open call is met with it; `back`, it hands back.
        amount: above nought.
        paid_on: value date.
        reference: each payment of a claim has its own.
    """

    payee: str
    way: Literal["out", "set_off", "back"]
    amount: Money
    paid_on: date
    reference: str


def pay_recovery(
    session: Session, claim_id: str, payment: Payment, *, desk: Desk
) -> RecoveryPaymentRow:
    """Record a payment, never more than is open, and out no more than the payee does not owe.

    To set off is to pay out and to be paid on the call in one: under a lead the two meet in the
    till of the house; else the house pays the bank in the place of the party.

    Raises:
        Conflict: the reference was given before, more is paid than is open, the payee owes what
            it would be paid, or there is no open call to set off against.
        Invalid: the payee is due nothing of this claim, the issuer is no payee, the day lies
            ahead or before the insured event or the call, the amount is nought or the currency
            another.
    """
    case = locked(session, claim_id)
    if any(row.reference == payment.reference for row in payments(session, claim_id)):
        fault = Fault("reference", "this payment is recorded", "give each its own reference")
        raise Conflict("recovery-payment-twice", fault)
    balance = _balance(session, case, payment)
    _check(case, payment, balance, desk)
    if payment.way == "out":
        _check_owed(session, case, payment, balance)
    call = _call(session, case, payment) if payment.way == "set_off" else None
    row = _record(session, case, payment, desk=desk)
    if call is not None:
        met = CallPayment(payment.amount, payment.paid_on, payment.reference)
        pay_call(session, call.id, met, desk=desk)
    return row


def _record(session: Session, case: Case, payment: Payment, *, desk: Desk) -> RecoveryPaymentRow:
    claim_id = case.claim.id
    minor = -payment.amount.minor if payment.way == "back" else payment.amount.minor
    row = RecoveryPaymentRow(
        id=new_id("rp"), created_at=desk.at, claim_id=claim_id, payee=payment.payee,
        currency=case.claim.currency, amount_minor=minor, reference=payment.reference,
        paid_on=payment.paid_on, booked_on=desk.on,
    )  # fmt: skip
    session.add(row)
    session.flush()
    subject = books.Subject("claim", claim_id)
    memo = f"recoveries of claim {case.claim.number}: {payment.payee} {payment.way}"
    posting = entry(memo, desk.on, row.currency, payment_moves(payment.payee, minor))
    books.post(session, posting, subject=subject, key=f"recovery-payment:{row.id}", at=desk.at)
    payload = {"payee": payment.payee, "amount_minor": minor, "reference": payment.reference}
    kind = "recovery_set_off" if payment.way == "set_off" else "recovery_paid"
    books.note(session, subject, kind, payload, actor=desk.actor, at=desk.at)
    return row


def _check_owed(session: Session, case: Case, payment: Payment, balance: Balance) -> None:
    """Refuse to pay out what the payee owes itself.

    Raises:
        Conflict: `set-off-first`.
    """
    owed = owed_on_calls(session, case.claim.id).get(payment.payee, 0)
    owed = owed or owed_by_debtor(session, case, balance)
    free = of_balance(balance, owed).out
    if payment.amount.minor <= free:
        return
    sum_, most = Money(owed, case.claim.currency), Money(free, case.claim.currency)
    if payment.payee == DEBTOR:
        words = f"the policyholder owes {sum_} of what was paid for it under its letters"
        cure = (
            f"pay out {most} at most: have the {sum_} recorded as recoveries of the claims on its "
            "other demands first, and correct the recovery it is taken from"
        )
    else:
        words = f"{payment.payee} owes {sum_} of this claim itself"
        cure = (
            f'pay out {most} at most: set the rest off against its call with way "set_off", '
            "or record payment of the call first: POST /v1/calls/{id}/payment"
        )
    raise Conflict("set-off-first", Fault("amount", words, cure))


def _call(session: Session, case: Case, payment: Payment) -> CallRow:
    """Return the open call of a payee, of which as much as is set off is not disputed.

    Raises:
        Conflict: `nothing-to-set-off`.
        Invalid: the day lies before the call.
    """
    row = open_call(session, case.claim.id, payment.payee)
    room = row.open_minor - row.disputed_minor if row else 0
    if row is None or payment.amount.minor > room:
        words = f"{Money(room, case.claim.currency)} is called for, unpaid and not in dispute"
        cure = "set off no more than that; resolve a dispute first, and pay the rest out"
        raise Conflict("nothing-to-set-off", Fault("amount", words, cure))
    if payment.paid_on < row.raised_on:
        words = f"lies before the call of {row.raised_on}"
        raise invalid("paid_on", words, "give the day of the set-off")
    return row


def _balance(session: Session, case: Case, payment: Payment) -> Balance:
    """Return where the payee stands.

    Raises:
        Invalid: it is the issuer, whose part is its own already, or nothing concerns it.
    """
    if payment.payee == case.contract.issuer:
        cure = "its part is its income already: pay the other parties"
        raise invalid("payee", "is the issuer", cure)
    known = {one.payee: one for one in balances(session, case)}
    if payment.payee not in known:
        named = ", ".join(known) or "nobody"
        raise invalid("payee", "is due nothing of this claim", f"due is: {named}")
    return known[payment.payee]


def _check(case: Case, payment: Payment, balance: Balance, desk: Desk) -> None:
    if payment.amount.currency != case.claim.currency:
        words = f"the claim is in {case.claim.currency}"
        raise invalid("amount.currency", words, "give it in that")
    if payment.amount.minor <= 0:
        raise invalid("amount", "is not above nought", "give what was paid")
    check_value_day(case, payment.paid_on, desk, field="paid_on")
    room = balance.to_hand_back if payment.way == "back" else balance.to_give
    if payment.amount.minor > room:
        open_ = Money(room, case.claim.currency)
        fault = Fault("amount", f"is more than the {open_} that is open", "pay what is open")
        raise Conflict("recovery-payment-over", fault)
