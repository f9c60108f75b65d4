"""The clocks against a simulator that lives a claim day by day, over leap days and years' ends."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.clocks import ADVANCE_DAYS, ClaimFile, Filing, deadlines, pay_by
from claims.rules.deadline import Deadline, clock
from claims.rules.limitation import barred_after
from claims.rules.pauses import Pause, in_hand, merged, run_out
from kernel.period import add_days

DAY = timedelta(days=1)
STARTS = st.dates(date(2019, 12, 1), date(2029, 3, 31))


@st.composite
def pauses_after(draw: st.DrawFn, start: date, *, still: bool = False) -> tuple[Pause, ...]:
    """Some pauses, before and over each other as they come; the last may be open still."""
    found = []
    for _ in range(draw(st.integers(0, 5))):
        since = start + draw(st.integers(-10, 120)) * DAY
        found.append(Pause(since, since + draw(st.integers(0, 40)) * DAY))
    if still and draw(st.booleans()):
        found.append(Pause(start + draw(st.integers(0, 120)) * DAY))
    return tuple(found)


def lived(start: date, days: int, pauses: tuple[Pause, ...], until: date) -> date | None:
    """Live each day: it counts unless papers were out; return the last day in time."""
    counted, last, day = 0, start, start
    while day < until:
        day += DAY
        out = any(one.since < day and (one.until is None or day <= one.until) for one in pauses)
        counted += not out
        if counted > days:
            return last
        last = day
    return None


@given(st.data(), STARTS, st.sampled_from((3, 10, 30, 60)))
def test_a_clock_runs_out_on_the_day_the_simulator_says(
    drawn: st.DataObject, start: date, days: int
) -> None:
    pauses = drawn.draw(pauses_after(start, still=True))
    assert run_out(start, days, pauses) == lived(start, days, pauses, start + 500 * DAY)


@given(st.data(), STARTS, st.integers(0, 200))
def test_days_in_hand_are_those_that_have_not_counted(
    drawn: st.DataObject, start: date, later: int
) -> None:
    pauses, on = drawn.draw(pauses_after(start, still=True)), start + later * DAY
    counted = sum(
        not any(one.since < day and (one.until is None or day <= one.until) for one in pauses)
        for day in (start + n * DAY for n in range(1, later + 1))
    )
    assert in_hand(start, 30, pauses, on) == 30 - counted


@given(st.data(), STARTS)
def test_pauses_over_each_other_take_no_day_twice(drawn: st.DataObject, start: date) -> None:
    pauses = drawn.draw(pauses_after(start))
    lost = {
        one.since + n * DAY for one in pauses for n in range(1, (one.until - one.since).days + 1)
    }  # type: ignore[operator]  # none is open
    joined = merged(pauses)
    assert sum((one.until - one.since).days for one in joined) == len(lost)  # type: ignore[operator]  # as above
    assert all(a.until is not None and a.until < b.since for a, b in itertools.pairwise(joined))


@given(STARTS, st.lists(st.integers(0, 3_000), max_size=6))
def test_limitation_is_two_years_from_the_last_acknowledgement_in_time(
    known: date, after: list[int]
) -> None:
    """The simulator waits for the same day two years on; where there is none, the day before."""
    days = {known + n * DAY for n in after}
    mark, day = known, known
    while True:
        try:
            last = mark.replace(year=mark.year + 2)
        except ValueError:  # 29 February
            last = mark.replace(year=mark.year + 2, day=28)
        if day in days:
            mark = day
        if day > last:
            break
        day += DAY
    assert barred_after(known, days) == last


FILE = ClaimFile(known_on=date(2026, 3, 11), notified_on=date(2026, 3, 12))


def named(file: ClaimFile, code: str) -> Deadline:
    (found,) = (one for one in deadlines(file) if one.code == code)
    return found


def test_the_sixty_days_run_from_all_papers_and_stand_still_later() -> None:
    first = Pause(date(2026, 3, 16), date(2026, 3, 26))
    second = Pause(date(2026, 4, 1), date(2026, 4, 6))
    file = replace(FILE, pauses=(first, second))
    assert named(file, "advance").due == date(2026, 3, 26) + (ADVANCE_DAYS + 5) * DAY
    waiting = replace(FILE, pauses=(replace(first, until=None),))
    advance = named(waiting, "advance")
    assert (advance.due, advance.stands_since, advance.kept) == (None, first.since, 60)
    assert named(waiting, "assess").days_left(date(2027, 1, 1)) == 26


def test_what_was_agreed_replaces_the_statute() -> None:
    file = replace(FILE, assess_days=45, pay_days=5, agreed_on=date(2026, 4, 1))
    assert named(file, "assess").due == add_days(FILE.notified_on, 45)
    assert named(file, "pay").due == pay_by(date(2026, 4, 1), FILE.notified_on, days=5)
    assert named(file, "pay").due == date(2026, 4, 6)


def test_a_clock_that_ran_out_is_not_saved_by_a_late_request() -> None:
    asked = replace(FILE, pauses=(Pause(date(2026, 5, 1), date(2026, 5, 20)),))
    late = named(asked, "assess")
    assert late.due == date(2026, 4, 11)
    assert late.late(date(2026, 4, 12))
    assert late.days_left(date(2026, 4, 13)) == -2


def test_an_agreement_ends_the_clock_of_the_advance() -> None:
    agreed = replace(FILE, agreed_on=date(2026, 4, 1), settled_on=date(2026, 8, 1))
    assert named(agreed, "advance").done_on == date(2026, 4, 1)
    early = replace(agreed, advanced_on=date(2026, 3, 20))
    assert named(early, "advance").done_on == date(2026, 3, 20)


def test_notice_and_filings_have_their_clocks() -> None:
    filing = Filing("fund", date(2026, 9, 15), None)
    file = replace(FILE, notice_days=10, filings=(filing,))
    notice, pool = named(file, "notice"), named(file, "pool_filing")
    assert (notice.whose, notice.due, notice.late(date(2030, 1, 1))) == (
        "insured", date(2026, 3, 21), False,
    )  # fmt: skip
    assert "fund" in pool.zh
    assert "fund" in pool.en
    assert pool.late(date(2026, 9, 16))
    assert pool.days_left(date(2026, 9, 10)) == 5


@pytest.mark.parametrize("code", ["assess", "advance", "limitation", "notice", "pay", "refuse",
                                  "pool_filing"])  # fmt: skip
def test_every_clock_says_what_follows(code: str) -> None:
    zh, en = clock(code, date(2026, 1, 1), None, of="fund").consequence
    assert zh
    assert en
    assert zh != en


def test_papers_do_not_come_before_they_are_asked_for() -> None:
    with pytest.raises(AssertionError):
        Pause(date(2026, 3, 2), date(2026, 3, 1))
