"""The forecast of a pool against closed forms, and against a second, plain simulator."""

import random
from dataclasses import replace
from datetime import date
from math import comb, erf, exp, sqrt
from statistics import mean, quantiles

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.forecast.exhaustion import PATHS, forecast
from claims.rules.forecast.expected import expected_draws
from claims.rules.forecast.outlook import (
    LEAST_FRAILTY,
    MOST_FRAILTY,
    Flow,
    Outlook,
    PolicyRisk,
    YearCap,
    seen_from,
)
from claims.rules.forecast.seed import seed_of
from claims.rules.forecast.simulate import simulated

ON = date(2026, 6, 30)
SEED = 7
FOUR = 4 * 0.5 / sqrt(PATHS)  # four standard errors of an odds, the largest there is


def a_policy(
    key: str = "P", months: int = 36, chance: float = 0.01, **changes: object
) -> PolicyRisk:
    plain = PolicyRisk(
        key=key, chances=(chance,) * months, paid=(100,) * months, back=(0,) * months,
        pays_after=0, back_after=0, once=True,
    )  # fmt: skip
    return replace(plain, **changes)


def many(count: int, **changes: object) -> tuple[PolicyRisk, ...]:
    return tuple(a_policy(f"P{number:04}", **changes) for number in range(count))


def binomial_at_least(least: int, count: int, chance: float) -> float:
    return sum(
        comb(count, k) * chance**k * (1 - chance) ** (count - k) for k in range(least, count + 1)
    )


@pytest.mark.parametrize("within", [12, 24, 36])
def test_identical_policies_empty_a_pool_by_the_binomial_law(within: int) -> None:
    """80 policies of 100 each against 500: empty when five have failed."""
    found = forecast(Outlook(ON, 36, 500, many(80, chance=0.002)), SEED)
    exact = binomial_at_least(5, 80, 0.002 * within)
    assert found.odds[within] == pytest.approx(exact, abs=FOUR)
    assert 0.001 < exact < 0.9


def test_the_expected_curve_is_exact() -> None:
    """Of every policy: chance times amount, less what comes back later."""
    back = a_policy("B", back=(40,) * 36, pays_after=2, back_after=5)
    draws = expected_draws(Outlook(ON, 36, 500, (*many(10), back)))
    assert draws[0] == pytest.approx(10 * 0.01 * 100)
    assert draws[2] == pytest.approx(10 * 0.01 * 100 + 0.01 * 100)
    assert draws[5] == pytest.approx(10 * 0.01 * 100 + 0.01 * 100 - 0.01 * 40)
    paths = simulated(Outlook(ON, 36, 500, (*many(10), back)), PATHS, SEED)
    spread = paths[:, -1].std() / sqrt(PATHS)
    assert paths[:, -1].mean() == pytest.approx(draws.sum(), abs=4 * spread)


def test_many_small_policies_tend_to_the_normal_law() -> None:
    """Poisson of mean 100 for 5,000 policies: P(N >= k) by the normal with its correction."""
    one = Outlook(ON, 1, 11_500, many(5000, months=1, chance=0.02))
    found = forecast(replace(one, months=12), SEED)
    z = (115 - 0.5 - 100) / sqrt(100 * 0.98)
    assert found.odds[12] == pytest.approx(0.5 * (1 - erf(z / sqrt(2))), abs=FOUR + 0.01)


def test_a_common_factor_makes_counts_negative_binomial() -> None:
    """Hazard times gamma of variance v: P(none of n) = (1 + v n h)^(-1/v)."""
    frailty, chance, count = 0.5, 0.02, 30
    hazard = ((1 - chance) ** -frailty - 1) / frailty
    found = forecast(
        Outlook(ON, 12, 100, many(count, months=1, chance=chance), frailty=frailty), SEED
    )
    assert found.odds[12] == pytest.approx(
        1 - (1 + frailty * count * hazard) ** (-1 / frailty), abs=FOUR
    )
    alone = forecast(Outlook(ON, 12, 100, many(count, months=1, chance=chance)), SEED)
    assert alone.odds[12] == pytest.approx(1 - (1 - chance) ** count, abs=FOUR)
    assert found.odds[12] < alone.odds[12], "events come together, so fewer paths have any"


