from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from kernel.period import Period, add_days, add_months

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@given(DAYS, st.integers(-240, 240))
def test_months_move_the_month_and_keep_the_day_where_it_is_there(day: date, months: int) -> None:
    then = add_months(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (
        then.day < day.day and (then + timedelta(days=1)).month != then.month
    )


@given(DAYS, st.integers(-1000, 1000))
def test_days_are_counted_without_the_first(day: date, days: int) -> None:
    assert (add_days(day, days) - day).days == days


@given(DAYS, st.integers(1, 120))
def test_cover_of_whole_months_ends_the_day_before_it_would_begin_again(
    start: date, months: int
) -> None:
    period = Period.of_months(start, months)
    assert period.end + timedelta(days=1) == add_months(start, months)
    assert period.covers(start)
    assert period.covers(period.end)
    assert not period.covers(start - timedelta(days=1))
    assert not period.covers(period.end + timedelta(days=1))


@pytest.mark.parametrize(
    ("start", "days"), [(date(2026, 3, 2), 365), (date(2024, 3, 2), 365), (date(2024, 1, 1), 366)]
)
def test_a_year_has_its_own_number_of_days(start: date, days: int) -> None:
    period = Period.of_months(start, 12)
    assert period.days == days
    assert period.years == days / 365


def test_one_day_is_the_shortest_cover() -> None:
    period = Period(date(2026, 3, 2), date(2026, 3, 2))
    assert period.days == 1


def test_cover_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        Period(date(2026, 3, 2), date(2026, 3, 1))
    assert refused.value.faults[0].field == "period.end"


@pytest.mark.parametrize("months", [0, -1])
def test_cover_of_no_months_is_refused(months: int) -> None:
    with pytest.raises(Invalid):
        Period.of_months(date(2026, 3, 2), months)
