"""Fuses and caps of a pool as the books knew them: at their edges, bank by bank, day by day."""

import math
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from builders import House, read_scheme, scheme_text, yuan

from claims.reports.pool_forecast import pool_forecast
from claims.reports.pool_state import pool_state
from claims.rules.reporting.fuse_state import FuseState
from kernel.errors import Invalid
from kernel.money import Money
from underwriting.register import Measure, Opening, contribute, register_pool, state_measure

ON, TODAY = date(2026, 3, 2), date(2026, 12, 1)
MORE = """
[[caps]]
party = "insurer"
per = "year"
amount = "500.00"
[[caps]]
party = "insurer"
per = "pool_balance"
[[caps]]
party = "insurer"
per = "portfolio"
rate = "1/3"
[[pools]]
party = "insurer"
contributions = "1000.00"
leverage = 5
[[fuses]]
party = "insurer"
measure = "bank_npl_ratio"
above = "0.05"
effect = "suspend_claims"
"""
SCHEME = read_scheme(scheme_text("edges", more=MORE), "edges.toml").scheme


@pytest.fixture
def pool(house: House) -> str:
    """A thousand paid in, of which 300.00 were drawn before these books, 200.00 this year."""
    opening = Opening(drawn=30_000, paid_this_year=20_000)
    row = house.do(
        register_pool, SCHEME, "insurer", yuan("1000.00"), portfolio=Money(100_001, "CNY"),
        opening=opening, on=ON,
    )  # fmt: skip
    return str(row.id)


def state(house: House, pool: str, on: date) -> Any:
    return house.read(lambda s: pool_state(s, pool, SCHEME, on, today=TODAY))


def test_what_was_drawn_before_counts_from_the_day_of_the_opening(house: House, pool: str) -> None:
    before, after = state(house, pool, date(2026, 3, 1)), state(house, pool, ON)
    assert (before.contributed, before.drawn, before.balance) == (0, 0, 0)
    assert (after.contributed, after.drawn, after.balance) == (100_000, 30_000, 70_000)
    assert (after.charged, after.given_back, after.drawn_before) == (0, 0, 30_000)
    assert (after.room, after.leverage) == (500_000, 0)


def test_each_cap_says_what_it_allows_and_what_is_used(house: House, pool: str) -> None:
    """A third of 1,000.01 is 333.34 rounded half up; the year's cap begins anew in January."""
    found = {cap.per: (cap.most, cap.used) for cap in state(house, pool, ON).caps}
    assert found == {
        "year": (50_000, 20_000),
        "pool_balance": (100_000, 30_000),
        "portfolio": (33_334, 30_000),
    }
    used = {
        on: next(cap.used for cap in state(house, pool, on).caps if cap.per == "year")
        for on in (date(2025, 12, 31), date(2026, 3, 1), ON, TODAY)
    }
    assert list(used.values()) == [0, 0, 20_000, 20_000]


def test_a_contribution_counts_from_its_day(house: House, pool: str) -> None:
    house.do(contribute, pool, yuan("5.00"), key="k", on=date(2026, 5, 4))
    days = (date(2026, 5, 3), date(2026, 5, 4))
    assert [state(house, pool, on).contributed for on in days] == [100_000, 100_500]
    keys = [one.reference for one in state(house, pool, days[1]).contributions]
    assert keys == ["opening", "k"]


def test_a_fuse_that_nobody_stated_a_ratio_for_is_not_armed(house: House, pool: str) -> None:
    (fuse,) = state(house, pool, ON).fuses
    assert (fuse.bank, fuse.stands, fuse.above) == ("", None, Fraction(1, 20))


STATED = (
    (4, "0.039999", FuseState.ARMED, 1),
    (5, "0.04", FuseState.NEAR, 5),
    (6, "0.05", FuseState.NEAR, 5),
    (7, "0.050001", FuseState.BLOWN, 7),
    (8, "0.05", FuseState.NEAR, 8),
)
"""Month -> ratio, state, and the month since which it stands so."""


def test_a_fuse_stands_from_the_day_that_it_was_stated_on(house: House, pool: str) -> None:
    """A ratio of the first is stated on the 20th: on the 19th the books know the one before."""
    first = Measure("bank_npl_ratio", Fraction("0.01"), date(2026, 1, 1), "the bank's report")
    house.do(state_measure, SCHEME, house.client_id, first, on=ON)
    known: Any = (FuseState.ARMED, date(2026, 1, 1), Fraction("0.01"))
    for month, ratio, expected, since in STATED:
        as_of = date(2026, month, 1)
        measure = Measure("bank_npl_ratio", Fraction(ratio), as_of, "the bank's report")
        house.do(state_measure, SCHEME, house.client_id, measure, on=as_of.replace(day=20))
        (eve,) = state(house, pool, as_of.replace(day=19)).fuses
        assert (eve.stands.state, eve.stands.as_of, eve.stands.ratio) == known
        (day,) = state(house, pool, as_of.replace(day=20)).fuses
        assert day.bank == "示范银行"
        known = (expected, as_of, Fraction(ratio))
        assert (day.stands.state, day.stands.as_of, day.stands.ratio) == known
        assert day.stands.since == date(2026, since, 1)


def test_a_pool_without_policies_is_foreseen_as_it_stands(house: House, pool: str) -> None:
    found = house.read(
        lambda s: pool_forecast(s, pool, SCHEME, date(2026, 4, 1), today=TODAY, months=13)
    )
    assert (found.outlook.policies, found.outlook.flows) == ((), ())
    assert (found.outlook.year_cap.most, found.outlook.year_cap.used) == (50_000, 20_000)
    assert {point.expected for point in found.forecast.curve} == {70_000}
    assert found.forecast.odds == {12: 0.0}


def test_a_horizon_that_is_none_is_refused(house: House, pool: str) -> None:
    for months in (0, -1, 121):
        with pytest.raises(Invalid) as refused:
            _foresee(house, pool, TODAY, months)
        assert [fault.field for fault in refused.value.faults] == ["months"]
    with pytest.raises(Invalid) as refused:
        _foresee(house, pool, ON, 12)
    assert [fault.field for fault in refused.value.faults] == ["as_of"]


@pytest.mark.parametrize("frailty", [5e-324, 1e-310, 9.9e-7, -1.0, 4.1, math.nan, math.inf])
def test_a_frailty_that_cannot_be_drawn_is_refused(house: House, pool: str, frailty: float) -> None:
    with pytest.raises(Invalid) as refused:
        _foresee(house, pool, TODAY, 12, frailty)
    (fault,) = refused.value.faults
    assert (fault.field, fault.cure) == ("frailty", "name 0, or 0.000001 to 4")
    for drawn in (0.0, 1e-6, 4.0):
        _foresee(house, pool, TODAY, 12, drawn)


def _foresee(house: House, pool: str, today: date, months: int, frailty: float = 0.0) -> None:
    on = date(2026, 4, 1)
    house.read(
        lambda s: pool_forecast(s, pool, SCHEME, on, today=today, months=months, frailty=frailty)
    )
