"""A paid demand read back from the letter: what was paid, its facts, the papers that came with it.

asked_of(session, demand) -> line -> minor units
demand_facts(session, letter, demand) -> the record of the claim's file
papers_in(letter, demand, asked) -> codes of papers
duties(session, claim_id, on) -> what the insurer owed customs, and by when
"""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from claims import store as claims
from claims.rules.demand_duties import demand_duties
from claims.rules.duty import Duty
from kernel.money import format_minor
from underwriting.guarantees import store
from underwriting.guarantees.store import LetterDemandRow, LetterRow, LetterUseRow
from underwriting.letters.usage import Use
from underwriting.products.customs_guarantee import PRODUCT
from underwriting.products.customs_guarantee.clock import due

Facts = dict[str, str | bool]

_OF_LETTER = "guarantee_record"


def asked_of(session: Session, demand: LetterDemandRow) -> dict[str, int]:
    """Return what was paid on a demand, tax and surcharge apart; a line of nought is left out."""
    payment = _payment(session, demand)
    parts = {"tax": payment.amount_minor, "surcharge": payment.surcharge_minor}
    assert sum(parts.values()) == demand.paid_minor, "the event of use says what was paid"
    return {line: minor for line, minor in parts.items() if minor}


def demand_facts(session: Session, letter: LetterRow, demand: LetterDemandRow) -> Facts:
    """Return the facts of a paid demand as the test of cover and the kind of claim read them.

    `amount` is what was paid out of the limit, and `available` the limit that no other open tax
    had taken then. `due_on` is the earliest day on which the tax can have been due, so that no
    surcharge is held too high by it. The purpose is stated where the letter has one alone.
    """
    payment, currency = _payment(session, demand), demand.currency
    free = payment.limit_minor - payment.reserved_minor - payment.drawn_minor
    drawn = payment.drawn_change_minor
    assert demand.answered_on is not None, "a paid demand was answered"
    facts: Facts = {
        "letter": letter.number,
        "reference": demand.reference,
        "declaration": demand.declaration,
        "written": bool(demand.papers),
        "district": demand.district,
        "amount": format_minor(drawn, currency),
        "available": format_minor(free + drawn, currency),
        "paid_on": demand.answered_on.isoformat(),
        "received_on": demand.received_on.isoformat(),
        "refuse_by": demand.refuse_by.isoformat(),
        "pay_by": demand.pay_by.isoformat(),
    }
    purposes = store.terms_in_force(session, letter).purposes
    if len(purposes) == 1:
        facts["purpose"] = str(purposes[0])
    return facts | _declared(session, letter, demand)


def papers_in(
    letter: LetterRow, demand: LetterDemandRow, asked: Mapping[str, str]
) -> tuple[str, ...]:
    """Return which papers of the policy are here: presented with the demand, or of the letter."""
    came = {
        code
        for code, name in asked.items()
        if any(name == paper or name.startswith(f"{paper} ") for paper in demand.papers)
    }
    if letter.record_no and _OF_LETTER in asked:
        came.add(_OF_LETTER)
    return tuple(code for code in asked if code in came)


def duties(session: Session, claim_id: str, on: date) -> tuple[Duty, ...]:  # noqa: ARG001 - every part is asked the same
    """Return the duties of a demand of customs; none on a claim of another kind."""
    return demand_duties(claims.claim(session, claim_id).file)


def _payment(session: Session, demand: LetterDemandRow) -> LetterUseRow:
    named = (demand.letter_id, demand.declaration, Use.PAY.value, demand.reference)
    row = store.use(session, *named)
    assert row is not None, "a payment is on record as an event of use"
    return row


def _declared(session: Session, letter: LetterRow, demand: LetterDemandRow) -> Facts:
    row = store.declaration(session, letter.id, demand.declaration)
    if row is None:
        return {}
    regime = str(store.terms_in_force(session, letter).regime)
    day = due(PRODUCT.terms, regime, row.declared_on)
    return {"arose_on": row.declared_on.isoformat(), "due_on": day.isoformat()}
