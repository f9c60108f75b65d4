"""Clocks against days counted one by one on a second calendar, at their edges and beyond."""

from dataclasses import replace
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters_sample import a_letter

from kernel.errors import Conflict, Invalid, Unavailable
from kernel.period import Period
from kernel.working_days import load_calendar
from underwriting.letters import clocks
from underwriting.letters.demand_clock import DemandClock

CALENDAR = load_calendar()
SECOND = holidays.country_holidays("CN", years=range(2024, 2027))
DEMANDS = a_letter().demands
DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2026, 10, 31))


def counted(start: date, working: int) -> date:
    """Count by the second calendar: its own weekends that are worked, its own days off."""
    day = start
    while working:
        day += DAY
        working -= SECOND.is_working_day(day)
    return day


@given(DAYS)
def test_working_days_are_those_of_the_second_calendar(start: date) -> None:
    assert clocks.accept_by(start, "single", CALENDAR) == counted(start, 5)
    assert clocks.accept_by(start, "revolving", CALENDAR) == counted(start, 10)
    assert clocks.amend_by(start, CALENDAR) == counted(start, 5)
    clock = DemandClock.of(start, DEMANDS, CALENDAR)
    assert (clock.refuse_by, clock.pay_by) == (counted(start, 5), counted(start, 10))


def test_worked_days_over_the_national_holiday_of_2026() -> None:
    """Received on Monday 28 September: two days before the holiday, then from 8 October."""
    clock = DemandClock.of(date(2026, 9, 28), DEMANDS, CALENDAR)
    assert clock.refuse_by == date(2026, 10, 10)  # Saturday, worked in place of a day off
    assert clock.pay_by == date(2026, 10, 16)


@given(DAYS, st.integers(1, 60))
def test_calendar_days_end_on_a_working_day(start: date, days: int) -> None:
    agreed = replace(DEMANDS, days=days, day_kind="calendar", examination_days=1)
    clock = DemandClock.of(start, agreed, CALENDAR)
    plain = start + timedelta(days=days)
    first = next(day for day in (plain + n * DAY for n in range(15)) if SECOND.is_working_day(day))
    assert clock.pay_by == max(first, clock.refuse_by)


@given(DAYS, st.integers(1, 30))
def test_closed_days_do_not_count(start: date, length: int) -> None:
    closed = Period(start + DAY, start + timedelta(days=length))
    held = DemandClock.of(start, DEMANDS, CALENDAR, closed=closed)
    assert held.refuse_by == counted(closed.end, 5)
    before = Period(start - 3 * DAY, start)
    assert DemandClock.of(start, DEMANDS, CALENDAR, closed=before).refuse_by == counted(start, 5)


def refused(code: str, clock: DemandClock, on: date, notices: int = 0, grounds: int = 1) -> None:
    with pytest.raises(Conflict) as refusal:
        clock.check_refusal(on, notices=notices, grounds=grounds)
    assert refusal.value.code == code
    assert str(clock.pay_by) in refusal.value.faults[0].cure or code == "refusal-without-ground"


def test_one_notice_in_time_with_its_grounds() -> None:
    clock = DemandClock.of(date(2026, 9, 28), DEMANDS, CALENDAR)
    clock.check_refusal(clock.refuse_by, notices=0, grounds=1)
    clock.check_refusal(clock.received, notices=0, grounds=7)
    refused("refusal-precluded", clock, clock.refuse_by + DAY)
    refused("refused-already", clock, clock.refuse_by, notices=1)
    refused("refusal-without-ground", clock, clock.refuse_by, grounds=0)


def test_extend_or_pay() -> None:
    clock = DemandClock.of(date(2026, 9, 28), DEMANDS, CALENDAR)
    held = clock.suspended(30, CALENDAR)
    assert held.suspended_until == date(2026, 10, 28)
    assert held.pay_by == date(2026, 10, 28)
    assert held.refuse_by == clock.refuse_by, "suspension gives no second look at the papers"
    held.check_extension(date(2026, 10, 28))
    with pytest.raises(Conflict) as late:
        held.check_extension(date(2026, 10, 29))
    assert late.value.code == "extension-too-late"
    assert "2026-10-28" in late.value.faults[0].cure
    with pytest.raises(Conflict) as never:
        clock.check_extension(date(2026, 10, 1))
    assert never.value.code == "not-suspended"


