"""ACT: a payee is given what it is due of recoveries, or hands back what it had too much."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel import Session

from claims.disposal.account import Balance, balances
from claims.disposal.held import locked
from claims.disposal.store import payments
from claims.disposal.tables import RecoveryPaymentRow
from claims.facts import Case
from claims.rules.disposal.bookings import payment_moves
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
        way: `out`, it is given; `back`, it hands back.
        amount: above nought.
        paid_on: value date.
        reference: each payment of a claim has its own.
    """

    payee: str
    way: Literal["out", "back"]
    amount: Money
    paid_on: date
    reference: str


def pay_recovery(
    session: Session, claim_id: str, payment: Payment, *, desk: Desk
) -> RecoveryPaymentRow:
    """Record a payment, never more than is open.

    Raises:
        Conflict: the reference was given before, or more is paid than is open.
        Invalid: the payee is due nothing of this claim, the issuer is no payee, the day lies
            ahead or before the first settlement, or the currency is another.
    """
    case = locked(session, claim_id)
    if any(row.reference == payment.reference for row in payments(session, claim_id)):
        fault = Fault("reference", "this payment is recorded", "give each its own reference")
        raise Conflict("recovery-payment-twice", fault)
    balance = _balance(session, case, payment)
    _check(case, payment, balance, desk)
    minor = payment.amount.minor if payment.way == "out" else -payment.amount.minor
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
    books.note(session, subject, "recovery_paid", payload, actor=desk.actor, at=desk.at)
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
    if payment.amount.currency != case.claim.currency or payment.amount.minor <= 0:
        cure = "give an amount above nought in it"
        raise invalid("amount", f"the claim is in {case.claim.currency}", cure)
    if not case.claim.default_date <= payment.paid_on <= desk.on:
        raise invalid("paid_on", "is not between default and today", "give the value date")
    room = balance.to_give if payment.way == "out" else balance.to_hand_back
    if payment.amount.minor > room:
        open_ = Money(room, case.claim.currency)
        fault = Fault("amount", f"is more than the {open_} that is open", "pay what is open")
        raise Conflict("recovery-payment-over", fault)
