"""Days that do not count: from the request for papers until they are here.

Interpretation II art. 15: the days between the arrival of the request with the claimant and the
arrival of the papers with the insurer are taken off. Neither day of arrival starts a day that is
lost twice: the day of the request still counts, the day on which the papers come does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kernel.period import add_days


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """A clock that stands still.

    Attributes:
        since: the day the request arrived; it counts.
        until: the day on which the last paper asked for came, not before `since`; it does not
            count. None while one is out.
    """

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        assert self.until is None or self.until >= self.since, "papers come after the request"


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return pauses in order, those that overlap as one: no day is taken off twice.

    >>> day = lambda n: date(2026, 3, n)
    >>> [(one.since.day, one.until.day) for one in merged(
    ...     [Pause(day(9), day(12)), Pause(day(1), day(4)), Pause(day(3), day(6))])]
    [(1, 6), (9, 12)]
    """
    whole: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: (one.since, one.until or date.max)):
        last = whole[-1] if whole else None
        if last is None or (last.until is not None and pause.since > last.until):
            whole.append(pause)
        elif last.until is not None:
            until = None if pause.until is None else max(last.until, pause.until)
            whole[-1] = Pause(last.since, until)
    return tuple(whole)


def run_out(start: date, days: int, pauses: Iterable[Pause]) -> date | None:
    """Return the last day on which no more than `days` days have counted since `start`.

    `start` itself is not counted. None while the clock stands still; a pause that begins after
    the last day helps no more.

    >>> out = Pause(date(2026, 3, 16), date(2026, 3, 26))
    >>> run_out(date(2026, 3, 12), 30, [out]), run_out(date(2026, 1, 1), 30, [out])
    (datetime.date(2026, 4, 21), datetime.date(2026, 1, 31))
    """
    due = add_days(start, days)
    for pause in merged(pauses):
        since = max(pause.since, start)
        if since > due:
            break
        if pause.until is None:
            return None
        due = add_days(due, max(0, (pause.until - since).days))
    return due


def in_hand(start: date, days: int, pauses: Iterable[Pause], on: date) -> int:
    """Return how many of `days` have not counted yet on a day; below nought it is late."""
    lost = 0
    for pause in merged(pauses):
        since, until = max(pause.since, start), min(pause.until or on, on)
        lost += max(0, (until - since).days)
    return days - max(0, (on - start).days - lost)
