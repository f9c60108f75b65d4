"""An amended edition comes into force: account, days and register follow it."""

from datetime import date

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict
from underwriting.guarantees import store
from underwriting.guarantees.account import (
    Event,
    account_of,
    declared_of,
    demand_event,
    record,
    record_held,
)
from underwriting.guarantees.open_demands import any_held, days_of, open_demands
from underwriting.guarantees.record import become, registered
from underwriting.guarantees.register import AMENDED
from underwriting.guarantees.tables import LetterDemandRow, LetterRow, LetterVersionRow
from underwriting.letters.declared import answer
from underwriting.letters.moves import State
from underwriting.letters.terms import LetterTerms
from underwriting.letters.usage import Use, after


def come_into_force(
    session: Session, row: LetterRow, version: LetterVersionRow, *, desk: Desk
) -> None:
    """Let an edition replace the one in force.

    Demands that asked to extend or pay are answered by it, where it moves the last day of demand
    to theirs and is accepted while they are suspended. What comes too late answers nothing: such
    a demand is paid.

    Raises:
        Conflict: `below-taken`.
    """
    terms, before = store.terms_of(version), row.edition
    registered(session, row, before, AMENDED, desk=desk)
    row.edition, until = version.edition, row.claim_until
    row.usable_until, row.claim_until = terms.usable_until, terms.claim_until
    if terms.amount.minor != row.limit_minor:
        moved = after(account_of(row), Use.AMEND, terms.amount.minor, restored=terms.restored)
        event = Event(
            use=Use.AMEND,
            declaration="",
            reference=f"edition-{version.edition}",
            district="",
            taxes=(),
            amount=terms.amount.minor,
            on=desk.on,
        )
        record(session, row, event, moved, desk=desk)
    session.add(row)
    extended = [
        one for one in open_demands(session, row) if _is_extended(one, until, terms, desk=desk)
    ]
    for demand in extended:
        _extended(session, row, demand, desk=desk)
    registered(session, row, row.edition, row.state, desk=desk)
    if extended and row.state == State.DEMANDED and not any_held(session, row):
        become(session, row, State.IN_USE, desk=desk)


def _is_extended(demand: LetterDemandRow, before: date, terms: LetterTerms, *, desk: Desk) -> bool:
    """Say whether an edition that moves the last day of demand answers an open demand."""
    if demand.extend_to is None or not before < demand.extend_to <= terms.claim_until:
        return False
    try:
        days_of(demand, terms.demands, desk.calendar).check_extension(desk.on)
    except Conflict:
        return False
    return True


def _extended(session: Session, row: LetterRow, demand: LetterDemandRow, *, desk: Desk) -> None:
    """Let a demand rest, because the letter was extended in its place."""
    demand.state, demand.answered_on = "extended", desk.on
    session.add(demand)
    kept = store.declaration(session, row.id, demand.declaration)
    if not demand.held or kept is None:
        return
    event = demand_event(demand, Use.EXTEND, desk.on)
    held = answer(account_of(row), declared_of(kept), Use.EXTEND)
    record_held(session, row, kept, event, held, desk=desk)
