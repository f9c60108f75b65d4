"""Clocks against days counted one by one on a second calendar, at their edges and beyond."""

from dataclasses import replace
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters_sample import a_letter

from kernel.errors import Conflict, Invalid, Unavailable
from kernel.working_days import Calendar, load_calendar
from underwriting.letters import clocks
from underwriting.letters.demand_clock import DemandClock, provisional_days

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
        clocks.accept_by(date(2026, 12, 28), "single", CALENDAR)


def cut(year: int) -> Calendar:
    """The table as it was known before the notice of the year after."""
    return replace(CALENDAR, last=date(year, 12, 31))


YEARS = st.integers(2022, 2025)
"""Years whose notice was followed by another one of the shipped table."""


@given(YEARS, st.integers(-45, 20), st.integers(1, 20), st.sampled_from(["working", "calendar"]))
def test_days_beyond_the_table_are_never_after_what_the_next_one_says(
    year: int, ahead: int, days: int, kind: str
) -> None:
    """Against the real table of the year that followed, weekends worked by notice included."""
    short = cut(year)
    start = short.last + timedelta(days=ahead)
    agreed = replace(DEMANDS, days=days, day_kind=kind, examination_days=min(days, 5))
    known, told = (DemandClock.of(start, agreed, one) for one in (CALENDAR, short))
    assert told.refuse_by <= known.refuse_by
    assert told.pay_by <= known.pay_by
    assert not known.provisional
    assert told.provisional == (told.pay_by > short.last)
    if not told.provisional:
        assert (told.refuse_by, told.pay_by) == (known.refuse_by, known.pay_by)
    held, waited = (one.suspended(30, by) for one, by in ((told, short), (known, CALENDAR)))
    assert held.suspended_until == waited.suspended_until, "calendar days need no table"
    assert held.pay_by <= waited.pay_by


def test_a_weekend_worked_by_notice_would_make_monday_to_friday_too_late() -> None:
    """In 2024 Sunday 4 February was worked: five weekdays from 31 January end a day too late."""
    clock = DemandClock.of(date(2024, 1, 31), DEMANDS, cut(2023))
    known = DemandClock.of(date(2024, 1, 31), DEMANDS, CALENDAR)
    assert known.refuse_by == date(2024, 2, 6), "Thursday, Friday, Sunday, Monday, Tuesday"
    weekdays = [date(2024, 2, day) for day in (1, 2, 5, 6, 7)]
    assert clock.refuse_by < known.refuse_by < weekdays[-1]


def test_what_is_provisional_says_so_and_precludes_no_refusal() -> None:
    clock = DemandClock.of(date(2026, 12, 28), DEMANDS, CALENDAR)
    assert (clock.refuse_by, clock.pay_by) == (date(2027, 1, 2), date(2027, 1, 7))
    (said,) = provisional_days(clock)
    assert (said.effect, "2026-12-31" in said.en, "2027-01-02" in said.zh) == ("inform", True, True)
    clock.check_refusal(clock.refuse_by, notices=0, grounds=1)
    with pytest.raises(Unavailable) as unknown:
        clock.check_refusal(clock.refuse_by + DAY, notices=0, grounds=1)
    assert (unknown.value.code, "ZHIBAO_HOLIDAYS" in unknown.value.faults[0].cure) == (
        "calendar-ended", True,
    )  # fmt: skip
    clock.check_refusal(clock.refuse_by + DAY, notices=0, grounds=1, payable=False)
    early = DemandClock.of(date(2026, 12, 21), DEMANDS, CALENDAR)
    assert early.provisional, "payment is"
    refused("refusal-precluded", early, early.refuse_by + DAY)
    assert provisional_days(DemandClock.of(date(2026, 9, 28), DEMANDS, CALENDAR)) == ()


@given(YEARS, st.integers(-3, 12), st.integers(0, 40))
def test_a_demand_is_late_only_where_the_next_table_agrees(
    year: int, ahead: int, after: int
) -> None:
    short = cut(year)
    until = short.last + timedelta(days=ahead)
    received = until + timedelta(days=after)
    if clocks.surely_late(received, until, short):
        assert received > clocks.last_day_of_demand(until, CALENDAR)
    assert clocks.surely_late(until + timedelta(days=40), until, short)
    assert not clocks.surely_late(until, until, short)


def test_a_last_day_rests_beyond_the_end_of_the_table() -> None:
    """New Year's Eve of 2022 was a Saturday: the next working day is in another table."""
    until, short = date(2022, 12, 31), cut(2022)
    assert clocks.last_day_of_demand(until, CALENDAR) == date(2023, 1, 3)
    assert clocks.last_day_of_demand(until, short) == date(2023, 1, 1)
    assert not clocks.surely_late(date(2023, 1, 3), until, short)
    assert clocks.surely_late(date(2023, 1, 4), until, CALENDAR)


def test_no_rest_of_the_shipped_table_is_as_long_as_the_longest() -> None:
    run = longest = 0
    for ahead in range((CALENDAR.last - CALENDAR.first).days + 1):
        run = 0 if CALENDAR.is_working(CALENDAR.first + ahead * DAY) else run + 1
        longest = max(longest, run)
    assert longest == 10
    assert longest < clocks.clocks()["longest_rest"].value


def test_collection_is_three_months_rolled() -> None:
    assert clocks.runs_until("collection", date(2026, 3, 2), CALENDAR) == date(2026, 6, 2)
    assert clocks.runs_until("collection", date(2026, 7, 3), CALENDAR) == date(2026, 10, 8)
    assert clocks.runs_until("collection", date(2025, 11, 30), CALENDAR) == date(2026, 2, 28)


def test_months_and_years_without_a_roll_need_no_table() -> None:
    assert clocks.runs_until("enforcement", date(2030, 11, 30), CALENDAR) == date(2031, 2, 28)
    assert clocks.runs_until("reassessment", date(2028, 2, 29), CALENDAR) == date(2031, 2, 28)


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
