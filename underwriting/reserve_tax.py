"""ACT: a declaration reserves its tax under a letter, or its tax was paid and is free again.

Each is done once for letter, declaration, event and reference: sent again, it gets the first
answer. The letter's row is held meanwhile, so that no two draws see the same room.
"""

from sqlmodel import Session

from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting.guarantees import store
from underwriting.guarantees.account import (
    Event,
    account_of,
    declared_of,
    earlier,
    record_held,
)
from underwriting.guarantees.record import become, told
from underwriting.guarantees.resting import check_bound
from underwriting.guarantees.stated import UseStated
from underwriting.guarantees.tables import LetterDeclarationRow, LetterRow, LetterUseRow
from underwriting.letters import declared
from underwriting.letters.guards import check_district, check_named, check_usable
from underwriting.letters.moves import Act, State, acts
from underwriting.letters.terms import LetterTerms
from underwriting.letters.usage import Use


def reserve_tax(session: Session, letter_id: str, stated: UseStated, *, desk: Desk) -> LetterUseRow:
    """Reserve the tax of a declaration; the goods may be released.

    Raises:
        NotFound: there is no such letter.
        Conflict: it is not in force, not usable on that day or in that district, or customs can
            demand no more; its policy is no longer bound; or `above-available`,
            `declared-already`, `event-differs`.
        Invalid: another currency, or a day that lies ahead.
    """
    row = store.letter(session, letter_id, lock=True)
    event = event_of(row, stated, Use.RESERVE, desk)
    if found := earlier(session, row, event):
        return found
    terms = store.terms_in_force(session, row)
    check_act(row, Act.RESERVE)
    check_bound(session, row)
    check_usable(terms, stated.on)
    _check_days(row, terms, stated, desk)
    check_district(terms, stated.district)
    check_named(terms, stated.declaration)
    _check_taxes(terms, stated)
    if store.declaration(session, row.id, stated.declaration):
        cure = "one declaration reserves once; amend the declaration, or give another number"
        fault = Fault("declaration", "has reserved under this letter already", cure)
        raise Conflict("declared-already", fault)
    held = declared.reserve(account_of(row), event.amount)
    kept = store.add(
        session,
        LetterDeclarationRow(
            id=new_id("ld"),
            created_at=desk.at,
            letter_id=row.id,
            number=stated.declaration,
            district=stated.district,
            declared_on=stated.on,
        ),
    )
    done = record_held(session, row, kept, event, held, desk=desk)
    if row.state != State.DEMANDED:
        become(session, row, State.IN_USE, desk=desk)
    told(session, row, "reserved", use_payload(done), desk=desk)
    return done


def release_tax(session: Session, letter_id: str, stated: UseStated, *, desk: Desk) -> LetterUseRow:
    """Free what a declaration reserved, since its tax was paid; restored where the letter is.

    Raises:
        As `reserve_tax`; Conflict `above-open` where more is paid than is open.
    """
    row = store.letter(session, letter_id, lock=True)
    event = event_of(row, stated, Use.RELEASE, desk)
    if found := earlier(session, row, event):
        return found
    check_act(row, Act.TAX_PAID)
    terms = store.terms_in_force(session, row)
    kept = declaration_of(session, row, stated.declaration)
    held = declared.release(
        account_of(row), declared_of(kept), event.amount, restored=terms.restored
    )
    done = record_held(session, row, kept, event, held, desk=desk)
    told(session, row, "tax_paid", use_payload(done), desk=desk)
    return done


def event_of(row: LetterRow, stated: UseStated, use: Use, desk: Desk) -> Event:
    """Return what is stated as an event.

    Raises:
        Invalid: another currency than the letter's, or a day that lies ahead.
    """
    money = stated.amount.money("amount")
    check_currency(row, money.currency, "amount")
    if stated.on > desk.on:
        raise invalid("on", f"{stated.on} lies ahead", f"name a day until {desk.on}")
    return Event(
        use=use,
        declaration=stated.declaration,
        reference=stated.reference,
        district=stated.district,
        taxes=stated.taxes,
        amount=money.minor,
        on=stated.on,
    )


def check_currency(row: LetterRow, currency: str, field: str) -> None:
    """Refuse an amount in another currency than the letter's."""
    if currency != row.currency:
        raise invalid(field, f"is in {currency}", f"give it in {row.currency}")


def check_act(row: LetterRow, act: Act) -> None:
    """Refuse an act that a letter in its state does not allow.

    Raises:
        Conflict: `letter-move-not-allowed`.
    """
    allowed = acts(row.state)
    if act not in allowed:
        may = ", ".join(allowed) or "nothing, it has ended"
        fault = Fault("state", f"a letter that is {row.state} allows no {act}", f"allowed: {may}")
        raise Conflict("letter-move-not-allowed", fault)


def declaration_of(session: Session, row: LetterRow, number: str) -> LetterDeclarationRow:
    """Return what a declaration holds.

    Raises:
        Conflict: `not-declared`: it has reserved nothing under the letter.
    """
    kept = store.declaration(session, row.id, number)
    if kept is None:
        fault = Fault("declaration", f"{number} has reserved nothing", "reserve for it first")
        raise Conflict("not-declared", fault)
    return kept


def use_payload(done: LetterUseRow) -> dict[str, object]:
    """Return an event of use as the trail keeps it."""
    return {
        "declaration": done.declaration,
        "reference": done.reference,
        "amount_minor": done.amount_minor,
        "surcharge_minor": done.surcharge_minor,
        "available_minor": done.limit_minor - done.reserved_minor - done.drawn_minor,
        "on": done.happened_on.isoformat(),
    }


def _check_days(row: LetterRow, terms: LetterTerms, stated: UseStated, desk: Desk) -> None:
    """Refuse a day before customs accepted the letter, and any once it can demand no more.

    The declarations that a letter names were there before it, and one that takes effect when it
    is issued covers from then on.
    """
    if desk.on > terms.claim_until:
        words = f"customs could demand until {terms.claim_until}"
        raise Conflict("not-usable", Fault("on", words, "use a letter that is in force"))
    named = stated.declaration in {one.number for one in terms.declarations}
    since = row.accepted_on
    assert since is not None, "what reserves was accepted"
    if stated.on < since and not named and terms.effective_on == "customs_acceptance":
        words = f"{stated.on} is before customs accepted the letter on {since}"
        raise Conflict("not-usable", Fault("on", words, f"name a day from {since}"))


def _check_taxes(terms: LetterTerms, stated: UseStated) -> None:
    foreign = [tax for tax in stated.taxes if tax not in terms.taxes]
    if foreign:
        words = f"{', '.join(foreign)} is not covered by the letter"
        cure = f"covered are {', '.join(terms.taxes)}"
        raise Conflict("tax-not-covered", Fault("taxes", words, cure))
