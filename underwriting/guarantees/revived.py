"""An expired letter is taken up again: a demand had come in time, and is only recorded now."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting.guarantees import store
from underwriting.guarantees.account import Event, account_of, declared_of, record_held
from underwriting.guarantees.record import become, told
from underwriting.guarantees.tables import LetterRow, LetterUseRow
from underwriting.letters import declared
from underwriting.letters.clocks import last_day_of_demand
from underwriting.letters.moves import IN_FORCE, State
from underwriting.letters.usage import Use


def check_demandable(session: Session, row: LetterRow, received: date, *, desk: Desk) -> None:
    """Let a demand be recorded under a letter in force, and under one that expired after it came.

    Raises:
        Conflict: `letter-not-in-force`.
    """
    if row.state in IN_FORCE:
        return
    words, cure = f"the letter is {row.state}", "nothing can be demanded under it"
    if row.state == State.EXPIRED:
        terms = store.terms_in_force(session, row)
        last = last_day_of_demand(terms.claim_until, desk.calendar)
        if received <= last:
            return
        words = f"the letter is expired: customs could demand until {last}"
    raise Conflict("letter-not-in-force", Fault("state", words, cure))


def revive(session: Session, row: LetterRow, received: date, *, desk: Desk) -> None:
    """Let an expired letter stand as it did when it expired, demanded: its reserves are back."""
    assert row.state == State.EXPIRED, "only what has expired is taken up again"
    reason = f"a demand came in time, on {received}"
    become(session, row, State.DEMANDED, desk=desk, reason=reason)
    for use in tuple(_fallen(session, row)):
        kept = store.declaration(session, row.id, use.declaration)
        assert kept is not None, "what fell away is of a declaration"
        event = Event(
            use=Use.REVIVE,
            declaration=use.declaration,
            reference=use.reference,
            district=use.district,
            taxes=(),
            amount=use.amount_minor,
            on=desk.on,
        )
        held = declared.revive(account_of(row), declared_of(kept), use.amount_minor)
        record_held(session, row, kept, event, held, desk=desk)
    told(session, row, "revived", {"received_on": received.isoformat()}, desk=desk)


def _fallen(session: Session, row: LetterRow) -> Iterator[LetterUseRow]:
    """Yield what fell away when the letter ended, and has not come back since."""
    uses = store.uses(session, row.id)
    back = {(one.declaration, one.reference) for one in uses if one.event == Use.REVIVE}
    for one in uses:
        if one.event == Use.EXPIRE and (one.declaration, one.reference) not in back:
            yield one
