"""Own counts update a published figure; what is still the published one is said."""

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kernel.canonical import canonical_json
from kernel.errors import Invalid
from kernel.finding import Effect
from models.priors import Counts, Prior, load_priors, update
from models.priors.credibility import law_of
from models.priors.minimum import minimum_of

TABLE = load_priors()
RATE = TABLE.find("challenge", "invention")
CHANCE = TABLE.find("p_full", "invention")
POINT_RATE = TABLE.find("challenge", "gi")
MEMORY = TABLE.find("challenge", "invention", "EP")
COUNTABLE = [row for row in TABLE.rows.values() if row.kind != "level"]
EVENTS = st.integers(0, 5_000)
EXPOSURE = st.floats(1.0, 1e7)


def test_a_rate_by_hand() -> None:
    """gamma(1.78, 5229) after 3 events in 12,000 right-years."""
    own = update(RATE, Counts(3, 12_000))
    assert own.mean == pytest.approx(4.78 / 17_229)
    assert own.credibility == pytest.approx(12_000 / 17_229)
    assert own.share_prior == pytest.approx(5229 / 17_229)
    law = stats.gamma(4.78, scale=1 / 17_229)
    assert (own.low, own.high) == pytest.approx((law.ppf(0.025), law.ppf(0.975)), rel=1e-10)


def test_a_chance_by_hand() -> None:
    """beta(10.12, 29.88) after 8 of 20 cases."""
    own = update(CHANCE, Counts(8, 20))
    assert own.mean == pytest.approx(18.12 / 60)
    assert own.credibility == pytest.approx(20 / 60)
    law = stats.beta(18.12, 41.88)
    assert (own.low, own.high) == pytest.approx((law.ppf(0.025), law.ppf(0.975)), rel=1e-10)


@pytest.mark.parametrize("prior", COUNTABLE, ids=lambda prior: prior.key)
def test_the_mean_is_the_mixture_of_buhlmann(prior: Prior) -> None:
    counts = Counts(2, 40)
    own = update(prior, counts)
    mixed = own.credibility * counts.rate + own.share_prior * law_of(prior).mean
    assert own.mean == pytest.approx(mixed, rel=1e-12)
    assert law_of(prior).mean == pytest.approx(prior.value, rel=0.02)  # b is printed whole


@pytest.mark.parametrize("prior", [RATE, CHANCE], ids=lambda prior: prior.law)
def test_the_posterior_against_numerical_integration(prior: Prior) -> None:
    """Prior density times likelihood, on a fine grid, without any formula of conjugate laws."""
    counts = Counts(5, 60) if prior.law == "beta" else Counts(5, 9_000)
    x = np.linspace(1e-9, 0.9999 if prior.law == "beta" else 0.004, 400_001)
    if prior.law == "beta":
        weight = stats.beta(prior.a, prior.b).pdf(x) * stats.binom(60, x).pmf(5)
    else:
        weight = stats.gamma(prior.a, scale=1 / prior.b).pdf(x) * stats.poisson(9_000 * x).pmf(5)
    below = np.cumsum(weight) / weight.sum()
    own = update(prior, counts)
    assert own.mean == pytest.approx((x * weight).sum() / weight.sum(), rel=1e-4)
    assert own.low == pytest.approx(x[np.searchsorted(below, 0.025)], rel=2e-3)
    assert own.high == pytest.approx(x[np.searchsorted(below, 0.975)], rel=2e-3)


@given(EVENTS, EXPOSURE)
def test_more_experience_is_more_credible(events: int, exposure: float) -> None:
    less, more = (update(RATE, Counts(events, exposure * k)) for k in (1, 2))
    assert less.credibility < more.credibility < 1.0
    assert less.low < less.mean < less.high


@given(EVENTS, EVENTS, EXPOSURE, EXPOSURE)
def test_two_steps_are_one(one: int, two: int, years: float, more: float) -> None:
    """Counts add: their order and their packing leave the law as it is."""
    first, second = Counts(one, years), Counts(two, more)
    whole = law_of(RATE).after(first + second)
    assert law_of(RATE).after(second).after(first).b == pytest.approx(whole.b)
    assert law_of(RATE).after(first).after(second).a == pytest.approx(whole.a)


def test_the_interval_covers_what_it_says() -> None:
    """Rates drawn from the prior, counts drawn from the rates: 95 % of intervals hold the rate."""
    rng = np.random.default_rng(7)
    rates = rng.gamma(RATE.a, 1 / RATE.b, 2_000)
    events = rng.poisson(rates * 6_000)
    seen = {count: update(RATE, Counts(int(count), 6_000)) for count in np.unique(events)}
    pairs = zip(rates, events, strict=True)
    held = sum(seen[count].low <= rate <= seen[count].high for rate, count in pairs)
    assert abs(held / 2_000 - 0.95) < 3 * math.sqrt(0.95 * 0.05 / 2_000)


def test_own_counts_beat_the_prior_and_the_raw_rate() -> None:
    """Mean squared error over rates drawn from the prior: the mixture is below both its parts."""
    rng = np.random.default_rng(8)
    rates = rng.gamma(RATE.a, 1 / RATE.b, 20_000)
    raw = rng.poisson(rates * 5_229) / 5_229
    z = update(RATE, Counts(0, 5_229)).credibility
    error = [((guess - rates) ** 2).mean() for guess in (raw, RATE.a / RATE.b, 0.0)]
    mixed = ((z * raw + (1 - z) * RATE.a / RATE.b - rates) ** 2).mean()
    assert mixed < 0.6 * min(error)


