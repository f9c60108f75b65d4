"""A paid demand read back from the letter: what was paid, its facts, the papers that came with it.

asked_of(session, demand) -> line -> minor units
demand_facts(session, letter, demand) -> the record of the claim's file
papers_in(letter, demand, asked) -> codes of papers
paid_on_demand(session, file) -> what was paid on the demand of a claim
beyond_cover(session, claim, settlement) -> what of it the settlement does not meet
owed_under_letters(session, contract) -> what an importer owes of all that was paid for it
duties(session, claim_id, on) -> what the insurer owed customs, and by when
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from claims import store as claims
from claims.rules.demand_duties import demand_duties
from claims.rules.duty import Duty
from claims.rules.kinds.customs import DEMAND
from claims.tables import ClaimRow, SettlementRow
from kernel.errors import NotFound
from kernel.money import format_minor
from underwriting.guarantees import store
from underwriting.guarantees.store import LetterDemandRow, LetterRow, LetterUseRow
from underwriting.letters.usage import Use
from underwriting.products.customs_guarantee import PRODUCT
from underwriting.products.customs_guarantee.clock import due
from underwriting.rules.contract import Contract

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


def paid_on_demand(session: Session, file: Mapping[str, Any]) -> int:
    """Return what was paid on the demand that a claim's file names, minor units.

    Nought where the demand was not made under a letter of this house.
    """
    named = file.get(DEMAND) or {}
    try:
        letter = store.letter_named(session, str(named.get("letter") or ""))
    except NotFound:  # claimed by a notice that states no letter of this house
        return 0
    row = store.demand(session, letter.id, str(named.get("reference") or ""))
    return row.paid_minor if row else 0


def beyond_cover(session: Session, claim: ClaimRow, settlement: SettlementRow) -> int:
    """Return what of a payment under a letter its settlement does not meet, minor units.

    The importer owes it to who paid (Civil Code, art. 700).
    """
    return max(0, paid_on_demand(session, claim.file) - settlement.paid_out_minor)


def owed_under_letters(session: Session, contract: Contract) -> int:
    """Return what a policyholder owes of all that was paid for it under letters, minor units.

    It owes the whole of every demand that was paid, covered or not (Civil Code, art. 700), less
    what came back on its claim. Letters in the currency of `contract` count.
    """
    owed, who = 0, (contract.policyholder, contract.policyholder_id)
    for letter, policy in store.letters_with_policies(session, contract.currency):
        if (policy.contract["policyholder"], policy.contract["policyholder_id"]) != who:
            continue
        owed += sum(one.paid_minor for one in store.demands(session, letter.id))
        owed -= _came_back(session, policy.id, letter.number)
    return owed


def _came_back(session: Session, policy_id: str, letter: str) -> int:
    """Return what came back on the claims on demands under one letter, minor units."""
    return sum(
        sum(recovery.parts.values())
        for claim in claims.claim_on(session, policy_id)
        if (claim.file.get(DEMAND) or {}).get("letter") == letter
        for recovery in claims.recoveries(session, claim.id)
    )


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
