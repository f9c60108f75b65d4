"""Whose turn it is: what is open on a claim, the next deadline first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from claims.rules.duty import Duty


@dataclass(frozen=True, slots=True)
class Open:
    """A duty that waits.

    Attributes:
        duty: what is to be done.
        late: its last day has passed.
        days_left: to the last day, negative once it has passed; None where no day is set.
    """

    duty: Duty
    late: bool
    days_left: int | None


def in_order(duties: Iterable[Duty], on: date) -> tuple[Open, ...]:
    """Return what is open on a day: by its last day, what has none at the end, once each.

    >>> soon = Duty("a", "bank", "", "", "", date(2026, 1, 2))
    >>> someday = Duty("b", "bank", "", "", "", None)
    >>> done = Duty("c", "bank", "", "", "", None, date(2026, 1, 1))
    >>> [one.duty.code for one in in_order([someday, done, soon], date(2026, 1, 1))]
    ['a', 'b']
    """
    waiting = dict.fromkeys(duty for duty in duties if duty.done_on is None)
    ranked = sorted(waiting, key=lambda one: (one.due or date.max, one.code, one.whose))
    return tuple(
        Open(duty, duty.late(on), (duty.due - on).days if duty.due else None) for duty in ranked
    )