@pytest.mark.parametrize(
    ("grade", "shape", "weight"),
    [("A", 44.44, 200), ("B", 8.16, 40), ("C", 1.78, 10), ("K", 1.78, 10)],
)
def test_a_point_is_as_wide_as_its_grade(grade: str, shape: float, weight: float) -> None:
    rate = law_of(replace(POINT_RATE, grade=grade))
    assert (rate.name, rate.mean) == ("gamma", pytest.approx(POINT_RATE.value))
    assert rate.a == pytest.approx(shape, abs=0.005)
    chance = law_of(replace(TABLE.find("p_full", "gi"), grade=grade))
    assert (chance.name, chance.mean) == ("beta", pytest.approx(0.3))
    assert chance.weight == pytest.approx(weight)


def test_a_level_has_no_counts() -> None:
    with pytest.raises(Invalid) as refused:
        update(TABLE.find("years_to_sale", "ip_only_collateral"), Counts(1, 2))
    assert refused.value.code == "no-count-law"


@pytest.mark.parametrize(
    ("counts", "field"),
    [
        (lambda: Counts(-1, 5), "counts.events"),
        (lambda: Counts(1, -5), "counts.exposure"),
        (lambda: Counts(1, 0), "counts.exposure"),
        (lambda: Counts(float("nan"), 1), "counts.events"),
        (lambda: Counts(1, float("inf")), "counts.exposure"),
        (lambda: update(CHANCE, Counts(6, 5)), "counts.events"),
    ],
)
def test_what_is_no_count_is_refused(counts: Callable[[], object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        counts()
    assert refused.value.faults[0].field == field


def test_a_thin_cohort_is_referred_and_says_what_would_mend_it() -> None:
    own = update(RATE, Counts(0, 100), minimum=0.1)
    (found,) = own.findings
    assert (found.code, found.effect) == ("thin-cohort", Effect.REFER)
    assert found.en.startswith("refer: thin cohort")
    assert "100 right-years" in found.en
    assert "98.1% of it is still the published figure, grade C" in found.en
    assert "样本不足" in found.zh
    assert "100 权利年" in found.zh
    # Z = 0.1 at b / 9 = 581 right-years, 481 more than there are
    assert "record 481 more right-years" in found.cure
    assert update(RATE, Counts(0, 100 + 481), minimum=0.1).findings == ()
    assert update(RATE, Counts(0, 100 + 480), minimum=0.1).findings != ()


@pytest.mark.parametrize(
    ("row", "unit"),
    [(CHANCE, "cases"), (TABLE.find("default", "ip_pledge_sme"), "firm-years")],
)
def test_the_unit_is_that_of_the_figure(row: Prior, unit: str) -> None:
    (found,) = update(row, Counts(0, 1), minimum=0.9).findings
    assert f"more {unit} of this cohort" in found.cure


@given(st.floats(0.0, 0.99), st.floats(0.0, 1e6))
def test_what_is_missing_is_just_enough(minimum: float, exposure: float) -> None:
    cohort = update(RATE, Counts(0, exposure), minimum=minimum).cohort
    filled = Counts(0, exposure + cohort.short_of(minimum))
    assert update(RATE, filled, minimum=minimum).credibility >= minimum - 1e-12


def test_the_stated_minimum_of_a_use() -> None:
    none = Counts(0, 0)
    assert update(RATE, none).findings == ()  # graded C, on counts of all types
    assert update(MEMORY, none).findings[0].code == "thin-cohort"  # from memory
    assert update(POINT_RATE, none).findings[0].code == "thin-cohort"  # never counted
    assert update(RATE, none, use="own_rate").findings[0].code == "thin-cohort"
    assert update(MEMORY, none, minimum=0.0).findings == ()  # a house states its own
    assert minimum_of().unverified


@pytest.mark.parametrize("minimum", [1.0, -0.1, float("nan")])
def test_a_minimum_that_is_none_is_refused(minimum: float) -> None:
    with pytest.raises(Invalid):
        update(RATE, Counts(0, 0), minimum=minimum)


def test_a_use_that_is_not_stated_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        update(RATE, Counts(0, 0), use="guess")
    assert "quote" in refused.value.faults[0].cure


def test_a_house_states_its_own_minima() -> None:
    stated = {
        "uses": {"quote": {"A": 0.2, "B": 0.2, "C": 0.3, "K": 0.4, "uncounted": 0.9}},
        "uncounted": {"rights": ["gi"]},
    }
    own = minimum_of("quote", stated)
    assert (own.of(RATE), own.of(MEMORY), own.of(POINT_RATE)) == (0.3, 0.4, 0.9)
    stated["uses"]["quote"]["A"] = 1.0
    with pytest.raises(Invalid, match=r"uses\.quote\.A"):
        minimum_of("quote", stated)


def test_it_is_written_into_a_receipt() -> None:
    row = update(RATE, Counts(3, 12_000)).json()
    assert canonical_json(row)
    assert row["credibility"] + row["share_prior"] == 1.0
    assert (row["cohort"], row["events"], row["grade"]) == (12_000, 3, "C")
    keys = list(row)
    assert all(one != two for one, two in pairwise(sorted(keys)))
