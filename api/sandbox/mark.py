"""Whether a database is a sandbox: it is marked at its first start, and for ever."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from api.sandbox.store import THE_ONE, SandboxRow, days_ahead, mark_of
from kernel.clock import Clock, ShiftedClock
from kernel.db import books
from kernel.db.engine import read, transact
from kernel.errors import Fault, Unavailable
from kernel.settings import Settings
from underwriting import store


def house_clock(settings: Settings, engine: Engine, clock: Clock) -> Clock:
    """Return the clock of an installation; a sandbox gets its own and is marked at first.

    Raises:
        Unavailable: `sandbox-holds-business`: it is to be one and holds business that was done
            without; `is-a-sandbox`: it is one and is to be served as if it were not.
    """
    marked = read(engine, mark_of)
    if not settings.sandbox:
        if marked:
            fault = Fault("ZHIBAO_SANDBOX", "the database is a sandbox", "set ZHIBAO_SANDBOX=1")
            raise Unavailable("is-a-sandbox", fault)
        return clock
    if not marked:
        transact(engine, lambda session: mark(session, clock.now()))
    return ShiftedClock(clock, lambda: days_ahead(engine))


def mark(session: Session, at: datetime) -> SandboxRow:
    """Mark a database as a sandbox; a second time changes nothing.

    Raises:
        Unavailable: `sandbox-holds-business`.
    """
    if found := mark_of(session):
        return found
    if books.balances(session) or store.quotes(session, client_id=None, after=None, limit=1):
        cure = "give a sandbox a new database of its own, or leave ZHIBAO_SANDBOX out"
        fault = Fault("ZHIBAO_SANDBOX", "the database holds business already", cure)
        raise Unavailable("sandbox-holds-business", fault)
    row = store.add(session, SandboxRow(id=THE_ONE, created_at=at, stepped_at=at))
    subject = books.Subject("sandbox", row.id)
    books.note(session, subject, "marked", {}, actor="operator", at=at)
    return row
