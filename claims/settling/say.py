"""What the world is told of a settlement: its statement, payment orders, what is to come back."""

from datetime import date
from typing import Final

from sqlmodel import Session

from claims.calls.tables import CallRow
from claims.facts import Case, clock_file, day, payable_from
from claims.papers.statement import Settled, settlement_statement
from claims.rules.clocks import pay_by
from claims.rules.payout import INSURED
from claims.rules.purpose import ON_ACCOUNT
from claims.settling.stated import Settling, payout_of
from claims.tables import SettlementRow
from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk

_CASH: Final = "cash"


def say(
    session: Session,
    case: Case,
    settling: Settling,
    row: SettlementRow,
    calls: list[CallRow],
    *,
    desk: Desk,
    known: date | None = None,
) -> None:
    """File the statement and note the act; payment runs from `known` where it is given."""
    subject = books.Subject("claim", case.claim.id)
    settled = Settled(
        lines=settling.lines,
        split=settling.shared,
        now=settling.now,
        calls=[(call.party, call.amount_minor, call.due_on, call.clause) for call in calls],
        pay_by=_pay_by(case, known, desk),
        purpose=settling.purpose,
        paid=settling.paid,
        payout=settling.payout,
    )
    number = f"{case.claim.number}-S{row.sequence}"
    form = settlement_statement(case, settled, number=number, desk=desk)
    said = stated(form)
    books.file_form(
        session, subject, "settlement_statement", number=form.number, stated=said, at=desk.at
    )
    _note(session, settling, row, subject, desk=desk)


def _pay_by(case: Case, known: date | None, desk: Desk) -> date:
    """Return the last day of payment: by the days that the policy agrees, else the statute's.

    They run from `known` where it is given, else from the day the amount was agreed.
    """
    since = known or day(case.claim.file, "agreed_on") or desk.on
    return pay_by(since, payable_from(case), days=clock_file(case).pay_days)


def _note(
    session: Session, settling: Settling, row: SettlementRow, subject: books.Subject, *, desk: Desk
) -> None:
    kind = "paid_on_account" if settling.purpose in ON_ACCOUNT else "settled"
    payload = {
        "settlement_id": row.id,
        "purpose": row.purpose,
        "paid_to_bank_minor": row.paid_to_bank_minor,
        "paid_now_minor": sum(settling.now.values()),
        "overpaid_minor": row.overpaid_minor,
    }
    books.note(session, subject, kind, payload, actor=desk.actor, at=desk.at)


def order(session: Session, case: Case, settling: Settling, *, desk: Desk) -> None:
    """Order payments, unless a letter has met the demand already; ask back what is too much."""
    subject = books.Subject("claim", case.claim.id)
    named = {INSURED: case.bank}
    for payee, minor in settling.now.items() if case.kind.pays_from == _CASH else ():
        payment = {
            "amount_minor": minor,
            "currency": case.claim.currency,
            "to": named.get(payee) or case.claim.file.get("counterparty") or "第三人 third party",
            "payee": payee,
            "purpose": settling.purpose.value,
        }
        books.enqueue(session, subject, "payment_order", payment, at=desk.at)
    overpaid = settling.payout.overpaid
    if overpaid > payout_of(case.standing).overpaid:
        claim = {"amount_minor": overpaid, "currency": case.claim.currency, "from": case.bank}
        books.enqueue(session, subject, "pay_back", claim, at=desk.at)
