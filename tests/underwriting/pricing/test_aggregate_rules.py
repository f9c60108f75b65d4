"""What holds for every cover: order, monotony, additivity, bounds; and what is refused."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.severity import Law, Lognormal, Pareto
from underwriting.pricing.aggregate import (
    Binomial,
    Cover,
    CoverTerms,
    Frequency,
    NegativeBinomial,
    Poisson,
    aggregate,
    ladder,
    listing,
    policy_year,
)

ALL = CoverTerms.none()
LAWS: list[Law] = [
    Lognormal.of_median(1.1e7, 1.28),
    Lognormal.of_median(2e8, 2.2),
    Pareto(5e6, 1.3),
]
LAW = st.sampled_from(LAWS)
EVENTS = st.floats(1e-4, 8.0)
FREQUENCY = st.one_of(
    st.builds(Poisson, EVENTS),
    st.builds(NegativeBinomial, EVENTS, st.floats(0.05, 3.0)),
    st.builds(Binomial, st.integers(1, 6), st.floats(1e-4, 0.95)),
)
AMOUNT = st.floats(1e5, 1e9)
TERMS = st.builds(
    CoverTerms,
    retention=st.one_of(st.just(0.0), AMOUNT),
    copay=st.sampled_from([0.0, 0.1, 0.25]),
    sublimit=st.one_of(st.just(inf), AMOUNT),
    limit=AMOUNT,
    agg_deductible=st.one_of(st.just(0.0), AMOUNT),
    agg_limit=st.one_of(st.just(inf), AMOUNT),
    share=st.sampled_from([1.0, 0.16, 0.5]),
)
SLACK = 1e-4
"""Part of a mean by which the lattices of two neighbouring covers may differ."""

NOUGHT = 1e-3
"""Minor units that are rounding: a thousandth of a fen in covers of up to ten million yuan."""


def cost(frequency: Frequency, law: Law, terms: CoverTerms) -> float:
    return aggregate(frequency, law, terms).mean()


def softer(terms: CoverTerms, name: str, factor: float) -> CoverTerms:
    """The same cover with one term moved so that it pays more, or as much."""
    now = getattr(terms, name)
    if name in {"retention", "copay", "agg_deductible"}:
        return replace(terms, **{name: now / factor})
    return replace(terms, **{name: min(1.0, now * factor) if name == "share" else now * factor})


@given(FREQUENCY, LAW, TERMS, st.sampled_from(list(CoverTerms.__slots__)), st.floats(1.2, 20.0))
def test_a_softer_term_never_costs_less(
    frequency: Frequency, law: Law, terms: CoverTerms, name: str, factor: float
) -> None:
    now, then = cost(frequency, law, terms), cost(frequency, law, softer(terms, name, factor))
    assert then >= now * (1 - SLACK) - NOUGHT


@given(EVENTS, LAW, TERMS, st.floats(1.0, 5.0))
def test_more_events_never_cost_less(
    events: float, law: Law, terms: CoverTerms, factor: float
) -> None:
    now = cost(Poisson(events), law, terms)
    assert cost(Poisson(events * factor), law, terms) >= now * (1 - SLACK) - NOUGHT


@given(FREQUENCY, LAW, TERMS)
def test_a_law_of_the_year(frequency: Frequency, law: Law, terms: CoverTerms) -> None:
    year = aggregate(frequency, law, terms)
    assert year.mass.min() >= 0.0
    assert year.mass.sum() == pytest.approx(1.0, abs=1e-12)
    assert year.points[-1] <= terms.most * (1 + 1e-9)
    assert year.mean() <= year.tvar(0.9) * (1 + 1e-9) <= year.tvar(0.995) * (1 + 1e-9)
    assert year.quantile(0.5) <= year.quantile(0.995) <= year.tvar(0.995) * (1 + 1e-9)


@settings(max_examples=50)
@given(FREQUENCY, LAW, TERMS)
def test_the_stated_error_holds(frequency: Frequency, law: Law, terms: CoverTerms) -> None:
    """A lattice eight times as fine lies within the error, and within a ten-thousandth.

    Of a cover that hardly ever pays, the last digits are those of what it does not pay.
    """
    year, fine = aggregate(frequency, law, terms), aggregate(frequency, law, terms, points=8192)
    apart = abs(year.mean() - fine.mean())
    assert apart <= year.error + 1e-9 * fine.mean()
    assert apart <= SLACK * fine.mean() + 5e-9 * frequency.mean * terms.cap + NOUGHT


@given(FREQUENCY, LAW, TERMS)
def test_every_step_takes_off_and_none_adds(
    frequency: Frequency, law: Law, terms: CoverTerms
) -> None:
    own = replace(terms, agg_deductible=0.0, agg_limit=inf, share=1.0)
    cover = Cover("all", frequency, law, own)
    year = policy_year(
        [cover],
        agg_deductible=terms.agg_deductible,
        agg_limit=terms.agg_limit,
        share=terms.share,
    )
    steps = ladder([cover], year, share=terms.share)
    left = [step.expected for step in steps]
    assert all(now <= before for before, now in itertools.pairwise(left))
    assert left[-1] == year.distribution.mean()
    assert [step.code for step in steps] == [
        "ground_up", "retention", "coinsurance", "sublimit", "limit", "aggregate", "share",
    ]  # fmt: skip


@given(st.lists(st.tuples(FREQUENCY, LAW, TERMS), min_size=2, max_size=4), AMOUNT)
def test_means_add_up_and_parts_are_the_whole(
    kinds: list[tuple[Frequency, Law, CoverTerms]], agg_limit: float
) -> None:
    covers = [Cover(str(n), *kind) for n, kind in enumerate(kinds)]
    apart = [cost(*kind) for kind in kinds]
    open_year = policy_year(covers, agg_deductible=0.0, agg_limit=inf, share=1.0)
    fen = 1e-3  # amounts are in minor units: below a thousandth of one nothing is claimed
    assert open_year.distribution.mean() == pytest.approx(sum(apart), rel=1e-6, abs=fen)
    assert list(open_year.parts.values()) == pytest.approx(apart, rel=1e-5, abs=fen)
    held = policy_year(covers, agg_deductible=0.0, agg_limit=agg_limit, share=1.0)
    assert held.distribution.mean() <= min(agg_limit, sum(apart)) * (1 + 1e-7)
    assert sum(held.parts.values()) == pytest.approx(held.distribution.mean(), rel=1e-9)
    assert min(held.parts.values()) >= 0.0


@given(FREQUENCY, LAW, TERMS, st.floats(0.0, 1.0))
def test_wang_lies_above_the_mean(
    frequency: Frequency, law: Law, terms: CoverTerms, lam: float
) -> None:
    year = aggregate(frequency, law, terms)
    assert year.mean() * (1 - 1e-12) <= year.wang(lam) <= year.wang(lam + 0.1)
    assert year.wang(0.0) == pytest.approx(year.mean(), rel=1e-9)


@pytest.mark.parametrize("loss", [0.0, 99.0, 100.0, 150.0, 500.0, 5000.0])
def test_the_order_of_terms(loss: float) -> None:
    """Retention 100, copay 20 %, sublimit 300, limit 250; then 50 to 400 of the year; half ours."""
    terms = CoverTerms(
        retention=100, copay=0.2, sublimit=300, limit=250,
        agg_deductible=50, agg_limit=400, share=0.5,
    )  # fmt: skip
    paid = min(250, 300, 0.8 * max(loss - 100, 0))
    assert float(terms.payment(loss)) == paid
    assert terms.year([paid, 3 * paid]).tolist() == [
        0.5 * min(400, max(total - 50, 0)) for total in (paid, 3 * paid)
    ]
    assert (terms.cap, terms.most) == (250, 200)


def test_every_term_is_printed_in_order() -> None:
    terms = replace(ALL, retention=123456.0, copay=0.2, sublimit=5e7, agg_limit=1e8, share=0.16)
    printed = {term.code: term.value for term in listing(terms, "CNY")}
    assert printed == {
        "retention": "CNY 1,234.56", "coinsurance": "20 %", "sublimit": "CNY 500,000.00",
        "limit": "不设限 unlimited",
        "aggregate": "免赔 deductible CNY 0.00, 限额 limit CNY 1,000,000.00", "share": "16 %",
    }  # fmt: skip
    assert all(term.zh and term.en for term in listing(terms, "CNY"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("retention", -1.0), ("retention", inf), ("copay", 1.0), ("sublimit", 0.0),
        ("limit", nan), ("agg_deductible", inf), ("agg_limit", -5.0), ("share", 0.0),
    ],
)  # fmt: skip
def test_terms_that_no_policy_can_have(field: str, value: float) -> None:
    with pytest.raises(Invalid, match=f"terms.{field}"):
        replace(ALL, **{field: value})


def test_terms_left_out_are_not_unlimited() -> None:
    stated: dict[str, Any] = {"retention": 0.0, "copay": 0.0, "limit": 1.0}
    with pytest.raises(TypeError, match="sublimit"):
        CoverTerms(**stated)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Poisson(-1.0), "events"),
        (lambda: NegativeBinomial(inf, 1.0), "events"),
        (lambda: NegativeBinomial(1.0, 0.0), "dispersion"),
        (lambda: Binomial(0, 0.5), "trials"),
        (lambda: Binomial(1, 1.0), "chance"),
        (lambda: aggregate(Poisson(1.0), Pareto(1.0, 0.9), ALL), "limit"),
        (lambda: policy_year([], agg_deductible=0, agg_limit=1, share=1), "covers"),
    ],
)
def test_what_is_no_year(make: Callable[[], object], field: str) -> None:
    with pytest.raises(Invalid, match=field):
        make()


@pytest.mark.parametrize("frequency", [Poisson(0.0), NegativeBinomial(0.0, 1.0), Binomial(3, 0.0)])
def test_no_event_costs_nothing(frequency: Frequency) -> None:
    year = aggregate(frequency, LAWS[0], replace(ALL, limit=1e8, agg_deductible=5e6))
    assert (year.mean(), year.tvar(0.995)) == (0.0, 0.0)


def test_a_retention_above_every_loss_costs_nothing() -> None:
    terms = replace(ALL, retention=1e300, limit=1e8)
    assert cost(Poisson(2.0), LAWS[0], terms) == 0.0


@pytest.mark.parametrize("frequency", [Poisson(0.7), NegativeBinomial(2.0, 0.5), Binomial(4, 0.3)])
def test_numbers_drawn_are_those_of_the_law(frequency: Frequency) -> None:
    drawn = frequency.draw(np.random.default_rng(3), 400_000)
    assert drawn.mean() == pytest.approx(frequency.mean, rel=0.01)
    assert drawn.var() == pytest.approx(frequency.variance, rel=0.02)
    assert (drawn == 0).mean() == pytest.approx(np.exp(frequency.log_none), rel=0.02)
