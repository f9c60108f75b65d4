"""The clock: the only `now()` of the house. An act asks once and passes the answer on.

class Clock(Protocol):
    def now(self) -> datetime: ...      # aware, UTC
    def today(self) -> date: ...        # business date, Asia/Shanghai
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Protocol

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China's time: UTC+8 without summer time since 15 September 1991.

Fixed here rather than read from the machine's time zone tables, which may be missing.
"""

_SINCE: Final = datetime(1992, 1, 1, tzinfo=UTC)


def business_date(instant: datetime) -> date:
    """Return the calendar day in Shanghai of an aware instant from 1992 on.

    >>> business_date(datetime(2026, 3, 1, 16, 0, tzinfo=UTC))
    datetime.date(2026, 3, 2)
    """
    assert instant.tzinfo is not None, "an instant without a time zone is no instant"
    assert instant >= _SINCE, "China kept summer time before 1992"
    return instant.astimezone(SHANGHAI).date()


class Clock(Protocol):
    """What tells an act the time."""

    def now(self) -> datetime:
        """Return this instant, aware, UTC."""

    def today(self) -> date:
        """Return the business date of this instant."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return this instant, aware, UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the business date of this instant."""
        return business_date(self.now())


@dataclass(slots=True)
class FixedClock:
    """A clock that stands until it is moved, for tests, demonstrations and replays.

    >>> clock = FixedClock(datetime(2026, 3, 2, 2, tzinfo=UTC))
    >>> clock.advance(days=30)
    >>> clock.today()
    datetime.date(2026, 4, 1)
    """

    instant: datetime

    def __post_init__(self) -> None:
        assert self.instant.tzinfo is not None, "an instant without a time zone is no instant"
        self.instant = self.instant.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant at which it stands, aware, UTC."""
        return self.instant

    def today(self) -> date:
        """Return the business date of that instant."""
        return business_date(self.instant)

    def advance(self, days: float = 0, *, seconds: float = 0) -> None:
        """Move on by days and seconds."""
        self.instant += timedelta(days=days, seconds=seconds)


@dataclass(frozen=True, slots=True)
class ShiftedClock:
    """A clock that runs so many whole days ahead of another, as it is told at each question.

    Attributes:
        base: the clock that runs.
        days: how many days ahead, 0 or more.

    >>> monday = FixedClock(datetime(2026, 3, 2, 2, tzinfo=UTC))
    >>> ShiftedClock(monday, lambda: 400).today()
    datetime.date(2027, 4, 6)
    """

    base: Clock
    days: Callable[[], int]

    def now(self) -> datetime:
        """Return the shifted instant, aware, UTC."""
        days = self.days()
        assert days >= 0, "time does not run back"
        return self.base.now() + timedelta(days=days)

    def today(self) -> date:
        """Return the business date of that instant."""
        return business_date(self.now())
