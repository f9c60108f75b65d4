"""The engine beside closed forms, Panjer's recursion and tiny lattices worked out in full."""

import itertools
from dataclasses import dataclass, replace
from math import comb, exp, inf

import numpy as np
import pytest
from numpy.typing import ArrayLike
from scipy import stats

from models.severity import Fixed, GeneralisedPareto, Lognormal
from models.severity.laws.normal import FloatArray
from underwriting.pricing.aggregate import (
    Binomial,
    CoverTerms,
    Distribution,
    Frequency,
    NegativeBinomial,
    Payment,
    Poisson,
    aggregate,
)
from underwriting.pricing.aggregate.grid import Grid
from underwriting.pricing.aggregate.kinds import Kind, Year

ALL = CoverTerms.none()
EXPONENTIAL = GeneralisedPareto(0.0, 1000.0, 0.0)


@dataclass(frozen=True)
class Dice:
    """A loss of 1 to 6 tens, each as likely."""

    def mean(self) -> float:
        return 35.0

    def lev(self, limit: ArrayLike) -> FloatArray:
        return np.mean([np.minimum(10.0 * face, limit) for face in range(1, 7)], axis=0)


def year_of_gammas(number: FloatArray, limit: float, mean: float) -> tuple[float, float]:
    """P(S <= limit) and E[min(S, limit)] of sums of exponentials, by sums of gamma laws."""
    counts = np.arange(1, len(number))
    below = number[0] + float(number[1:] @ stats.gamma.cdf(limit, counts, scale=mean))
    inner = counts * mean * stats.gamma.cdf(limit, counts + 1, scale=mean)
    tails = limit * stats.gamma.sf(limit, counts, scale=mean)
    return below, float(number[1:] @ (inner + tails))


FREQUENCIES: list[tuple[Frequency, FloatArray]] = [
    (Poisson(0.02), stats.poisson.pmf(np.arange(40), 0.02)),
    (Poisson(7.0), stats.poisson.pmf(np.arange(120), 7.0)),
    (NegativeBinomial(1.5, 0.8), stats.nbinom.pmf(np.arange(400), 1 / 0.8, 1 / (1 + 0.8 * 1.5))),
    (Binomial(5, 0.3), stats.binom.pmf(np.arange(6), 5, 0.3)),
]


@pytest.mark.parametrize(("frequency", "number"), FREQUENCIES)
@pytest.mark.parametrize("limit", [300.0, 1000.0, 12000.0])
def test_sums_of_exponentials(frequency: Frequency, number: FloatArray, limit: float) -> None:
    """Aggregate limit on exponential losses: mean within 0.01 %, chances within one step."""
    year = aggregate(frequency, EXPONENTIAL, replace(ALL, agg_limit=limit))
    below, limited = year_of_gammas(number, limit, 1000.0)
    assert year.mean() == pytest.approx(limited, rel=1e-4)
    assert float(year.sf(limit * (1 - 1e-3))) == pytest.approx(1 - below, abs=2e-3)
    assert abs(year.mean() - limited) <= year.error * (1 + 1e-6) + 1e-6 * limited


@pytest.mark.parametrize(("frequency", "number"), FREQUENCIES)
@pytest.mark.parametrize("deductible", [3.0, 700.0, 5000.0])
def test_an_aggregate_deductible_however_small(
    frequency: Frequency, number: FloatArray, deductible: float
) -> None:
    terms = replace(ALL, agg_deductible=deductible, agg_limit=20000.0)
    low = year_of_gammas(number, deductible, 1000.0)[1]
    high = year_of_gammas(number, deductible + 20000.0, 1000.0)[1]
    assert aggregate(frequency, EXPONENTIAL, terms).mean() == pytest.approx(high - low, rel=1e-4)


def panjer(a: float, b: float, none: float, mass: FloatArray, points: int) -> FloatArray:
    """Panjer 1981: p_n = (a + b / n) p_(n-1); the severity has no mass at nought."""
    year = np.zeros(points)
    year[0] = none
    for s in range(1, points):
        j = np.arange(1, min(s, len(mass) - 1) + 1)
        year[s] = float(((a + b * j / s) * mass[j]) @ year[s - j])
    return year


