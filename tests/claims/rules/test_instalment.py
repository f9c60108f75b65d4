"""Each sum of a payment on account has its own last day; the parts are the payment."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from claims.rules.clocks import ClaimFile, advance_by
from claims.rules.instalment import Bill, Owed, instalments, recognised
from claims.rules.pauses import Pause

FIRST, SECOND, THIRD = (date(2026, month, 2) for month in (3, 5, 7))
BILLS = (
    Bill(THIRD, "litigation", 300),
    Bill(FIRST, "litigation", 100),
    Bill(SECOND, "litigation", 200),
    Bill(SECOND, "investigation", 50),
)


def test_the_oldest_bill_is_recognised_first() -> None:
    assert recognised(BILLS, {}, {"litigation": 250}) == {FIRST: 100, SECOND: 150}
    assert recognised(BILLS, {"litigation": 250}, {"litigation": 400}) == {SECOND: 50, THIRD: 100}
    both = {"litigation": 100, "investigation": 50}
    assert recognised(BILLS, {}, both) == {FIRST: 100, SECOND: 50}
    assert recognised(BILLS, both, both) == {}


def test_what_the_terms_leave_is_shared_in_proportion() -> None:
    """90 paid of 250: 100/250 and 150/250 of it."""
    due = {FIRST: date(2026, 5, 1), SECOND: date(2026, 7, 1)}
    parts = recognised(BILLS, {}, {"litigation": 250})
    assert instalments(90, parts, due) == [Owed(36, due[FIRST]), Owed(54, due[SECOND])]
    same = dict.fromkeys(due, date(2026, 9, 1))
    assert instalments(90, parts, same) == [Owed(90, date(2026, 9, 1))]
    assert instalments(0, parts, due) == []


@given(
    st.lists(st.integers(1, 10**9), min_size=1, max_size=8),
    st.lists(st.integers(0, 10**9), min_size=1, max_size=6),
    st.integers(0, 10**9),
)
def test_payments_that_follow_one_another_recognise_every_bill_once(
    bills: list[int], steps: list[int], paid: int
) -> None:
    """However it is cut, each day's bills are recognised up to their amount and never twice."""
    every = [Bill(FIRST + timedelta(days=at), "litigation", one) for at, one in enumerate(bills)]
    before, seen = 0, dict.fromkeys((one.on for one in every), 0)
    for step in steps:
        after = min(before + step, sum(bills))
        parts = recognised(every, {"litigation": before}, {"litigation": after})
        assert sum(parts.values()) == after - before
        for on, minor in parts.items():
            seen[on] += minor
        if parts:
            owed = instalments(paid, parts, {on: on for on in parts})
            assert sum(one.minor for one in owed) == paid
            for one in owed:
                assert one.due is not None
                exact = Fraction(paid * parts[one.due], after - before)
                assert abs(one.minor - exact) < 1
        before = after
    left = before
    for one in every:
        assert seen[one.on] == min(one.minor, left)
        left -= seen[one.on]


def test_a_bill_has_sixty_days_from_the_papers_or_from_its_own_day() -> None:
    told = date(2026, 3, 2)
    file = ClaimFile(known_on=told, notified_on=told, completed_on=told)
    assert advance_by(file, told) == date(2026, 5, 1)
    assert advance_by(file, date(2026, 6, 1)) == date(2026, 7, 31)
    late = ClaimFile(known_on=told, notified_on=told, payable_from=date(2026, 8, 1))
    assert advance_by(late, told) == date(2026, 8, 1)
    out = Pause(date(2026, 3, 10), None)
    waiting = ClaimFile(known_on=told, notified_on=told, pauses=(out,))
    assert advance_by(waiting, told) is None, "papers are out: the clock stands still"
    came = ClaimFile(known_on=told, notified_on=told, pauses=(Pause(out.since, date(2026, 3, 20)),))
    assert advance_by(came, told) == date(2026, 5, 19), "sixty days from the last paper"
    again = (Pause(out.since, date(2026, 3, 20)), Pause(date(2026, 4, 1), date(2026, 4, 11)))
    twice = ClaimFile(known_on=told, notified_on=told, pauses=again)
    assert advance_by(twice, told) == date(2026, 5, 29)
