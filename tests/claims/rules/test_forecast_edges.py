"""Edges of the forecast: nothing to lose, certain losses, the horizon's ends, caps, seeds."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from claims.reports.priced import months_between
from claims.rules.forecast.exhaustion import forecast
from claims.rules.forecast.expected import expected_draws
from claims.rules.forecast.outlook import (
    LEAST_FRAILTY,
    MOST_FRAILTY,
    MOST_MONTHS,
    Flow,
    Outlook,
    PolicyRisk,
    YearCap,
    seen_from,
)
from claims.rules.forecast.seed import seed_of
from claims.rules.forecast.simulate import simulated

ON = date(2026, 8, 31)
SEED, FEW = 11, 400


def certain(month: int, paid: int, **changes: Any) -> PolicyRisk:
    """A policy whose event falls in one month for sure."""
    chances = tuple(float(place == month - 1) for place in range(month))
    plain = PolicyRisk("P", chances, (paid,) * month, (0,) * month, 0, 0, once=True)
    return replace(plain, **changes)


def test_no_policies_and_no_claims_leave_the_balance_where_it_is() -> None:
    found = forecast(Outlook(ON, 36, 500, ()), SEED, FEW)
    assert {(p.drawn, p.expected, p.low, p.high, p.empty) for p in found.curve} == {
        (0, 500, 500, 500, 0.0)
    }
    assert (found.empty_on, found.earliest, found.latest) == (None, None, None)
    assert found.odds == {12: 0.0, 24: 0.0, 36: 0.0}


def test_an_empty_pool_stays_empty_whatever_comes_back() -> None:
    found = forecast(Outlook(ON, 12, 0, (), (Flow(2, 1.0, -900),)), SEED, FEW)
    assert found.empty_on == found.earliest == found.median == found.latest == ON
    assert [point.empty for point in found.curve] == [1.0] * 12
    assert [point.expected for point in found.curve[:3]] == [0, 900, 900]


@pytest.mark.parametrize(
    ("balance", "empty_on"), [(999, date(2026, 11, 30)), (1000, date(2026, 11, 30)), (1001, None)]
)
def test_a_pool_is_empty_when_the_last_cent_is_drawn(balance: int, empty_on: date | None) -> None:
    """1,000 for sure in the third month; months end on the last day of short months."""
    found = forecast(Outlook(ON, 12, balance, (certain(3, 1000),)), SEED, FEW)
    assert found.empty_on == found.earliest == found.latest == empty_on
    assert found.curve[2].expected == max(0, balance - 1000)
    assert found.odds[12] == float(empty_on is not None)


@pytest.mark.parametrize("months", [1, 11, 12, MOST_MONTHS])
def test_a_horizon_has_a_point_for_each_month(months: int) -> None:
    found = forecast(Outlook(ON, months, 10, ()), SEED, FEW)
    assert [point.month for point in found.curve] == list(range(1, months + 1))
    assert set(found.odds) == {one for one in (12, 24, 36) if one <= months}
    assert found.curve[0].day == date(2026, 9, 30)
    assert found.curve[-1].day == Outlook(ON, months, 10, ()).day(months)


@pytest.mark.parametrize(
    "changes",
    [
        {"months": 0}, {"months": MOST_MONTHS + 1}, {"balance": -1}, {"frailty": -0.1},
        {"frailty": 5e-324}, {"frailty": 9e-7}, {"frailty": 4.1}, {"frailty": float("nan")},
    ],
)  # fmt: skip
def test_no_such_outlook_is_made(changes: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        replace(Outlook(ON, 12, 10, ()), **changes)


@pytest.mark.parametrize(
    "changes",
    [{"chances": (0.5,)}, {"chances": (0.0, 0.0, 1.01)}, {"back": (0, 0, 101)},
     {"pays_after": -1}, {"back_after": -1}],
)  # fmt: skip
def test_no_such_policy_is_made(changes: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        replace(certain(3, 100), **changes)


@pytest.mark.parametrize(("month", "chance"), [(0, 0.5), (1, -0.1), (1, 1.1)])
def test_no_such_flow_is_made(month: int, chance: float) -> None:
    with pytest.raises(AssertionError):
        Flow(month, chance, 1)


def test_what_moves_behind_the_horizon_does_not_count() -> None:
    """An event in month 12 is charged two months later; a flow in month 13 is behind too."""
    late = certain(12, 1000, pays_after=2)
    outlook = Outlook(ON, 12, 500, (late,), (Flow(13, 1.0, 700),))
    assert not expected_draws(outlook).any()
    assert not simulated(outlook, FEW, SEED).any()
    longer = replace(outlook, months=14)
    assert list(np.nonzero(expected_draws(longer))[0]) == [12, 13]
    assert simulated(longer, FEW, SEED)[:, -1].tolist() == [1700.0] * FEW


def test_what_comes_back_is_drawn_below_nothing_in_its_month() -> None:
    policy = certain(2, 1000, back=(400, 400), pays_after=1, back_after=4)
    found = forecast(Outlook(ON, 12, 5000, (policy,)), SEED, FEW)
    drawn = {point.month: point.drawn for point in found.curve if point.drawn}
    assert drawn == {3: 1000, 6: -400}
    assert found.curve[-1].expected == found.curve[-1].low == found.curve[-1].high == 4400


def test_a_year_that_is_used_up_charges_nothing_until_the_next() -> None:
    """The cap of 2026 is spent; 2027 begins with the fifth month, which ends on 31 January."""
    flows = tuple(Flow(month, 1.0, 100) for month in range(1, 9))
    for used, first in ((250, 0), (300, 0), (150, 100)):
        outlook = Outlook(ON, 12, 9000, (), flows, YearCap(250, used))
        paths = simulated(outlook, FEW, SEED)
        assert (paths == paths[0]).all()
        assert paths[0, :4].tolist() == [first] * 4
        assert (paths[0, 4:8] - first).tolist() == [100, 200, 250, 250]
    means = forecast(replace(outlook, year_cap=YearCap(250, 150)), SEED, FEW).curve
    assert [point.drawn for point in means[:7]] == [100, 0, 0, 0, 100, 100, 50]


def test_a_cap_cuts_what_is_charged_and_not_what_comes_back() -> None:
    flows = (Flow(1, 1.0, 500), Flow(1, 1.0, -80))
    paths = simulated(Outlook(ON, 12, 9000, (), flows, YearCap(200, 0)), FEW, SEED)
    assert paths[0, 0] == 120


def test_a_loan_fails_once_and_a_policy_of_events_again_and_again() -> None:
    sure = PolicyRisk("P", (1.0, 1.0), (100, 100), (0, 0), 0, 0, once=False)
    assert simulated(Outlook(ON, 2, 9, (sure,)), FEW, SEED)[:, -1].mean() == 200
    once = replace(sure, once=True, chances=(1.0, 0.0))
    assert simulated(Outlook(ON, 2, 9, (once,)), FEW, SEED)[:, -1].mean() == 100


def test_the_band_holds_what_is_expected_and_odds_never_fall() -> None:
    policies = tuple(
        PolicyRisk(f"P{n}", (0.02,) * 24, (90 + n,) * 24, (0,) * 24, 1, 1, once=True)
        for n in range(30)
    )
    outlook = Outlook(ON, 24, 900, policies, frailty=0.3)
    curve = forecast(outlook, seed_of(outlook), 4000).curve
    assert all(point.low <= point.expected <= point.high for point in curve[:12])
    empty = [point.empty for point in curve]
    assert empty == sorted(empty)
    assert 0 < empty[-1] < 1
    assert [point.expected for point in curve] == sorted((p.expected for p in curve), reverse=True)


def test_a_seed_names_every_part_of_the_outlook() -> None:
    plain = Outlook(ON, 12, 500, (certain(3, 100),), (Flow(1, 0.5, 9),), YearCap(10, 0), 0.1)
    others = (
        replace(plain, on=date(2026, 8, 30)), replace(plain, months=13),
        replace(plain, policies=(certain(3, 101),)), replace(plain, policies=()),
        replace(plain, flows=(Flow(1, 0.5, 8),)), replace(plain, flows=()),
        replace(plain, year_cap=None), replace(plain, year_cap=YearCap(10, 1)),
        replace(plain, frailty=0.2),
    )  # fmt: skip
    seeds = [seed_of(one) for one in (plain, *others)]
    assert len(set(seeds)) == len(seeds)
    assert all(0 <= seed < 2**64 for seed in seeds)
    assert (simulated(plain, 50, 1) == simulated(plain, 50, 1)).all()
    assert (simulated(plain, 50, 1) != simulated(plain, 50, 2)).any()


@pytest.mark.parametrize(
    ("chances", "elapsed", "seen"),
    [((0.5, 0.5), 2, ()), ((1.0, 0.0), 1, (0.0,)), ((0.25, 0.25), 0, (0.25, 0.25)),
     ((), 3, ()), ((0.5,), -2, (0.0, 0.0, 0.5))],
)  # fmt: skip
def test_a_law_seen_from_its_ends(
    chances: tuple[float, ...], elapsed: int, seen: tuple[float, ...]
) -> None:
    assert seen_from(chances, elapsed) == seen


@pytest.mark.parametrize(
    ("first", "on", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 27), 0), (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12), (date(2026, 3, 1), date(2026, 3, 1), 0),
        (date(2026, 3, 1), date(2026, 2, 28), 0), (date(2026, 3, 1), date(2026, 2, 1), -1),
    ],
)  # fmt: skip
def test_months_between_two_days_at_their_ends(first: date, on: date, months: int) -> None:
    assert months_between(first, on) == months


def test_the_smallest_frailty_is_told_from_none_by_nothing() -> None:
    """At the bound the odds are those of independent events, but for the chance of the draw."""
    chances, paid, back = (0.05,) * 12, (10,) * 12, (0,) * 12
    policies = tuple(PolicyRisk(name, chances, paid, back, 0, 0, once=True) for name in "ABCD")
    plain = Outlook(ON, 12, 30, policies)
    least = replace(plain, frailty=LEAST_FRAILTY)
    odds = [forecast(one, SEED, 20_000).curve[-1].empty for one in (plain, least)]
    assert abs(odds[0] - odds[1]) < 5 * 0.5 / 20_000**0.5
    assert all(0 < one < 1 for one in odds), "else it would tell nothing"
    assert forecast(replace(plain, frailty=MOST_FRAILTY), SEED, FEW).paths == FEW
