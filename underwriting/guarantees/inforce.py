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
from underwriting.guarantees.record import become, registered
from underwriting.guarantees.register import AMENDED
from underwriting.guarantees.tables import LetterDemandRow, LetterRow, LetterVersionRow
from underwriting.letters.declared import answer
from underwriting.letters.demand_clock import DemandClock
from underwriting.letters.moves import State
from underwriting.letters.usage import Use, after

OPEN_DEMANDS = frozenset({"received", "suspended"})


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
    reached = (until, terms.claim_until)
    demands = store.demands(session, row.id)
    extended = [one for one in demands if _is_extended(one, reached, desk.on)]
    for demand in extended:
        _extended(session, row, demand, desk=desk)
    registered(session, row, row.edition, row.state, desk=desk)
    still_open = any(one.held and one.state in OPEN_DEMANDS for one in demands)
    if extended and row.state == State.DEMANDED and not still_open:
        become(session, row, State.IN_USE, desk=desk)


def clock_of(demand: LetterDemandRow) -> DemandClock:
    """Return the days of a demand."""
    return DemandClock(
        received=demand.received_on,
        refuse_by=demand.refuse_by,
        pay_by=demand.pay_by,
        suspended_until=demand.suspended_until,
    )


def _is_extended(demand: LetterDemandRow, reached: tuple[date, date], on: date) -> bool:
    """Say whether an edition that moves the last day of demand answers a demand."""
    before, after = reached
    if demand.state not in OPEN_DEMANDS or demand.extend_to is None:
        return False
    if not before < demand.extend_to <= after:
        return False
    try:
        clock_of(demand).check_extension(on)
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
