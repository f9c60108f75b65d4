"""The clocks of a letter: by when is decided, refused, paid, collected; figures in `clocks.toml`.

Every count starts on the day after the event. Working days are those of the calendar that is
given: beyond the end of its table it refuses, and nothing is guessed. Only a demand, which must
always be recorded, has provisional days there: see `demand_clock`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from kernel.errors import Conflict, Fault
from kernel.period import add_days, add_months
from kernel.working_days import Calendar

Unit = Literal["working", "calendar", "months", "years"]

_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How long a step may take.

    Attributes:
        value: whole units.
        unit: of the value.
        rolls: does a last day that is not worked move to the next that is?
        source: key of it.
        grade: of the source.
    """

    value: int
    unit: Unit
    rolls: bool
    source: str
    grade: str


@cache
def clocks() -> Mapping[str, Clock]:
    """Return every clock by its name."""
    text = files(__package__).joinpath("clocks.toml").read_text(encoding="utf-8")
    stated = tomllib.loads(text)
    del stated["version"]
    return {name: Clock(**row) for name, row in stated.items()}


def runs_until(name: str, start: date, calendar: Calendar) -> date:
    """Return the last day of a clock that starts with an event of a day.

    Raises:
        Unavailable: the table of working days ends before.
    """
    clock = clocks()[name]
    if clock.unit == "working":
        return calendar.add_working_days(start, clock.value)
    last = _in_calendar(clock, start)
    return calendar.next_working(last) if clock.rolls else last


def _in_calendar(clock: Clock, start: date) -> date:
    if clock.unit == "calendar":
        return add_days(start, clock.value)
    months = clock.value * (_MONTHS_OF_A_YEAR if clock.unit == "years" else 1)
    return add_months(start, months)


def accept_by(sent: date, mode: str, calendar: Calendar) -> date:
    """Return the day by which customs decides on a letter: 5 working days, 10 if it revolves."""
    name = "acceptance" if mode == "single" else "acceptance_general"
    return runs_until(name, sent, calendar)


def amend_by(asked: date, calendar: Calendar) -> date:
    """Return the day by which customs decides on an amendment that was asked for."""
    return runs_until("amendment", asked, calendar)


def last_day_of_demand(claim_until: date, calendar: Calendar, *, on: date | None = None) -> date:
    """Return the last day on which a demand is in time: `claim_until`, or the next working day.

    Where the table of working days ends before, the first day that it does not call a day of rest
    is returned; whoever asks `on` a later day is refused, for the demand may still be in time.

    Raises:
        Unavailable: `on` is after a day that lies beyond the table.

    >>> from kernel.working_days import load_calendar
    >>> last_day_of_demand(date(2026, 10, 3), load_calendar())
    datetime.date(2026, 10, 8)
    """
    last = calendar.earliest_worked(claim_until)
    if last > calendar.known_until and on is not None and on > last:
        return calendar.next_working(last)  # refuses
    return last


def surely_late(received: date, claim_until: date, calendar: Calendar) -> bool:
    """Say whether a demand came too late, whatever a later table of working days says.

    Beyond the table no rest is taken to be longer than `longest_rest`.
    """
    last = last_day_of_demand(claim_until, calendar)
    if last > calendar.known_until:
        last = add_days(last, clocks()["longest_rest"].value)
    return received > last


def must(condition: object, code: str, problem: str, cure: str) -> None:
    """Let pass what is in time, and refuse what is not.

    Raises:
        Conflict: with the code.
    """
    if not condition:
        raise Conflict(code, Fault("on", problem, cure))
