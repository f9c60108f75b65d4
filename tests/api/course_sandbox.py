"""The test clock, asked once for each operation, in a house that is a sandbox for so long."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from callers import Counter

from api.sandbox.store import THE_ONE, SandboxRow, days_ahead, mark_of
from kernel.clock import ShiftedClock
from kernel.db.engine import transact


def walk_sandbox(counter: Counter) -> Any:
    """Put the clock forward by a day, and read where it stands; returns what happened."""
    bank = counter.caller["bank"]
    with _as_sandbox(counter):
        bank.post("/v1/test-clock/advance", {"days": 1})
        bank.get("/v1/test-clock")
        return bank.get("/v1/test-clock/happenings")


@contextmanager
def _as_sandbox(counter: Counter) -> Iterator[None]:
    """Have the house of the course be a sandbox, though it holds business, and undo it."""
    house, at = counter.app.state.house, counter.clock.now()
    clock = ShiftedClock(counter.clock, lambda: days_ahead(counter.engine))
    object.__setattr__(house.settings, "sandbox", True)
    object.__setattr__(house, "clock", clock)
    transact(counter.engine, lambda s: s.add(SandboxRow(id=THE_ONE, created_at=at, stepped_at=at)))
    yield
    transact(counter.engine, lambda session: session.delete(mark_of(session)))
    object.__setattr__(house.settings, "sandbox", False)
    object.__setattr__(house, "clock", counter.clock)