@pytest.mark.parametrize(
    ("frequency", "a", "b", "none"),
    [
        (Poisson(2.5), 0.0, 2.5, exp(-2.5)),
        (NegativeBinomial(2.0, 0.5), 0.5, 0.5, 0.25),
        (Binomial(4, 0.5), -1.0, 5.0, 0.0625),
    ],
)
def test_panjer(frequency: Frequency, a: float, b: float, none: float) -> None:
    """Dice of tens on a lattice of tens: the transform and the recursion are the same law."""
    faces = np.append(0.0, np.full(6, 1 / 6))
    grid = Grid(10.0, 20)
    ours, lost = Year(grid, [Kind.of(grid, frequency, faces)]).mass()
    exact = panjer(a, b, none, faces, 20)
    assert np.abs(ours - exact).max() < 1e-9
    assert lost == pytest.approx(1.0 - exact.sum(), abs=1e-9)
    year = aggregate(frequency, Dice(), replace(ALL, limit=60.0))
    assert year.mean() == pytest.approx(frequency.mean * 35.0, rel=1e-9)


@pytest.mark.parametrize(("trials", "chance"), [(1, 0.25), (3, 0.5)])
def test_a_tiny_year_in_full(trials: int, chance: float) -> None:
    """Every outcome of up to three dice under every term at once, enumerated."""
    terms = CoverTerms(
        retention=10.0, copay=0.2, sublimit=36.0, limit=30.0,
        agg_deductible=12.0, agg_limit=40.0, share=0.5,
    )  # fmt: skip
    expected = 0.0
    for count in range(trials + 1):
        weight = comb(trials, count) * chance**count * (1 - chance) ** (trials - count)
        for faces in itertools.product(range(10, 70, 10), repeat=count):
            paid = float(terms.payment(np.array(faces, float)).sum())
            expected += weight / 6**count * float(terms.year(paid))
    year = aggregate(Binomial(trials, chance), Dice(), terms)
    assert year.mean() == pytest.approx(expected, rel=1e-4)
    assert year.quantile(1.0) <= terms.most * (1 + 1e-12)


def test_moments_of_a_compound_sum() -> None:
    """Mean m E[X], variance m E[X^2] for Poisson, to the width of the lattice."""
    law = Lognormal.of_median(1e6, 0.9)
    year = aggregate(Poisson(3.0), law, replace(ALL, limit=2e7), points=8192)
    assert year.mean() == pytest.approx(3.0 * float(law.lev(2e7)), rel=1e-9)
    spread = (3.0 * float(law.squares_between(0.0, 2e7))) ** 0.5
    assert year.sd() == pytest.approx(spread, rel=1e-4)


@pytest.mark.parametrize("frequency", [Poisson(1e-9), NegativeBinomial(1e-9, 3.0)])
def test_the_rarest_event_keeps_its_digits(frequency: Frequency) -> None:
    terms = replace(ALL, retention=2000.0, limit=5000.0, agg_limit=5000.0)
    exact = 1e-9 * float(EXPONENTIAL.between(2000.0, 7000.0))
    assert aggregate(frequency, EXPONENTIAL, terms).mean() == pytest.approx(exact, rel=1e-6)


def test_thousands_of_events_reach_the_normal_law() -> None:
    year = aggregate(Poisson(4000.0), EXPONENTIAL, replace(ALL, limit=10000.0))
    assert year.mean() == pytest.approx(4000 * float(EXPONENTIAL.lev(10000.0)), rel=1e-9)
    assert year.quantile(0.975) == pytest.approx(year.mean() + 1.96 * year.sd(), rel=2e-3)


def test_nothing_limits_a_year_of_finite_mean() -> None:
    """What lies above the lattice is at most a millionth of the mean."""
    law = Lognormal.of_median(1e6, 1.0)
    assert aggregate(Poisson(0.5), law, ALL).mean() == pytest.approx(0.5 * law.mean(), rel=2e-6)


@pytest.mark.parametrize("step", [1.0, 2.0, 3.0])
def test_payments_are_exact_on_any_width(step: float) -> None:
    """The lattice law has the limited values of the payment itself at every point."""
    terms = replace(ALL, retention=400.0, copay=0.25, limit=900.0)
    payment = Payment(EXPONENTIAL, terms)
    law = Distribution(step, payment.masses(step, 900.0))
    at = step * np.arange(0, int(900 / step) + 1, 7)
    exact = 0.75 * EXPONENTIAL.between(400.0, 400.0 + at / 0.75)
    assert np.allclose(law.lev(at), exact, rtol=1e-10)
    assert law.mean() == pytest.approx(payment.mean(), rel=1e-9)


def test_a_certain_amount_once() -> None:
    """One event of a fixed sum: two points and nothing between."""
    year = aggregate(Binomial(1, 0.1), Fixed(5000.0), replace(ALL, limit=inf, retention=1000.0))
    assert float(year.sf(3999.0)) == pytest.approx(0.1, rel=1e-3)
    assert year.mean() == pytest.approx(400.0, rel=1e-9)