@pytest.mark.parametrize("frailty", [0.1, 1.0, 4.0])
@pytest.mark.parametrize("once", [True, False])
def test_the_paths_have_the_exact_mean_whatever_is_common(frailty: float, *, once: bool) -> None:
    """The common factor moves the spread and no chance: month by month, within its noise."""
    outlook = Outlook(ON, 36, 10**6, many(200, chance=0.005, once=once), frailty=frailty)
    paths = simulated(outlook, PATHS, SEED)
    exact = np.cumsum(expected_draws(outlook))
    wide = 5 * paths.std(axis=0) / sqrt(PATHS)
    assert (np.abs(paths.mean(axis=0) - exact) < wide).all()


def test_a_cap_that_never_binds_does_not_move_the_day() -> None:
    """200 loans of 100,000.00 lose 100,000.00 a month on average: 2,950,000.00 last to month 30."""
    paid = (10_000_000,) * 36
    pool = many(200, chance=0.005, paid=paid)
    outlook = Outlook(ON, 36, 295_000_000, pool, frailty=4.0)
    capped = replace(outlook, year_cap=YearCap(10**14, 0))
    days = [forecast(one, SEED).empty_on for one in (outlook, capped)]
    assert days == [outlook.day(30)] * 2


def plainly(outlook: Outlook, paths: int) -> list[list[float]]:
    """The same, one coin after another, with nothing in common but the outlook."""
    rng = random.Random(99)
    found = []
    for _ in range(paths):
        charged, back = [0.0] * outlook.months, [0.0] * outlook.months
        for policy in outlook.policies:
            _toss(rng, policy, charged, back)
        for flow in outlook.flows:
            if rng.random() < flow.chance:
                (charged if flow.minor > 0 else back)[flow.month - 1] += abs(flow.minor)
        if outlook.year_cap:
            _cut(outlook, outlook.year_cap, charged)
        total, path = 0.0, []
        for out, come in zip(charged, back, strict=True):
            total += out - come
            path.append(total)
        found.append(path)
    return found


def _toss(rng: random.Random, policy: PolicyRisk, charged: list[float], back: list[float]) -> None:
    left = 1.0
    for month, chance in enumerate(policy.chances):
        if rng.random() * left >= chance:
            left -= chance if policy.once else 0
            continue
        if (pays := month + policy.pays_after) < len(charged):
            charged[pays] += policy.paid[month]
        if (comes := month + policy.back_after) < len(back):
            back[comes] += policy.back[month]
        if policy.once:
            return


def _cut(outlook: Outlook, cap: YearCap, charged: list[float]) -> None:
    spent: dict[int, float] = {outlook.on.year: cap.used}
    for month, year in enumerate(outlook.years):
        charged[month] = min(charged[month], max(0.0, cap.most - spent.get(year, 0.0)))
        spent[year] = spent.get(year, 0.0) + charged[month]


UNEVEN = Outlook(
    ON, 24, 700,
    (
        *many(20, months=24, chance=0.01),
        a_policy("L", months=12, chance=0.05, paid=tuple(range(600, 0, -50)),
                 back=tuple(range(60, 0, -5)), pays_after=4, back_after=9),
        a_policy("R", months=18, chance=0.1, paid=(30,) * 18, back=(0,) * 18, once=False),
    ),
    (Flow(2, 0.7, 250), Flow(8, 1.0, -90)),
)  # fmt: skip


@pytest.mark.parametrize("cap", [None, YearCap(300, 120)])
def test_a_second_plain_simulator_agrees(cap: YearCap | None) -> None:
    outlook = replace(UNEVEN, year_cap=cap)
    paths = 6000
    plain = plainly(outlook, paths)
    found = forecast(outlook, SEED)
    drawn = simulated(outlook, PATHS, SEED)
    for month in (1, 6, 12, 24):
        ours, theirs = drawn[:, month - 1], [path[month - 1] for path in plain]
        wide = 4 * sqrt(np.var(theirs) / paths + ours.var() / PATHS) + 1e-9
        assert ours.mean() == pytest.approx(mean(theirs), abs=wide)
    for within in (12, 24):
        empty = mean(max(path[:within]) >= outlook.balance for path in plain)
        assert found.odds[within] == pytest.approx(empty, abs=4 * 0.5 / sqrt(paths) + FOUR)
    tenths = quantiles((700 - path[-1] for path in plain), n=10)
    assert found.curve[-1].low == pytest.approx(max(0, tenths[0]), abs=60)
    assert found.curve[-1].high == pytest.approx(max(0, tenths[-1]), abs=60)


