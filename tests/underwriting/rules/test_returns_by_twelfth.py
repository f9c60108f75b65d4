"""The short rate twelfth by twelfth, fees, floors and caps, against tables counted by hand."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Invalid
from kernel.money import Money
from kernel.period import Period
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kept, Kind, Price, Transaction, in_force
from underwriting.rules.history_segments import segments
from underwriting.rules.returns import ground_named, kept, return_terms, short_rate
from underwriting.rules.returns_amounts import Amounts, charged, earned_by, kept_share

AT = datetime(2023, 1, 1, tzinfo=UTC)
COMMON = Period(date(2025, 1, 1), date(2025, 12, 31))
LEAP = Period(date(2024, 1, 1), date(2024, 12, 31))
ON_THE_FIRST = (20, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95)
"""Per cent kept from 1 February to 1 December; the second twelfth of 365 days begins in January."""


def a_contract(period: Period, cap: int | None = None) -> Contract:
    return Contract(
        policyholder="示范机械有限公司", policyholder_id="X", insured="client",
        beneficiary="client", issuer="insurer", settles="several",
        sum_insured=Money(300_000_000, "CNY"), period=period, waiting_days=80, notice_days=10,
        call_working_days=10, papers={}, earning=(1,) * 12,
        subsidy=("示范市财政局", Fraction(1, 2), Money(cap, "CNY")) if cap else None,
    )  # fmt: skip


def ended(
    day: date, keeps: Kept, price: Price, *, period: Period = COMMON, cap: int | None = None
) -> Any:
    """The versions of a policy of one year that is cancelled."""
    issue = Transaction(
        id="t1", seq=1, kind=Kind.ISSUE, effective_on=period.start, known_at=AT,
        contract=a_contract(period, cap), price=price,
    )  # fmt: skip
    end = Transaction(
        id="t2", seq=2, kind=Kind.CANCELLATION, effective_on=day, known_at=AT, kept=keeps
    )
    return segments(in_force((issue, end)))


@pytest.mark.parametrize("period", [COMMON, LEAP], ids=["365", "366"])
@pytest.mark.parametrize(("month", "percent"), list(enumerate(ON_THE_FIRST, start=2)))
def test_the_short_rate_month_by_month(period: Period, month: int, percent: int) -> None:
    day = date(period.start.year, month, 1)
    assert short_rate(return_terms(), period, day) == Fraction(percent, 100)


@pytest.mark.parametrize(
    ("period", "day", "percent"),
    [
        (COMMON, date(2024, 12, 1), 0),
        (COMMON, date(2025, 1, 1), 0),
        (COMMON, date(2025, 1, 2), 10),
        (COMMON, date(2025, 1, 31), 10),  # 30 of 365 days are less than a twelfth
        (COMMON, date(2025, 12, 2), 100),  # 335 are more than eleven
        (LEAP, date(2024, 2, 29), 20),
        (LEAP, date(2024, 3, 2), 20),  # 61 of 366 days are two twelfths to the day
        (LEAP, date(2024, 3, 3), 30),
        (LEAP, date(2024, 12, 1), 95),
        (LEAP, date(2024, 12, 2), 100),
        (Period(date(2025, 3, 1), date(2025, 3, 1)), date(2025, 3, 2), 100),
        (Period(date(2025, 3, 1), date(2025, 3, 6)), date(2025, 3, 2), 20),
    ],
)
def test_the_edges_of_a_twelfth(period: Period, day: date, percent: int) -> None:
    assert short_rate(return_terms(), period, day) == Fraction(percent, 100)


@given(st.integers(1, 800), st.integers(0, 900))
@settings(max_examples=40)
def test_a_twelfth_is_counted_by_laying_twelve_rods(days: int, gone: int) -> None:
    """Instead of dividing: rods of `days` are laid along twelve times the days gone."""
    start = date(2024, 2, 29)
    shares = [0, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 100]
    begun = sum(1 for rod in range(12) if 12 * gone > rod * days)
    period = Period(start, start + timedelta(days=days - 1))
    found = short_rate(return_terms(), period, start + timedelta(days=gone))
    assert found == Fraction(shares[begun], 100)


@pytest.mark.parametrize(
    ("currency", "minor"), [("CNY", 5000), ("JPY", 1000), ("KRW", 10000), ("USD", 750)]
)
@pytest.mark.parametrize("method", ["pro_rata", "short_rate"])
def test_before_inception_only_the_fee_is_kept(method: str, currency: str, minor: int) -> None:
    for day in (date(2024, 12, 1), COMMON.start):
        keeps = kept(
            return_terms(), method, COMMON, day,
            least=99_999, currency=currency, exhausted=Fraction(0),
        )  # fmt: skip
        assert keeps == Kept(floor=minor), "the least premium is not yet earned"


def test_a_fee_above_the_premium_keeps_no_more_than_the_premium() -> None:
    price = Price(total=4_000, tax=226, subsidy=0)
    found = ended(COMMON.start, Kept(floor=5_000), price)
    assert charged(found) == Amounts(4_000, 226, 0)
    assert kept_share(found) == 1


def test_the_least_premium_gives_way_once_more_is_earned() -> None:
    """A twelfth of 1,200,000 is earned each month, by the day within it."""
    price = Price(total=1_200_000, tax=0, subsidy=0)
    totals = {
        day: charged(ended(day, Kept(floor=153_000), price)).total
        for day in (date(2025, 2, 1), date(2025, 2, 15), date(2025, 2, 16), date(2025, 3, 1))
    }
    assert totals == {
        date(2025, 2, 1): 153_000,
        date(2025, 2, 15): 153_000,  # 100,000 and 14 of 28 days of the next are 150,000
        date(2025, 2, 16): 153_571,  # a day more, 100,000 / 28, is above it
        date(2025, 3, 1): 200_000,
    }


def test_cancelled_on_leap_day_28_of_29_days_of_february_are_earned() -> None:
    price = Price(total=1_200_000, tax=60_000, subsidy=0)
    found = ended(date(2024, 2, 29), Kept(), price, period=LEAP)
    assert charged(found) == Amounts(196_552, 9_828, 0)  # 100,000 + 100,000 x 28 / 29; a twentieth
    assert earned_by(found, date(2024, 2, 29)) == earned_by(found, date(2025, 1, 1)) == 196_552


@pytest.mark.parametrize(
    ("day", "public"),
    [
        (date(2025, 4, 1), 150_000),  # a quarter of 600,000
        (date(2025, 6, 1), 250_000),
        (date(2025, 7, 1), 250_000),  # half of 600,000 would be above the cap
        (date(2025, 12, 1), 250_000),
    ],
)
def test_a_subsidy_goes_back_in_proportion_and_stays_under_its_cap(day: date, public: int) -> None:
    price = Price(total=1_200_000, tax=0, subsidy=600_000)
    found = charged(ended(day, Kept(), price, cap=250_000))
    assert found == Amounts(100_000 * (day.month - 1), 0, public)


def test_a_ground_that_is_none_names_the_field_and_every_ground_there_is() -> None:
    with pytest.raises(Invalid) as refused:
        ground_named(return_terms(), "Loan_Repaid")
    (fault,) = refused.value.faults
    assert fault.field == "ground"
    assert all(one["code"] in fault.cure for one in return_terms()["grounds"])
