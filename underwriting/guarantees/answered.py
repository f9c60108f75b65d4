"""The answer to a demand: what its notice says, and what it does to letter and declaration."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from documents.blocks import Label
from documents.forms.letter_refusal import Demanded
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.money import Money
from underwriting.guarantees import store
from underwriting.guarantees.account import (
    account_of,
    declared_of,
    demand_event,
    record,
    record_held,
)
from underwriting.guarantees.open_demands import any_held, is_open
from underwriting.guarantees.payable import Payable
from underwriting.guarantees.tables import LetterDemandRow, LetterRow
from underwriting.letters.declared import answer
from underwriting.letters.demand_clock import DemandClock
from underwriting.letters.moves import State
from underwriting.letters.terms import LetterTerms
from underwriting.letters.usage import Use


def check_open(demand: LetterDemandRow) -> None:
    """Refuse to answer a demand twice.

    Raises:
        Conflict: `demand-answered`.
    """
    if not is_open(demand):
        words = f"demand {demand.reference} is {demand.state}"
        fault = Fault("state", words, "a new demand has a number of its own")
        raise Conflict("demand-answered", fault)


def demanded_of(terms: LetterTerms, demand: LetterDemandRow, days: DemandClock) -> Demanded:
    """Return a demand as it is printed, with the days that are known today."""
    named = {one.code: Label(one.zh, one.en) for one in terms.beneficiaries}
    return Demanded(
        number=demand.reference,
        by=named.get(demand.district, Label(demand.district, demand.district)),
        declaration=demand.declaration,
        received_on=demand.received_on,
        amount=Money(demand.tax_minor + demand.surcharge_minor, demand.currency),
        due_on=days.pay_by,
    )


def settle_demand(
    session: Session, row: LetterRow, demand: LetterDemandRow, use: Use, *, desk: Desk
) -> None:
    """Write an answer that pays nothing into letter, declaration and demand."""
    assert use is not Use.PAY, "what is paid is settled by `settle_payment`"
    event = demand_event(demand, use, desk.on)
    kept = store.declaration(session, row.id, demand.declaration)
    if demand.held:
        assert kept is not None, "what is held is of a declaration"
        held = answer(account_of(row), declared_of(kept), use)
        record_held(session, row, kept, event, held, desk=desk)
    else:
        record(session, row, event, account_of(row), desk=desk)
    demand.answered_on = desk.on
    session.add(demand)


def settle_payment(
    session: Session, row: LetterRow, demand: LetterDemandRow, paid: Payable, *, desk: Desk
) -> None:
    """Write a payment into letter, declaration and demand; the event says what was paid."""
    event = demand_event(demand, Use.PAY, desk.on)
    event = replace(event, amount=paid.tax, surcharge=paid.surcharge)
    record_held(session, row, paid.kept, event, paid.held, desk=desk)
    demand.state, demand.paid_minor, demand.answered_on = "paid", paid.total, desk.on
    session.add(demand)


def state_after(session: Session, row: LetterRow, otherwise: State) -> State:
    """Return where a letter stands once a demand is answered: others may be open still."""
    return State.DEMANDED if any_held(session, row) else otherwise


def notice_number(session: Session, row: LetterRow, demand: LetterDemandRow, mark: str) -> str:
    """Return the number of a notice about a demand: letter, mark, place of the demand."""
    recorded = [one for one in store.uses(session, row.id) if one.event == Use.DEMAND]
    place = [one.reference for one in recorded].index(demand.reference) + 1
    return f"{row.number}-{mark}{place}"


def keep_days(demand: LetterDemandRow, days: DemandClock) -> None:
    """Write the days that a demand is answered by, where a later table has moved them."""
    demand.refuse_by, demand.pay_by = days.refuse_by, days.pay_by


def is_late(demand: LetterDemandRow, on: date) -> bool:
    """Say whether an answer of a day is late.

    It is after the last day of payment; and for a demand that asks for more than is open after
    the last day of refusal, because that is how it was to be answered.
    """
    return on > (demand.pay_by if demand.held else demand.refuse_by)
