"""The statutory clocks, day by day. Insurance Law art. 22 to 26, Interpretation II art. 15."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claims.rules.clocks import ClaimFile, Deadline, deadlines, pay_by

KNOWN = date(2026, 3, 11)
NOTIFIED = date(2026, 3, 12)
FILE = ClaimFile(known_on=KNOWN, notified_on=NOTIFIED)
DAYS = st.integers(0, 400)


def clock(file: ClaimFile, code: str) -> Deadline:
    return next(one for one in deadlines(file) if one.code == code)


def test_a_notice_starts_three_clocks() -> None:
    """30 days to assess, 60 to pay what is certain, two years of limitation."""
    assert {one.code: one.due for one in deadlines(FILE)} == {
        "assess": date(2026, 4, 11),
        "advance": date(2026, 5, 11),
        "limitation": date(2028, 3, 11),
    }
    assert all(one.zh and one.en and "Insurance Law art." in one.clause for one in deadlines(FILE))


def test_the_clock_stands_still_while_papers_are_out() -> None:
    asked = replace(FILE, requested_on=date(2026, 3, 16))
    assert clock(asked, "assess").due is None
    assert clock(asked, "advance").due is None
    assert not clock(asked, "assess").late(date(2099, 1, 1))
    assert clock(asked, "limitation").due == date(2028, 3, 11)


def test_days_between_request_and_arrival_do_not_count() -> None:
    """Asked on day 4, here on day 14: 10 days out, so 40 days after the notice."""
    back = replace(FILE, requested_on=date(2026, 3, 16), completed_on=date(2026, 3, 26))
    assert clock(back, "assess").due == date(2026, 4, 21)
    assert clock(back, "advance").due == date(2026, 5, 25)


@given(DAYS, DAYS, DAYS)
def test_the_insurer_has_thirty_days_in_hand_whatever_the_pause(
    before: int, out: int, after: int
) -> None:
    """Count the days one by one: those before the request and those after the arrival."""
    requested = NOTIFIED + timedelta(days=before)
    completed = requested + timedelta(days=out)
    file = replace(FILE, requested_on=requested, completed_on=completed)
    due = clock(file, "assess").due
    today = completed + timedelta(days=after)
    in_hand = sum(
        not requested < NOTIFIED + timedelta(days=day) <= completed
        for day in range(1, (today - NOTIFIED).days + 1)
    )
    assert due is not None
    assert (today > due) == (in_hand > 30)


def test_papers_that_came_with_the_notice_pause_nothing() -> None:
    """The 60 days of art. 25 run from the claim and its papers, not from the assessment."""
    complete = replace(FILE, completed_on=NOTIFIED)
    assert clock(complete, "assess").due == date(2026, 4, 11)
    assert clock(complete, "advance").due == date(2026, 5, 11)


def test_what_is_certain_is_not_due_before_the_waiting_period_ends() -> None:
    file = replace(FILE, payable_from=date(2026, 5, 31))
    assert clock(file, "advance").due == date(2026, 5, 31)


def test_ten_days_to_pay_after_agreement_or_waiting() -> None:
    agreed = replace(FILE, agreed_on=date(2026, 3, 20))
    assert clock(agreed, "pay").due == date(2026, 3, 30)
    waiting = replace(agreed, payable_from=date(2026, 5, 31))
    assert clock(waiting, "pay").due == date(2026, 6, 10)
    assert pay_by(date(2026, 6, 5), date(2026, 5, 31)) == date(2026, 6, 15)


def test_a_refusal_is_sent_within_three_days() -> None:
    denied = replace(FILE, assessed_on=date(2026, 3, 20), denied=True)
    assert clock(denied, "refuse").due == date(2026, 3, 23)
    assert "pay" not in {one.code for one in deadlines(denied)}


def test_a_month_that_lacks_the_day_ends_on_its_last() -> None:
    leap = replace(FILE, known_on=date(2024, 2, 29))
    assert clock(leap, "limitation").due == date(2026, 2, 28)


def test_late_is_after_the_last_day() -> None:
    running = clock(FILE, "assess")
    assert not running.late(date(2026, 4, 11))
    assert running.late(date(2026, 4, 12))
    in_time = clock(replace(FILE, assessed_on=date(2026, 4, 11)), "assess")
    assert not in_time.late(date(2030, 1, 1))
    too_late = clock(replace(FILE, assessed_on=date(2026, 4, 12)), "assess")
    assert too_late.late(date(2026, 4, 12))


def test_a_decision_taken_up_again_stopped_its_clocks_at_the_first() -> None:
    """Assessed and agreed on 2 April, in time; assessed anew on 12 June, which is no delay."""
    first, anew = date(2026, 4, 2), date(2026, 6, 12)
    open_ = replace(FILE, first_assessed_on=first, first_agreed_on=first)
    again = replace(open_, assessed_on=anew, agreed_on=anew)
    for file in (open_, again):
        for code in ("assess", "advance"):
            assert clock(file, code).done_on == first
            assert not clock(file, code).late(anew)
    assert clock(again, "pay").due == date(2026, 6, 22), "ten days run from the new agreement"
    assert clock(replace(FILE, assessed_on=anew, agreed_on=anew), "assess").late(anew)


def test_a_clock_on_the_wire() -> None:
    open_ = clock(replace(FILE, requested_on=NOTIFIED), "assess").json()
    assert (open_["due"], open_["done_on"]) == (None, None)
    done = clock(replace(FILE, assessed_on=date(2026, 3, 20)), "assess").json()
    assert (done["due"], done["done_on"]) == ("2026-04-11", "2026-03-20")
