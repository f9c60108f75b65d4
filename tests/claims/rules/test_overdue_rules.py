"""Clocks, states, order of letters and findings of an overdue loan, by the calendar."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.overdue import (
    OPEN,
    Days,
    State,
    Step,
    check_open,
    check_step,
    days_of,
    dunning,
    stands,
)
from claims.rules.overdue_findings import Reported, overdue_findings
from kernel.errors import Conflict
from underwriting.watch.account import Account
from underwriting.watch.standing import Standing

SINCE = date(2026, 3, 10)


class Terms:
    """What is asked of a contract here: days, period, currency."""

    waiting_days = 80
    notice_days = 10
    currency = "CNY"

    class period:  # noqa: N801 - stands for a field
        start, end = date(2025, 3, 10), date(2026, 4, 9)

        @classmethod
        def covers(cls, day: date) -> bool:
            return cls.start <= day <= cls.end


TERMS: Any = Terms()
GOOD = Reported(SINCE, SINCE + timedelta(days=2), 100, on_record=True)


def days(known: int = 1) -> Days:
    return days_of(TERMS, SINCE, SINCE + timedelta(days=known))


def codes(reported: Reported, standing: Standing | None = None) -> list[str]:
    return [one.code for one in overdue_findings(reported, TERMS, days(), standing)]


@given(st.integers(0, 60))
def test_the_days_follow_one_another(known: int) -> None:
    found = days(known)
    assert found.waiting_from == SINCE + timedelta(days=1)
    assert (found.waiting_ends - SINCE).days == 80
    assert (found.payable_from - found.waiting_ends).days == 1
    assert (found.notice_by - SINCE).days == known + 10
    assert found.claim_by.year == (SINCE + timedelta(days=known)).year + 2


@pytest.mark.parametrize("state", State)
def test_only_open_cases_lapse(state: State) -> None:
    last = date(2028, 3, 11)
    after = stands(state.value, last, last + timedelta(days=1))
    assert after is (State.LAPSED if state in OPEN else state)
    assert stands(state.value, last, last) is state


@pytest.mark.parametrize("state", State)
def test_an_ended_case_takes_nothing_more(state: State) -> None:
    if state in OPEN:
        check_open(state, "x")
        return
    with pytest.raises(Conflict) as refused:
        check_open(state, "x")
    assert refused.value.code == "overdue-ended"


@pytest.mark.parametrize(
    ("made", "step", "may"),
    [
        ((), Step.BANK, True),
        ((), Step.JOINT, False),
        (("bank",), Step.JOINT, True),
        (("bank",), Step.BANK, False),
        (("bank", "joint"), Step.JOINT, False),
    ],
)
def test_letters_have_an_order(made: tuple[str, ...], step: Step, *, may: bool) -> None:
    if may:
        check_step(made, step)
        return
    with pytest.raises(Conflict) as refused:
        check_step(made, step)
    assert refused.value.code == "dunning-order"


def test_every_figure_of_the_letters_has_source_and_grade() -> None:
    for row in (*dunning()["steps"].values(), dunning()["early"]):
        assert row["source"]
        assert row["grade"] in "ABCK"
    assert dunning()["steps"]["bank"]["due_days"] < dunning()["steps"]["joint"]["due_days"]


def test_a_good_notice_has_no_finding() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"notified_on": SINCE + timedelta(days=11)}, []),
        ({"notified_on": SINCE + timedelta(days=12)}, ["overdue-notice-late"]),
        (
            {"notified_on": SINCE + timedelta(days=81)},
            ["overdue-notice-late", "waiting-over"],
        ),
        ({"since": date(2026, 4, 10)}, ["overdue-outside-cover"]),
        ({"on_record": False}, ["overdue-taken-back"]),
    ],
)
def test_each_thing_that_is_wrong_is_found(change: dict[str, Any], expected: list[str]) -> None:
    assert codes(replace(GOOD, **change)) == expected


@pytest.mark.parametrize(("arrears", "expected"), [(100, []), (99, ["more-than-the-plan"])])
def test_more_than_the_plan_asks_is_looked_at(arrears: int, expected: list[str]) -> None:
    standing = Standing(
        account=Account(disbursed=1000), planned=100, arrears=arrears, due_since=SINCE,
        days_overdue=2,
    )  # fmt: skip
    assert codes(GOOD, standing) == expected
