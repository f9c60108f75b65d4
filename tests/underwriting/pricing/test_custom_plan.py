"""Plans that are stated, tranches and grace: checked, and the same as by account."""

from datetime import date
from fractions import Fraction
from itertools import accumulate

import pytest
from builders import yuan
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from kernel.money import Money
from kernel.period import add_months
from underwriting.pricing.custom_plan import Stated, by_balances, by_instalments
from underwriting.pricing.drawn import (
    Tranche,
    checked,
    drawn_by_month,
    month_of,
    owed_by_tranches,
)
from underwriting.pricing.plan import Plan, outstanding

FIRST = date(2025, 3, 10)
ZERO = Money(0, "CNY")


def whole(minor: int, months: int) -> list[Money]:
    return [Money(minor, "CNY"), *[ZERO] * (months - 1)]


def test_instalments_by_hand() -> None:
    """1,000 drawn; 200 back after month 2, 300 after month 4, the rest at the end of month 5."""
    stated = [Stated(2, 200), Stated(4, 300), Stated(5, 500)]
    assert by_instalments(stated, whole(1000, 5)) == (1000, 1000, 800, 800, 500)


def test_balances_by_hand() -> None:
    stated = [Stated(2, 800), Stated(4, 500), Stated(5, 0)]
    assert by_balances(stated, whole(1000, 5)) == (1000, 1000, 800, 800, 500)


def test_a_second_tranche_may_raise_a_balance() -> None:
    drawn = [Money(600, "CNY"), ZERO, Money(400, "CNY"), ZERO]
    assert by_balances([Stated(1, 500), Stated(3, 700), Stated(4, 0)], drawn) == (
        600,
        500,
        900,
        700,
    )
    assert by_instalments([Stated(1, 100), Stated(3, 200), Stated(4, 700)], drawn) == (
        600, 500, 900, 700,
    )  # fmt: skip


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_instalments_and_balances_say_the_same(parts: list[int]) -> None:
    total, months = sum(parts), len(parts)
    paid = [Stated(month, part) for month, part in enumerate(parts, 1)]
    left = [Stated(month, total - back) for month, back in enumerate(accumulate(parts), 1)]
    owed = by_instalments(paid, whole(total, months))
    assert owed == by_balances(left, whole(total, months))
    assert list(owed) == sorted(owed, reverse=True)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ([Stated(5, 900)], "leave CNY 1.00"),
        ([Stated(2, 500), Stated(5, 600)], "repay too much, by CNY 1.00"),
        ([Stated(1, 1001), Stated(5, 0)], "more than was drawn by month 1"),
        ([Stated(3, 500), Stated(2, 500)], "rising months from 1 to 5"),
        ([Stated(2, 500), Stated(2, 500)], "rising months"),
        ([Stated(6, 1000)], "rising months"),
    ],
)
def test_instalments_that_cannot_be_are_refused(stated: list[Stated], words: str) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        by_instalments(stated, whole(1000, 5))
    assert refused.value.faults[0].field == "risk.loan.instalments"


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ([Stated(2, 800)], "leave CNY 8.00 after the last month"),
        ([Stated(1, 500), Stated(3, 600), Stated(5, 0)], "rise at the end of month 3"),
        ([Stated(1, 1001), Stated(5, 0)], "rise at the end of month 1"),
    ],
)
def test_balances_that_cannot_be_are_refused(stated: list[Stated], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        by_balances(stated, whole(1000, 5))


@given(
    st.sampled_from([Plan.BULLET, Plan.EQUAL_PRINCIPAL, Plan.ANNUITY]),
    st.integers(1, 10**10),
    st.fractions(0, 1, max_denominator=1000),
    st.integers(1, 60),
    st.data(),
)
def test_grace_puts_the_plan_off(
    plan: Plan, principal: int, rate: Fraction, months: int, choices: st.DataObject
) -> None:
    grace = choices.draw(st.integers(0, months - 1))
    owed = outstanding(plan, principal, rate, months, grace)
    assert owed[:grace] == (principal,) * grace
    assert owed[grace:] == outstanding(plan, principal, rate, months - grace)
    none = outstanding(plan, principal, rate, months)
    assert all(late >= soon for late, soon in zip(owed, none, strict=True))


def test_tranches_are_loans_that_start_later() -> None:
    """600 over six months and 300 over the last three: 100 and 100 a month."""
    tranches = [Tranche(FIRST, Money(600, "CNY")), Tranche(date(2025, 6, 20), Money(300, "CNY"))]
    drawn = drawn_by_month(tranches, FIRST, 6)
    assert [one.minor for one in drawn] == [600, 0, 0, 300, 0, 0]
    assert owed_by_tranches(Plan.EQUAL_PRINCIPAL, drawn, Fraction(0), 0) == (
        600, 500, 400, 600, 400, 200,
    )  # fmt: skip
    assert owed_by_tranches(Plan.BULLET, drawn, Fraction(0), 0) == (600, 600, 600, 900, 900, 900)


@given(st.integers(1, 120), st.integers(0, 4000))
def test_a_day_lies_in_the_month_whose_end_it_precedes(months: int, days: int) -> None:
    day = date.fromordinal(FIRST.toordinal() + days)
    if day >= add_months(FIRST, months):
        with pytest.raises(Invalid, match="when the loan is due"):
            month_of(day, FIRST, months)
        return
    month = month_of(day, FIRST, months)
    assert add_months(FIRST, month - 1) <= day < add_months(FIRST, month)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([(date(2025, 3, 11), "10")], "begin on 2025-03-11"),
        ([(FIRST, "4"), (FIRST, "6")], "rising days"),
        ([(FIRST, "4"), (date(2025, 4, 1), "5")], "sum to CNY 9.00, and the loan is CNY 10.00"),
    ],
)
def test_tranches_that_cannot_be_are_refused(parts: list[tuple[date, str]], words: str) -> None:
    tranches = [Tranche(day, yuan(amount)) for day, amount in parts]
    with pytest.raises(Invalid, match=words):
        checked(tranches, yuan("10"), FIRST)
    assert checked([], yuan("10"), FIRST) == (Tranche(FIRST, yuan("10")),)
