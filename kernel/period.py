"""Cover periods and calendar arithmetic. Dates are arguments; nothing here reads a clock."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from kernel.errors import invalid

DAYS_PER_YEAR = 365
"""Day count of cover and of credibility years: actual days over 365."""

_IN_EVERY_MONTH = 28


def add_months(day: date, months: int) -> date:
    """Move `day` by whole months; a day that the month lacks becomes its last day.

    >>> add_months(date(2026, 1, 31), 1), add_months(date(2024, 2, 29), 12)
    (datetime.date(2026, 2, 28), datetime.date(2025, 2, 28))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if day.day <= _IN_EVERY_MONTH:
        return date(year, month + 1, day.day)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_days(day: date, days: int) -> date:
    """Move `day` by calendar days, the way the statutes count: the start day is not counted.

    >>> add_days(date(2026, 3, 1), 30)
    datetime.date(2026, 3, 31)
    """
    return day + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Period:
    """Cover from 00:00 of `start` to 24:00 of `end`, both days inside (Asia/Shanghai).

    Attributes:
        start: first day covered.
        end: last day covered, not before `start`.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise invalid("period.end", f"{self.end} is before {self.start}", "end it later")

    @classmethod
    def of_months(cls, start: date, months: int) -> Self:
        """Cover `months` whole months from `start`.

        >>> Period.of_months(date(2026, 3, 2), 12).end
        datetime.date(2027, 3, 1)
        """
        return cls(start, add_months(start, months) - timedelta(days=1))

    @property
    def days(self) -> int:
        """Days covered, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def years(self) -> float:
        """Length in years, actual days over 365."""
        return self.days / DAYS_PER_YEAR

    def covers(self, day: date) -> bool:
        """Say whether `day` lies inside."""
        return self.start <= day <= self.end
