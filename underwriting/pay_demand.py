"""ACT: a demand is paid, whole or as far as it is open; the importer owes it back.

Another person than recorded it pays it, and says why where it could be refused. What is paid is
a receivable against the policyholder from the first day: whether it is also a loss under the
policy, the claim on it says, with a clock of its own.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from documents.blocks import Label
from documents.forms.payment_advice import PaidLine
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, NotPermitted
from kernel.journal import entry
from kernel.money import Money
from underwriting.approve_letter import need_of
from underwriting.bookings import letter_payment_moves
from underwriting.guarantees import store
from underwriting.guarantees.account import paid_under
from underwriting.guarantees.answered import (
    check_open,
    demanded_of,
    is_late,
    keep_days,
    notice_number,
    settle_payment,
    state_after,
)
from underwriting.guarantees.open_demands import days_of
from underwriting.guarantees.paper import Drawn, Sheet, check_same
from underwriting.guarantees.payable import Payable, payable_of
from underwriting.guarantees.record import become, subject, told
from underwriting.guarantees.sheets import code_url, sheet
from underwriting.guarantees.tables import LetterDemandRow, LetterRow
from underwriting.letters.moves import State
from underwriting.letters.usage import Use
from underwriting.papers.letter_answers import payment_advice
from underwriting.rules.need import check_level

TAX = Label("税款", "Tax")
SURCHARGE = Label("滞纳金", "Late surcharge")


def payment_sheets(
    session: Session,
    letter_id: str,
    reference: str,
    account: str,
    *,
    desk: Desk,
    public_url: str,
    waiver: str | None = None,
) -> tuple[Sheet, ...]:
    """Return the advice of payment; `account` is where customs is paid.

    `waiver` says why a demand is paid that could be refused.

    Raises:
        NotFound: there is no such letter or demand.
        NotPermitted: `own-demand` or `above-authority`.
        Conflict: `demand-answered`; `demand-not-payable`, where nothing is open to it;
            `demand-open`, where another demand holds the declaration; or `grounds-open`, where
            it could be refused and nobody says why it is not.
    """
    row = store.letter(session, letter_id)
    demand = store.demand_named(session, row.id, reference)
    paid = _allowed(session, row, demand, waiver, desk=desk)
    version = store.version(session, row.id, row.edition)
    terms, number = store.terms_of(version), notice_number(session, row, demand, "P")
    amounts = ((TAX, paid.tax), (SURCHARGE, paid.surcharge))
    form = payment_advice(
        terms,
        demanded_of(terms, demand, days_of(demand, terms.demands, desk.calendar)),
        [
            PaidLine(what, demand.declaration, Money(minor, row.currency))
            for what, minor in amounts
            if minor
        ],
        number=number,
        on=desk.on,
        paid_before=Money(paid_under(session, row), row.currency),
        left=Money(paid.left, row.currency),
        account=account,
        code_url=code_url(public_url, version),
        content_hash=version.content_hash,
    )
    return (sheet(form, terms, number),)


def pay_demand(
    session: Session,
    letter_id: str,
    reference: str,
    account: str,
    papers: Sequence[Drawn],
    *,
    desk: Desk,
    public_url: str,
    waiver: str | None = None,
) -> LetterDemandRow:
    """Pay a demand: books, order to the bank, advice; the limit is gone for good.

    One that asks for more than is open is paid as far as it is open on the day.

    Raises:
        As `payment_sheets`; Conflict `changed-meanwhile`.
    """
    row = store.letter(session, letter_id, lock=True)
    sheets = payment_sheets(
        session, row.id, reference, account, desk=desk, public_url=public_url, waiver=waiver
    )
    check_same(papers, sheets)
    demand = store.demand_named(session, row.id, reference)
    paid = _allowed(session, row, demand, waiver, desk=desk)
    terms = store.terms_in_force(session, row)
    keep_days(demand, days_of(demand, terms.demands, desk.calendar))
    settle_payment(session, row, demand, paid, desk=desk)
    _book(session, row, demand, desk=desk)
    to = state_after(session, row, State.PAID)
    reason = f"demand {reference} paid"
    if row.state != State.DEMANDED:  # it held nothing until now
        become(session, row, State.DEMANDED, desk=desk)
    become(session, row, to, desk=desk, papers=papers, reason=reason)
    minor = demand.paid_minor
    order = {"amount_minor": minor, "currency": row.currency, "to": account, "demand": reference}
    books.enqueue(session, subject(row), "payment_order", order, at=desk.at)
    payload = {
        "reference": reference,
        "asked_minor": demand.tax_minor + demand.surcharge_minor,
        "paid_minor": minor,
        "late": is_late(demand, desk.on),
        "waiver": waiver,
    }
    told(session, row, "demand_paid", payload, desk=desk)
    return demand


def _allowed(
    session: Session,
    row: LetterRow,
    demand: LetterDemandRow,
    waiver: str | None,
    *,
    desk: Desk,
) -> Payable:
    """Return what is paid, if who sits at the desk may pay it."""
    check_open(demand)
    _check_second(session, demand, desk)
    paid = payable_of(session, row, demand)
    if paid is None:
        words = f"nothing is open to demand {demand.reference} under the letter"
        fault = Fault("reference", words, "refuse it with its grounds")
        raise Conflict("demand-not-payable", fault)
    terms = store.terms_in_force(session, row)
    amount = Money(paid.total, row.currency)
    check_level(desk.authority, need_of(session, row, replace(terms, amount=amount)))
    _check_waived(demand, waiver)
    return paid


def _check_second(session: Session, demand: LetterDemandRow, desk: Desk) -> None:
    """Refuse that who recorded a demand pays it: four eyes."""
    named = (demand.letter_id, demand.declaration, Use.DEMAND.value, demand.reference)
    recorded = store.use(session, *named)
    assert recorded is not None, "a demand is on record as an event of use"
    if desk.is_of(recorded.actor):
        fault = Fault("actor", "you recorded this demand yourself", "let a second person pay it")
        raise NotPermitted("own-demand", fault)


def _check_waived(demand: LetterDemandRow, waiver: str | None) -> None:
    """Refuse to pay what could be refused, unless somebody says why."""
    if demand.grounds and waiver is None:
        cure = "refuse the demand, or give a `waiver`: why it is paid all the same"
        faults = [Fault(f"grounds.{one['code']}", one["words"], cure) for one in demand.grounds]
        raise Conflict("grounds-open", *faults)


def _book(session: Session, row: LetterRow, demand: LetterDemandRow, *, desk: Desk) -> None:
    memo = f"demand {demand.reference} under letter {row.number}"
    posting = entry(memo, desk.on, row.currency, letter_payment_moves(demand.paid_minor))
    key = f"letter-payment:{demand.id}"
    books.post(session, posting, subject=subject(row), key=key, at=desk.at)
