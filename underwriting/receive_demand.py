"""ACT: customs demands payment under a letter; it is examined at once, and its clocks start."""

from datetime import date

from sqlmodel import Session

from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting.guarantees import store
from underwriting.guarantees.account import (
    account_of,
    beyond_of,
    declared_of,
    demand_event,
    record,
    record_held,
)
from underwriting.guarantees.examined import examined
from underwriting.guarantees.owed import in_force_from
from underwriting.guarantees.record import become, told
from underwriting.guarantees.revived import check_demandable, revive
from underwriting.guarantees.stated import DemandStated
from underwriting.guarantees.tables import LetterDemandRow, LetterRow
from underwriting.letters import declared
from underwriting.letters.clocks import clocks
from underwriting.letters.demand_clock import DemandClock, provisional_days
from underwriting.letters.moves import State
from underwriting.letters.terms import LetterTerms
from underwriting.letters.usage import Use
from underwriting.reserve_tax import check_currency


def receive_demand(
    session: Session, letter_id: str, stated: DemandStated, *, desk: Desk
) -> LetterDemandRow:
    """Record a demand, whatever it is worth, with every discrepancy that the house sees.

    What is in order holds the reserve until it is answered. What asks for more than is open
    holds nothing: it is refused in time, or paid as far as it is open; nor does what came before
    the letter was in force, which is refused. The same number again
    gets the first answer. A letter that has expired is demanded again where the demand had come in
    time. Where the table of working days ends before, the days are provisional.

    Raises:
        NotFound: there is no such letter.
        Conflict: it was never in force, or came to its end before the demand; `demand-differs`.
        Invalid: another currency, a day that lies ahead, or one to extend to that does not.
    """
    row = store.letter(session, letter_id, lock=True)
    terms = store.terms_in_force(session, row)
    tax, surcharge = _amounts(row, stated)
    if stated.received_on > desk.on:
        raise invalid("received_on", f"{stated.received_on} lies ahead", f"until {desk.on}")
    if found := store.demand(session, row.id, stated.reference):
        _check_first(found, stated, tax, surcharge)
        return found
    check_demandable(session, row, stated.received_on, desk=desk)
    _check_extends(terms, stated.extend_to)
    clock = _clock(stated, terms, desk)
    demand = _row(row, stated, (tax, surcharge), clock, desk)
    if row.state == State.EXPIRED:
        revive(session, row, stated.received_on, desk=desk)
    grounds = examined(session, row, terms, stated, calendar=desk.calendar)
    demand.grounds = [one.json() for one in grounds]
    demand.held = _held(session, row, demand, stated.taxes, desk=desk)
    store.add(session, demand)
    if demand.held:
        become(session, row, State.DEMANDED, desk=desk)
    payload = {
        "reference": demand.reference,
        "declaration": demand.declaration,
        "tax_minor": tax,
        "surcharge_minor": surcharge,
        "refuse_by": demand.refuse_by.isoformat(),
        "pay_by": demand.pay_by.isoformat(),
        "grounds": [one.code for one in grounds],
        "provisional": [one.en for one in provisional_days(clock)],
    }
    told(session, row, "demanded", payload, desk=desk)
    return demand


def _amounts(row: LetterRow, stated: DemandStated) -> tuple[int, int]:
    tax = stated.tax.money("tax")
    late = stated.surcharge.money("surcharge") if stated.surcharge else None
    check_currency(row, tax.currency, "tax")
    if late:
        check_currency(row, late.currency, "surcharge")
    total = tax.minor + (late.minor if late else 0)
    if total == 0:
        raise invalid("tax", "is nothing", "give the tax or the surcharge that is demanded")
    return tax.minor, late.minor if late else 0


def _clock(stated: DemandStated, terms: LetterTerms, desk: Desk) -> DemandClock:
    clock = DemandClock.of(stated.received_on, terms.demands, desk.calendar)
    if stated.extend_to is None:
        return clock
    return clock.suspended(clocks()["extend_or_pay"].value, desk.calendar)


def _check_first(found: LetterDemandRow, stated: DemandStated, tax: int, surcharge: int) -> None:
    first = (found.declaration, found.district, found.tax_minor, found.surcharge_minor)
    if first != (stated.declaration, stated.district, tax, surcharge):
        words = f"demand {found.reference} is on record with other figures"
        fault = Fault("reference", words, "another demand has a number of its own")
        raise Conflict("demand-differs", fault)


def _check_extends(terms: LetterTerms, to: date | None) -> None:
    """Refuse a day that the letter reaches already: nothing could answer it."""
    if to is not None and to <= terms.claim_until:
        words = f"{to} is not after {terms.claim_until}, the last day of demand"
        cure = "give the later day that customs asks for, or leave it out: it is then paid"
        raise invalid("extend_to", words, cure)


def _row(
    row: LetterRow,
    stated: DemandStated,
    amounts: tuple[int, int],
    clock: DemandClock,
    desk: Desk,
) -> LetterDemandRow:
    return LetterDemandRow(
        id=new_id("dm"),
        created_at=desk.at,
        letter_id=row.id,
        reference=stated.reference,
        declaration=stated.declaration,
        district=stated.district,
        state="suspended" if clock.suspended_until else "received",
        held=False,
        currency=row.currency,
        tax_minor=amounts[0],
        surcharge_minor=amounts[1],
        papers=list(stated.papers),
        received_on=stated.received_on,
        refuse_by=clock.refuse_by,
        pay_by=clock.pay_by,
        extend_to=stated.extend_to,
        suspended_until=clock.suspended_until,
    )


def _held(
    session: Session,
    row: LetterRow,
    demand: LetterDemandRow,
    taxes: tuple[str, ...],
    *,
    desk: Desk,
) -> bool:
    """Hold what is demanded, where it is open; tell whether it is held."""
    event = demand_event(demand, Use.DEMAND, demand.received_on, taxes)
    kept = store.declaration(session, row.id, demand.declaration)
    account = account_of(row)
    if kept is None or demand.received_on < in_force_from(session, row):
        record(session, row, event, account, desk=desk)
        return False
    beyond = beyond_of(session, row, store.terms_in_force(session, row))
    asked = (demand.tax_minor, demand.surcharge_minor)
    try:
        held = declared.demand(account, declared_of(kept), *asked, beyond=beyond)
    except Conflict:  # it asks for more than is open; that is a ground to refuse it
        record(session, row, event, account, desk=desk)
        return False
    record_held(session, row, kept, event, held, desk=desk)
    return True
