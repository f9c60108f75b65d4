"""Two clocks, changes of changes, what undoes what, leap days: by hand and by counting days."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.money import Money
from kernel.period import Period, add_months
from underwriting.rules.contract import Contract
from underwriting.rules.earning import earned
from underwriting.rules.history import Kept, Kind, Price, Transaction, in_force
from underwriting.rules.history_segments import segments
from underwriting.rules.history_state import Status, state_as_of
from underwriting.rules.history_step import projection
from underwriting.rules.returns_amounts import charged, earned_by

START, LAST = date(2025, 1, 1), date(2025, 12, 31)
NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_contract(start: date = START, end: date = LAST, insured: int = 100) -> Contract:
    return Contract(
        policyholder="示范机械有限公司", policyholder_id="X", insured="client",
        beneficiary="client", issuer="insurer", settles="several",
        sum_insured=Money(insured, "CNY"), period=Period(start, end),
        waiting_days=80, notice_days=10, call_working_days=10, papers={}, earning=(1,) * 12,
    )  # fmt: skip


def done(seq: int, kind: Kind, on: date, **more: Any) -> Transaction:
    stated = {"known_at": NOON + seq * HOUR, **more}
    return Transaction(id=f"t{seq}", seq=seq, kind=kind, effective_on=on, **stated)


def terms(seq: int, kind: Kind, on: date, total: int, **more: Any) -> Transaction:
    contract = more.pop("contract", None) or a_contract(insured=seq)
    return done(
        seq, kind, on, contract=contract, price=Price(total=total, tax=0, subsidy=0), **more
    )


ISSUE = terms(1, Kind.ISSUE, START, 120_000)


def total(*life: Transaction) -> int:
    return charged(segments(in_force(life))).total


# 120,000 a year, 10,000 a month, 322.58 a day of December
@pytest.mark.parametrize(
    ("day", "comes_to"),
    [
        (START, 240_000),
        (date(2025, 7, 1), 180_000),
        (LAST, 120_323),  # one of the 31 days of December at the double
        (LAST + timedelta(days=1), 120_000),  # after the last day it changes nothing
    ],
)
def test_a_change_to_the_double_on_the_first_and_the_last_day(day: date, comes_to: int) -> None:
    assert total(ISSUE, terms(2, Kind.CHANGE, day, 240_000)) == comes_to


def test_a_change_of_a_change_each_month_is_paid_at_its_own_price() -> None:
    """Month k of the year at k times 12,000 a year is k thousand; in all 78,000."""
    life = [terms(1, Kind.ISSUE, START, 12_000)]
    life += [
        terms(month, Kind.CHANGE, date(2025, month, 1), 12_000 * month) for month in range(2, 13)
    ]
    assert total(*life) == 78_000
    found = segments(in_force(life))
    assert [earned_by(found, date(2025, m, 1)) for m in (1, 2, 7, 12)] == [0, 1_000, 21_000, 66_000]
    undo = done(13, Kind.REVERSAL, date(2025, 6, 1), undoes="t6")
    assert total(*life, undo) == 77_000, "June is paid at the price of May"
    assert [a.until for a, _ in pairwise(found)] == [b.start for _, b in pairwise(found)]


@given(st.integers(0, 7))
@settings(max_examples=8)
def test_a_chain_of_reversals_stands_or_falls_with_its_length(length: int) -> None:
    half = date(2025, 7, 1)
    life = [ISSUE, done(2, Kind.CANCELLATION, half, kept=Kept())]
    life += [done(n + 3, Kind.REVERSAL, half, undoes=f"t{n + 2}") for n in range(length)]
    stands = length % 2 == 0
    assert total(*life) == (60_000 if stands else 120_000)
    assert projection(life).state == ("cancelled" if stands else "bound")


def test_what_was_known_yesterday_is_not_what_is_known_today() -> None:
    day = date(2025, 7, 1)
    late = terms(2, Kind.CHANGE, date(2025, 4, 1), 240_000)  # done later, of an earlier day
    end = done(3, Kind.CANCELLATION, day, kept=Kept())
    life = (ISSUE, late, end)
    at = [NOON, *(one.known_at for one in life)]
    seen = [state_as_of(life, day, known) for known in at]
    assert [one.status for one in seen] == [
        Status.NOT_KNOWN, Status.IN_FORCE, Status.IN_FORCE, Status.CANCELLED,
    ]  # fmt: skip
    assert [one.charged.total for one in seen] == [0, 120_000, 210_000, 90_000]
    assert [one.earned for one in seen] == [0, 60_000, 90_000, 90_000]
    just_before = state_as_of(life, day, end.known_at - timedelta(microseconds=1))
    assert just_before.charged == seen[2].charged
    assert seen[3].ends_on == date(2025, 6, 30)
    assert seen[0].ends_on is None


@pytest.mark.parametrize(
    ("start", "day", "part"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), Fraction(28, 29 * 12)),
        (date(2024, 2, 1), date(2024, 3, 1), Fraction(1, 12)),
        (date(2025, 2, 1), date(2025, 2, 28), Fraction(27, 28 * 12)),
        (date(2024, 2, 29), date(2024, 3, 29), Fraction(1, 12)),
        (date(2024, 2, 29), date(2025, 1, 29), Fraction(11, 12)),
        (date(2024, 2, 29), date(2025, 2, 14), Fraction(11, 12) + Fraction(16, 30 * 12)),
        (date(2024, 2, 29), date(2025, 2, 28), Fraction(1)),
    ],
)
def test_a_leap_day_is_a_day_of_its_month(start: date, day: date, part: Fraction) -> None:
    end = add_months(start, 12) - timedelta(days=1)
    assert earned(a_contract(start, end), day) == part


@pytest.mark.parametrize("early", [0, 1, 3, 6])
def test_a_renewal_before_the_end_earns_the_old_until_the_day(early: int) -> None:
    begins = add_months(date(2026, 1, 1), -early)
    contract = a_contract(begins, add_months(begins, 12) - timedelta(days=1))
    renewal = terms(2, Kind.RENEWAL, begins, 240_000, contract=contract)
    assert total(ISSUE, renewal) == 10_000 * (12 - early) + 240_000
    half = add_months(begins, 6)
    end = done(3, Kind.CANCELLATION, half, kept=Kept(share=Fraction(3, 4)))
    kept_of_both = 10_000 * (12 - early) + 180_000
    assert total(ISSUE, renewal, end) == kept_of_both, "the share is of the second period alone"
    back = done(4, Kind.REVERSAL, begins, undoes="t2")
    assert total(ISSUE, renewal, back) == 120_000
