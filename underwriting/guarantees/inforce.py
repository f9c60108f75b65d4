"""An amended edition comes into force: account, days and register follow it."""

from sqlmodel import Session

from kernel.desk import Desk
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
from underwriting.letters.moves import State
from underwriting.letters.usage import Use, after

OPEN_DEMANDS = frozenset({"received", "suspended"})


def come_into_force(
    session: Session, row: LetterRow, version: LetterVersionRow, *, desk: Desk
) -> None:
    """Let an edition replace the one in force.

    Demands that asked to extend or pay, and that it reaches, are answered by it.

    Raises:
        Conflict: `below-taken`.
    """
    terms, before = store.terms_of(version), row.edition
    registered(session, row, before, AMENDED, desk=desk)
    row.edition = version.edition
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
        one
        for one in store.demands(session, row.id)
        if one.state in OPEN_DEMANDS and one.extend_to and one.extend_to <= terms.claim_until
    ]
    for demand in extended:
        _extended(session, row, demand, desk=desk)
    registered(session, row, row.edition, row.state, desk=desk)
    still_open = any(one.state in OPEN_DEMANDS for one in store.demands(session, row.id))
    if extended and row.state == State.DEMANDED and not still_open:
        become(session, row, State.IN_USE, desk=desk)


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
