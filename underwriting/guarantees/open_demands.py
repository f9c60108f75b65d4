"""Demands that nobody has answered, and the days that are left to answer them.

is_open(demand) -> bool
open_demands(session, row) -> tuple[LetterDemandRow, ...]
any_held(session, row) -> bool
days_of(demand, demands, calendar) -> DemandClock
"""

from sqlmodel import Session

from kernel.working_days import Calendar
from underwriting.guarantees import store
from underwriting.guarantees.tables import LetterDemandRow, LetterRow
from underwriting.letters.demand_clock import DemandClock
from underwriting.letters.terms import Demands

_OPEN = frozenset({"received", "suspended"})


def is_open(demand: LetterDemandRow) -> bool:
    """Say whether a demand waits for its answer: it is neither paid, refused nor extended."""
    return demand.state in _OPEN


def open_demands(session: Session, row: LetterRow) -> tuple[LetterDemandRow, ...]:
    """Return the demands under a letter that wait for their answers, oldest first."""
    return tuple(one for one in store.demands(session, row.id) if is_open(one))


def any_held(session: Session, row: LetterRow) -> bool:
    """Say whether an open demand holds what is reserved: the letter stands demanded then."""
    return any(one.held for one in open_demands(session, row))


def days_of(demand: LetterDemandRow, demands: Demands, calendar: Calendar) -> DemandClock:
    """Return the days of a demand.

    Those of an open one are counted by the table of working days that is known today: what was
    provisional when it was received moves when the next year's table is there. Those of an
    answered one are the days that it was answered by.
    """
    if not is_open(demand):
        return DemandClock(
            received=demand.received_on,
            refuse_by=demand.refuse_by,
            pay_by=demand.pay_by,
            suspended_until=demand.suspended_until,
        )
    clock = DemandClock.of(demand.received_on, demands, calendar)
    if demand.suspended_until is None:
        return clock
    return clock.suspended((demand.suspended_until - demand.received_on).days, calendar)