@pytest.mark.parametrize("days", [0, -1, 31, 400])
def test_suspension_is_thirty_days_at_most(days: int) -> None:
    clock = DemandClock.of(date(2026, 9, 28), DEMANDS, CALENDAR)
    with pytest.raises(Invalid):
        clock.suspended(days, CALENDAR)


def test_a_short_suspension_takes_nothing_from_the_days_of_payment() -> None:
    clock = DemandClock.of(date(2026, 9, 28), DEMANDS, CALENDAR)
    assert clock.suspended(1, CALENDAR).pay_by == clock.pay_by


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (date(2026, 10, 3), date(2026, 10, 8)),
        (date(2026, 10, 8), date(2026, 10, 8)),
        (date(2026, 10, 10), date(2026, 10, 10)),
        (date(2026, 10, 17), date(2026, 10, 19)),
    ],
)
def test_last_day_of_demand_moves_off_a_rest_day(until: date, last: date) -> None:
    assert clocks.last_day_of_demand(until, CALENDAR) == last


def test_beyond_the_table_nothing_is_guessed() -> None:
    until = CALENDAR.last + 9 * DAY
    assert clocks.last_day_of_demand(until, CALENDAR) == until, "nobody asks yet"
    assert clocks.last_day_of_demand(until, CALENDAR, on=until) == until
    with pytest.raises(Unavailable):
        clocks.last_day_of_demand(until, CALENDAR, on=until + DAY)
    with pytest.raises(Unavailable):
        DemandClock.of(date(2026, 12, 28), DEMANDS, CALENDAR)


def test_collection_is_three_months_rolled() -> None:
    assert clocks.collect_by(date(2026, 3, 2), CALENDAR) == date(2026, 6, 2)
    assert clocks.collect_by(date(2026, 7, 3), CALENDAR) == date(2026, 10, 8)
    assert clocks.collect_by(date(2025, 11, 30), CALENDAR) == date(2026, 2, 28)


def test_months_and_years_without_a_roll_need_no_table() -> None:
    assert clocks.runs_until("enforcement", date(2030, 11, 30), CALENDAR) == date(2031, 2, 28)
    assert clocks.runs_until("reassessment", date(2028, 2, 29), CALENDAR) == date(2031, 2, 28)


def test_force_majeure_adds_thirty_days_where_the_period_ended_in_it() -> None:
    until = date(2026, 6, 30)
    days = {
        (date(2026, 6, 25), date(2026, 7, 5)): date(2026, 7, 30),
        (date(2026, 6, 30), date(2026, 7, 1)): date(2026, 7, 30),
        (date(2026, 6, 20), date(2026, 6, 30)): until,
        (date(2026, 7, 1), date(2026, 7, 9)): until,
    }
    for (closed, reopened), last in days.items():
        assert clocks.after_force_majeure(until, closed, reopened) == last
    with pytest.raises(Invalid):
        clocks.after_force_majeure(until, until, until)


FIGURES = {
    "examination": (5, "working"),
    "extend_or_pay": (30, "calendar"),
    "force_majeure": (30, "calendar"),
    "acceptance": (5, "working"),
    "acceptance_general": (10, "working"),
    "amendment": (5, "working"),
    "collection": (3, "months"),
    "enforcement": (3, "months"),
    "policy_payment": (10, "calendar"),
    "policy_decision": (30, "calendar"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_published_figures(name: str) -> None:
    clock = clocks.clocks()[name]
    assert (clock.value, clock.unit) == FIGURES[name]


def test_every_figure_has_source_and_grade() -> None:
    for clock in clocks.clocks().values():
        assert clock.source
        assert clock.grade in {"A", "B", "C", "K"}
        assert clock.value > 0