def test_not_within_the_horizon_is_said() -> None:
    found = forecast(Outlook(ON, 36, 10_000, many(3)), SEED)
    assert (found.empty_on, found.earliest, found.median, found.latest) == (None,) * 4
    assert found.odds == {12: 0.0, 24: 0.0, 36: 0.0}
    assert found.curve[-1].expected == 10_000 - round(3 * 0.36 * 100)


def test_odds_are_stated_within_the_horizon_only() -> None:
    assert set(forecast(Outlook(ON, 24, 10, ()), SEED).odds) == {12, 24}


def test_an_empty_pool_is_empty_on_the_day() -> None:
    found = forecast(Outlook(ON, 12, 0, ()), SEED)
    assert (found.empty_on, found.latest, found.odds[12]) == (ON, ON, 1.0)


def test_certain_draws_empty_it_on_their_day() -> None:
    """250 in month 3 and 250 in month 5 against 400, and what comes back later is too late."""
    flows = (Flow(3, 1.0, 250), Flow(5, 1.0, 250), Flow(6, 1.0, -500))
    found = forecast(Outlook(ON, 12, 400, (), flows), SEED)
    assert found.empty_on == found.earliest == found.latest == date(2026, 11, 30)
    assert [point.expected for point in found.curve[:6]] == [400, 400, 150, 150, 0, 400]
    assert found.odds[12] == 1.0


def test_a_cap_of_the_year_holds_in_every_path() -> None:
    capped = replace(UNEVEN, year_cap=YearCap(300, 120), flows=UNEVEN.flows[:1])
    no_back = replace(
        capped, policies=tuple(replace(p, back=(0,) * len(p.paid)) for p in capped.policies)
    )
    drawn = simulated(no_back, 2000, SEED)
    assert drawn[:, 5].max() <= 180  # to the end of 2026
    assert drawn[:, 17].max() <= 180 + 300
    assert drawn[:, 17].max() > 300, "the cap was reached"


def test_the_seed_is_of_the_content_in_any_order() -> None:
    turned = replace(UNEVEN, policies=UNEVEN.policies[::-1], flows=UNEVEN.flows[::-1])
    assert seed_of(UNEVEN) == seed_of(turned)
    assert seed_of(UNEVEN) != seed_of(replace(UNEVEN, balance=701))
    assert forecast(UNEVEN, seed_of(UNEVEN)) == forecast(turned, seed_of(turned))


@given(
    st.lists(st.floats(0, 0.2), min_size=1, max_size=5),
    st.integers(0, 6),
)
def test_what_is_left_of_a_law_sums_to_what_was_left(chances: list[float], elapsed: int) -> None:
    """Seen from month e: P(none in the rest | none by e) is the ratio of the two."""
    rest = seen_from(chances, elapsed)
    left = 1 - sum(chances[:elapsed])
    assert left * (1 - sum(rest)) == pytest.approx(1 - sum(chances))


@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=5))
def test_hazards_give_the_chances_back(chances: list[float]) -> None:
    months = len(chances)
    policy = a_policy(chances=tuple(chances), paid=(1,) * months, back=(0,) * months)
    left = 1.0
    for hazard, chance in zip(policy.hazards(0.0), chances, strict=True):
        assert left * (1 - exp(-hazard)) == pytest.approx(chance, abs=1e-12)
        left *= exp(-hazard)


@given(
    chances=st.lists(st.floats(0, 0.2), min_size=1, max_size=5),
    frailty=st.sampled_from([LEAST_FRAILTY, 0.01, 0.5, 1.0, MOST_FRAILTY]),
    once=st.booleans(),
)
def test_hazards_give_the_chances_back_on_average_over_the_common_factor(
    chances: list[float], frailty: float, *, once: bool
) -> None:
    """Survived by the Laplace transform of the gamma: (1 + v H)^(-1/v)."""
    months = len(chances)
    policy = a_policy(chances=tuple(chances), paid=(1,) * months, back=(0,) * months, once=once)
    hazards = policy.hazards(frailty)
    passed = 0.0
    for place, chance in enumerate(chances):
        whole = passed + hazards[place] if once else hazards[place]
        before, after = ((1 + frailty * one) ** (-1 / frailty) for one in (passed, whole))
        assert before - after == pytest.approx(chance, abs=1e-9)
        passed = whole if once else 0.0
