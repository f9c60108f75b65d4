"""Damages for delay, against a sum day by day in exact fractions."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.late import Damages, Rates, damages, damages_moves, shipped_rates
from kernel.money import round_half_up

DAY = timedelta(days=1)
DUE = st.dates(date(2019, 12, 1), date(2026, 12, 31))


@given(st.integers(0, 10**12), DUE, st.integers(-20, 1_500))
def test_damages_are_the_sum_of_each_day_of_delay(minor: int, due: date, late: int) -> None:
    """The first day of delay is the day after the last day; the day of payment is one."""
    rates, paid_on = shipped_rates(), due + late * DAY
    days = [due + n * DAY for n in range(1, late + 1)]
    exact = sum((Fraction(minor) * rates.at(day) / 365 for day in days), Fraction(0))
    found = damages(minor, due, paid_on, rates)
    assert found.minor == round_half_up(exact)
    assert sum(line.minor for line in found.lines) == found.minor
    assert found.days == len(days)
    for line in found.lines:
        assert {rates.at(line.first), rates.at(line.last)} == {line.rate}
        alone = Fraction(minor) * line.days * line.rate / 365
        assert abs(line.minor - alone) < 2


def test_a_delay_over_a_change_of_rate_is_two_lines() -> None:
    """3,000,000.00 from 11 to 25 May 2025: 9 days at 3.10 %, 6 at 3.00 %."""
    found = damages(300_000_000, date(2025, 5, 10), date(2025, 5, 25), shipped_rates())
    assert [(one.days, str(one.rate)) for one in found.lines] == [(9, "31/1000"), (6, "3/100")]
    by_hand = 3_000_000 * (9 * 0.031 + 6 * 0.03) / 365
    assert found.minor == round(by_hand * 100) == 377_260


def test_paid_in_time_costs_nothing() -> None:
    rates = shipped_rates()
    assert damages(10**9, date(2026, 6, 10), date(2026, 6, 10), rates) == Damages(0)
    assert damages(0, date(2026, 6, 10), date(2027, 6, 10), rates).minor == 0
    assert damages_moves(0) == []
    assert sum(minor for _, minor in damages_moves(500)) == 0
    assert damages_moves(500)[0] == ("damages_for_delay", 500)


def test_a_rate_is_in_force_from_the_day_it_is_published_until_the_next() -> None:
    rates = shipped_rates()
    assert rates.at(date(2024, 10, 20)) == Fraction("0.0335")
    assert rates.at(date(2024, 10, 21)) == Fraction("0.0310")
    assert rates.at(date(2030, 1, 1)) == rates.steps[-1][1]
    assert rates.at(date(2000, 1, 1)) == rates.steps[0][1]
    assert rates.grade == "K"
    assert "memory" in rates.source
    assert "art. 23" in rates.clause


def test_a_table_out_of_order_is_no_table() -> None:
    later, earlier = (date(2026, 1, 1), Fraction(1, 33)), (date(2025, 1, 1), Fraction(1, 33))
    for steps in ((), (later, earlier), (later, later), ((date(2026, 1, 1), Fraction(-1)),)):
        with pytest.raises(AssertionError):
            Rates(steps, 365, "", "", "K")
