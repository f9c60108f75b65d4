"""The account of a letter, and each event of use that moves it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting.guarantees import store
from underwriting.guarantees.tables import (
    LetterDeclarationRow,
    LetterDemandRow,
    LetterRow,
    LetterUseRow,
)
from underwriting.letters.declared import Declared, Held, beyond_left
from underwriting.letters.terms import LetterTerms
from underwriting.letters.usage import Account, Use

_FIELDS = ("reserved", "demanded", "added", "beyond", "released", "paid", "paid_beyond")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened, as it is recorded.

    Attributes:
        use: which kind of event.
        declaration: number of the declaration; empty for what concerns the whole letter.
        reference: tells several such events of a declaration apart.
        district: customs district.
        taxes: kinds of tax.
        amount: tax, minor units; the new limit where it is an amendment.
        surcharge: minor units.
        on: the day that counts.
    """

    use: Use
    declaration: str
    reference: str
    district: str
    taxes: tuple[str, ...]
    amount: int
    surcharge: int = 0
    on: date


def demand_event(demand: LetterDemandRow, use: Use, on: date, taxes: tuple[str, ...] = ()) -> Event:
    """Return what happened to a demand as an event of its declaration."""
    return Event(
        use=use,
        declaration=demand.declaration,
        reference=demand.reference,
        district=demand.district,
        taxes=taxes,
        amount=demand.tax_minor,
        surcharge=demand.surcharge_minor,
        on=on,
    )


def account_of(row: LetterRow) -> Account:
    """Return the account of a letter as it stands."""
    return Account(row.limit_minor, row.reserved_minor, row.drawn_minor, row.currency)


def declared_of(row: LetterDeclarationRow) -> Declared:
    """Return what a declaration holds."""
    held = {name: getattr(row, f"{name}_minor") for name in _FIELDS}
    return Declared(**held, refused=row.refused)


def paid_under(session: Session, row: LetterRow) -> int:
    """Return what was paid under a letter in all, surcharge beyond its amount included.

    In minor units: the sum of what was paid on its demands.
    """
    return sum(one.paid_minor for one in store.demands(session, row.id))


def beyond_of(session: Session, row: LetterRow, terms: LetterTerms) -> int | None:
    """Return what a letter still pays of surcharge beyond its amount; None where it is within."""
    limit = terms.surcharge.limit
    held = map(declared_of, store.declarations(session, row.id))
    return beyond_left(limit.minor if limit else None, held)


def earlier(session: Session, row: LetterRow, event: Event) -> LetterUseRow | None:
    """Return the same event where it is on record already.

    Raises:
        Conflict: `event-differs`, where it is on record with another figure, day or district.
    """
    found = store.use(session, row.id, event.declaration, event.use.value, event.reference)
    if found is None:
        return None
    first = (found.amount_minor, found.surcharge_minor, found.district, found.happened_on)
    if first != (event.amount, event.surcharge, event.district, event.on):
        fault = Fault(
            "reference",
            "this event is on record with another amount, district or day",
            "give another event a reference of its own",
        )
        raise Conflict("event-differs", fault)
    return found


def record(
    session: Session,
    row: LetterRow,
    event: Event,
    after: Account,
    *,
    desk: Desk,
) -> LetterUseRow:
    """Write an event and move the account to what it is after it."""
    before = account_of(row)
    row.limit_minor, row.reserved_minor, row.drawn_minor = after.limit, after.reserved, after.drawn
    session.add(row)
    return write(
        session,
        LetterUseRow(
            id=new_id("lu"),
            created_at=desk.at,
            letter_id=row.id,
            seq=store.last_use(session, row.id) + 1,
            declaration=event.declaration,
            event=event.use.value,
            reference=event.reference,
            district=event.district,
            taxes=list(event.taxes),
            amount_minor=event.amount,
            surcharge_minor=event.surcharge,
            reserved_change_minor=after.reserved - before.reserved,
            drawn_change_minor=after.drawn - before.drawn,
            limit_minor=after.limit,
            reserved_minor=after.reserved,
            drawn_minor=after.drawn,
            happened_on=event.on,
            actor=desk.actor,
        ),
    )


def record_held(
    session: Session,
    row: LetterRow,
    kept: LetterDeclarationRow,
    event: Event,
    held: Held,
    *,
    desk: Desk,
) -> LetterUseRow:
    """Write an event that moves the account and a declaration together."""
    after, declared = held
    for name in _FIELDS:
        setattr(kept, f"{name}_minor", getattr(declared, name))
    kept.refused = declared.refused
    session.add(kept)
    return record(session, row, event, after, desk=desk)
