"""ACT: a demand is paid, whole; the importer owes it back.

What is paid is a receivable against the policyholder from the first day: whether it is also a
loss under the policy, the claim on it says, with a clock of its own.
"""

from collections.abc import Sequence

from sqlmodel import Session

from documents.blocks import Label
from documents.forms.payment_advice import PaidLine
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.journal import entry
from kernel.money import Money
from underwriting.bookings import letter_payment_moves
from underwriting.guarantees import store
from underwriting.guarantees.account import account_of, beyond_of, declared_of
from underwriting.guarantees.answered import (
    check_open,
    demanded_of,
    is_late,
    notice_number,
    settle_demand,
    state_after,
)
from underwriting.guarantees.paper import Drawn, Sheet, check_same
from underwriting.guarantees.record import become, subject, told
from underwriting.guarantees.sheets import code_url, sheet
from underwriting.guarantees.tables import LetterDemandRow, LetterRow
from underwriting.letters.moves import State
from underwriting.letters.usage import Use
from underwriting.papers.letter_answers import payment_advice

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
) -> tuple[Sheet, ...]:
    """Return the advice of payment; `account` is where customs is paid.

    Raises:
        NotFound: there is no such letter or demand.
        Conflict: `demand-answered`, or `demand-not-payable`: it asks for more than is open.
    """
    row = store.letter(session, letter_id)
    demand = store.demand_named(session, row.id, reference)
    check_open(demand)
    _check_payable(demand)
    version = store.version(session, row.id, row.edition)
    terms, number = store.terms_of(version), notice_number(session, row, demand, "P")
    amounts = ((TAX, demand.tax_minor), (SURCHARGE, demand.surcharge_minor))
    form = payment_advice(
        terms,
        demanded_of(terms, demand),
        [
            PaidLine(what, demand.declaration, Money(minor, row.currency))
            for what, minor in amounts
            if minor
        ],
        number=number,
        on=desk.on,
        paid_before=Money(paid_under(session, row), row.currency),
        left=Money(_left(session, row, demand), row.currency),
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
) -> LetterDemandRow:
    """Pay a demand: books, order to the bank, advice; the limit is gone for good.

    Raises:
        As `payment_sheets`; Conflict `changed-meanwhile`.
    """
    row = store.letter(session, letter_id, lock=True)
    sheets = payment_sheets(session, row.id, reference, account, desk=desk, public_url=public_url)
    check_same(papers, sheets)
    demand = store.demand_named(session, row.id, reference)
    paid = demand.tax_minor + demand.surcharge_minor
    demand.state, demand.paid_minor = "paid", paid
    settle_demand(session, row, demand, Use.PAY, desk=desk)
    _book(session, row, demand, desk=desk)
    to = state_after(session, row, State.PAID)
    reason = f"demand {reference} paid"
    become(session, row, to, desk=desk, papers=papers, reason=reason)
    order = {"amount_minor": paid, "currency": row.currency, "to": account, "demand": reference}
    books.enqueue(session, subject(row), "payment_order", order, at=desk.at)
    late = is_late(demand, desk.on)
    payload = {"reference": reference, "paid_minor": paid, "late": late}
    told(session, row, "demand_paid", payload, desk=desk)
    return demand


def paid_under(session: Session, row: LetterRow) -> int:
    """Return what was paid under a letter in all, surcharge included, minor units."""
    return sum(one.paid_minor for one in store.demands(session, row.id))


def _check_payable(demand: LetterDemandRow) -> None:
    if not demand.held:
        words = f"demand {demand.reference} asks for more than is open under the letter"
        fault = Fault("reference", words, f"refuse it by {demand.refuse_by} with its grounds")
        raise Conflict("demand-not-payable", fault)


def _left(session: Session, row: LetterRow, demand: LetterDemandRow) -> int:
    """Return what can still be demanded in all once this is paid, minor units."""
    kept = store.declaration(session, row.id, demand.declaration)
    assert kept is not None, "what is held is of a declaration"
    account = account_of(row)
    beyond = beyond_of(session, row, store.terms_in_force(session, row)) or 0
    return account.limit - account.drawn - declared_of(kept).demanded + beyond


def _book(session: Session, row: LetterRow, demand: LetterDemandRow, *, desk: Desk) -> None:
    memo = f"demand {demand.reference} under letter {row.number}"
    posting = entry(memo, desk.on, row.currency, letter_payment_moves(demand.paid_minor))
    key = f"letter-payment:{demand.id}"
    books.post(session, posting, subject=subject(row), key=key, at=desk.at)
