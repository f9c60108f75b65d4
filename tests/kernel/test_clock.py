"""The business date is Shanghai's; instants are aware."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.clock import FixedClock, SystemClock, business_date


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 1, 15, 59, 59, 999999, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2028, 2, 28, 16, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5))), date(2026, 3, 2)),
    ],
)
def test_the_day_turns_at_midnight_in_shanghai(instant: datetime, day: date) -> None:
    assert business_date(instant) == day
    assert FixedClock(instant).today() == day


@given(
    st.datetimes(datetime(1992, 1, 1, 8), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
)
def test_fixed_offset_agrees_with_the_time_zone_tables(instant: datetime) -> None:
    assert business_date(instant) == instant.astimezone(ZoneInfo("Asia/Shanghai")).date()


def test_what_has_no_zone_or_lies_in_summer_time_is_impossible() -> None:
    naive = datetime(2026, 3, 2)  # noqa: DTZ001 - a naive instant is the point
    with pytest.raises(AssertionError, match="time zone"):
        business_date(naive)
    with pytest.raises(AssertionError, match="time zone"):
        FixedClock(naive)
    with pytest.raises(AssertionError, match="summer time"):
        business_date(datetime(1988, 7, 1, tzinfo=UTC))


def test_fixed_clock_stands_until_moved(clock: FixedClock) -> None:
    assert clock.now() == clock.now() == datetime(2026, 3, 2, 2, tzinfo=UTC)
    clock.advance(1, seconds=0.5)
    assert clock.now() == datetime(2026, 3, 3, 2, 0, 0, 500000, tzinfo=UTC)
    assert clock.today() == date(2026, 3, 3)


def test_fixed_clock_speaks_utc_whatever_it_was_given() -> None:
    noon = FixedClock(datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=8))))
    assert noon.now().utcoffset() == timedelta(0)
    assert noon.now().hour == 4


def test_system_clock_is_aware_and_moves() -> None:
    before = SystemClock().now()
    assert before.utcoffset() == timedelta(0)
    assert SystemClock().now() >= before
    assert SystemClock().today() in {business_date(before), business_date(SystemClock().now())}
