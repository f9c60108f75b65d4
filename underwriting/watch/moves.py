"""How closely a policy was watched from day to day, and what moved it: a fold of its alerts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from underwriting.watch.alert import Alert
from underwriting.watch.level import Level, gravest

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Move:
    """A policy moved from one level to another.

    Attributes:
        on: the first day of the new one.
        before: the old one.
        after: the new one.
        because: codes of what was noted, closed, or not cured by its day.
    """

    on: date
    before: Level
    after: Level
    because: tuple[str, ...]


def level_on(found: Sequence[Alert], on: date) -> Level:
    """Return the level at the end of a day: the gravest of what is open."""
    return gravest(*(one.level(on) for one in found))


def moves(found: Sequence[Alert], on: date) -> tuple[Move, ...]:
    """Return every move until the end of day `on`, in order, from green."""
    turns = sorted({day for one in found for day in _turns(one) if day <= on})
    listed: list[Move] = []
    before = Level.GREEN
    for day in turns:
        after = level_on(found, day)
        if after is not before:
            because = dict.fromkeys(one.noted.kind for one in found if day in _turns(one))
            listed.append(Move(day, before, after, tuple(because)))
            before = after
    return tuple(listed)


def _turns(one: Alert) -> tuple[date, ...]:
    """Return the days on which an alert may change the level."""
    noted = one.noted
    late = None if noted.deadline is None else max(noted.deadline + _ONE_DAY, noted.noted_on)
    return tuple(day for day in (noted.noted_on, late, one.closed_on) if day is not None)
