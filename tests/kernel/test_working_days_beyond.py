"""Beyond the table: the earliest day that any later table can make of a count, and no other."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Unavailable
from kernel.working_days import Calendar, load_calendar

CALENDAR = load_calendar()
LAST = date(2025, 12, 31)
SHORT = replace(
    CALENDAR,
    last=LAST,
    holidays=frozenset(day for day in CALENDAR.holidays if day <= LAST),
    workdays=frozenset(day for day in CALENDAR.workdays if day <= LAST),
)
DAY = timedelta(days=1)
AROUND = st.integers(-40, 15).map(lambda ahead: SHORT.last + timedelta(days=ahead))


def extended(worked: list[bool]) -> Calendar:
    """A table that says of each day after the short one whether it is worked."""
    days = {SHORT.last + (n + 1) * DAY: one for n, one in enumerate(worked)}
    return Calendar(
        first=SHORT.first,
        last=max(days),
        holidays=SHORT.holidays | {day for day, one in days.items() if not one},
        workdays=SHORT.workdays | {day for day, one in days.items() if one},
    )


@given(AROUND, st.integers(0, 20), st.lists(st.booleans(), min_size=120, max_size=120))
def test_no_table_that_follows_makes_the_day_earlier(
    start: date, n: int, worked: list[bool]
) -> None:
    longer = extended([*worked, *[True] * 60])
    assert SHORT.earliest(start, n) <= longer.add_working_days(start, n)
    assert SHORT.earliest_worked(start) <= longer.next_working(start)


@given(AROUND, st.integers(0, 20))
def test_it_is_the_day_of_the_table_that_works_every_day(start: date, n: int) -> None:
    """So no later day would do: this table could be the one that follows."""
    hardest = extended([True] * 60)
    assert SHORT.earliest(start, n) == hardest.add_working_days(start, n)
    assert SHORT.earliest_worked(start) == hardest.next_working(start)


@given(st.dates(CALENDAR.first, date(2026, 11, 15)), st.integers(0, 20))
def test_within_the_table_it_is_the_count_itself(start: date, n: int) -> None:
    assert CALENDAR.earliest(start, n) == CALENDAR.add_working_days(start, n)
    assert CALENDAR.earliest_worked(start) == CALENDAR.next_working(start)


def test_before_the_table_nothing_is_counted() -> None:
    with pytest.raises(Unavailable):
        CALENDAR.earliest(CALENDAR.first - 2 * DAY, 1)
    with pytest.raises(Unavailable):
        CALENDAR.earliest_worked(CALENDAR.first - DAY)
