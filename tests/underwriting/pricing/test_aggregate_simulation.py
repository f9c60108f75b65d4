"""The engine beside two million years drawn event by event, under every term at once."""

from dataclasses import dataclass, replace
from functools import cache
from math import inf, sqrt

import numpy as np
import pytest

from models.severity import Lognormal, Mixture, Pareto, Spliced
from models.severity.laws.normal import FloatArray
from underwriting.pricing.aggregate import (
    Binomial,
    Cover,
    CoverTerms,
    NegativeBinomial,
    Poisson,
    PolicyYear,
    aggregate,
    ladder,
    policy_year,
)

YEARS = 2_000_000
SPLICED = Spliced(Lognormal.of_median(1.1e7, 1.28), Pareto(1e9, 1.16), 0.002)
MIXED = Mixture((0.7, 0.3), (Lognormal.of_median(4e7, 0.8), Lognormal.of_median(2e8, 0.6)))
COVERS = (
    Cover(
        "award",
        NegativeBinomial(0.4, 0.8),
        SPLICED,
        replace(CoverTerms.none(), retention=2e6, copay=0.2, limit=5e7),
    ),
    Cover("defence", Poisson(0.3), MIXED, replace(CoverTerms.none(), retention=1e7, sublimit=8e7)),
    Cover(
        "seizure",
        Binomial(2, 0.1),
        Lognormal.of_median(3e7, 0.5),
        replace(CoverTerms.none(), limit=4e7, agg_limit=6e7),
    ),
)
YEAR = replace(CoverTerms.none(), agg_deductible=5e6, agg_limit=1.2e8, share=0.6)


@dataclass(frozen=True)
class Drawn:
    """Payments of each cover before the common aggregate, and of the year after it."""

    own: dict[str, FloatArray]
    paid: FloatArray


def years_of(cover: Cover, rng: np.random.Generator) -> FloatArray:
    numbers = cover.frequency.draw(rng, YEARS)
    law = cover.severity
    assert isinstance(law, Lognormal | Mixture | Spliced)
    payments = cover.terms.payment(law.draw(rng, int(numbers.sum())))
    whose = np.repeat(np.arange(YEARS), numbers)
    total = np.bincount(whose, weights=payments, minlength=YEARS)
    return cover.terms.year(total)


@cache
def drawn() -> Drawn:
    rng = np.random.default_rng(20261122)
    own = {cover.code: years_of(cover, rng) for cover in COVERS}
    return Drawn(own, YEAR.year(np.sum([*own.values()], axis=0)))


@cache
def worked_out() -> PolicyYear:
    return policy_year(COVERS, agg_deductible=5e6, agg_limit=1.2e8, share=0.6)


def errors_apart(sample: FloatArray, figure: float) -> float:
    """How many standard errors the mean of a sample is from a figure."""
    return abs(float(sample.mean()) - figure) / (float(sample.std()) / sqrt(len(sample)))


def test_the_mean_of_a_policy() -> None:
    assert errors_apart(drawn().paid, worked_out().distribution.mean()) < 3


@pytest.mark.parametrize("cover", COVERS, ids=lambda cover: cover.code)
def test_the_mean_of_each_cover_alone(cover: Cover) -> None:
    year = aggregate(cover.frequency, cover.severity, cover.terms)
    assert errors_apart(drawn().own[cover.code], year.mean()) < 3


def test_the_parts_of_a_policy() -> None:
    """Each cover bears S_i / S of what the year pays; above a full aggregate, S_i's part of all."""
    year, seen = worked_out(), drawn()
    total = np.sum([*seen.own.values()], axis=0)
    full = total > YEAR.agg_deductible + YEAR.agg_limit
    for code, own in seen.own.items():
        part = np.divide(own, total, out=np.zeros(YEARS), where=total > 0)
        assert (part * seen.paid).mean() == pytest.approx(year.parts[code], rel=0.01)
        part[full] = own[full].sum() / total[full].sum()
        assert errors_apart(part * seen.paid, year.parts[code]) < 3, code
    assert sum(year.parts.values()) == pytest.approx(year.distribution.mean(), rel=1e-12)


@pytest.mark.parametrize("p", [0.5, 0.9, 0.99, 0.995])
def test_far_figures_of_a_policy(p: float) -> None:
    law, paid = worked_out().distribution, drawn().paid
    assert law.quantile(p) == pytest.approx(float(np.quantile(paid, p)), abs=2 * law.step)
    worst = np.sort(paid)[int(p * YEARS) :]
    assert law.tvar(p) == pytest.approx(float(worst.mean()), rel=5e-3)


@pytest.mark.parametrize("limit", [1e6, 1e7, 4e7])
@pytest.mark.parametrize("attachment", [0.0, 2.3e7])
def test_layers_of_a_policy(limit: float, attachment: float) -> None:
    """No end of these layers is an atom of the law, such as one payment at its limit."""
    layer = np.clip(drawn().paid - attachment, 0.0, limit)
    assert errors_apart(layer, worked_out().distribution.layer(limit, attachment)) < 3


def test_the_ladder_down_to_the_mean() -> None:
    """After the retention, copay, sublimit and limit: each by drawing the losses again."""
    rng = np.random.default_rng(7)
    for cover in COVERS:
        law = cover.severity
        assert isinstance(law, Lognormal | Mixture | Spliced)
        loss = law.draw(rng, 1_000_000)
        year = policy_year([cover], agg_deductible=5e6, agg_limit=1.2e8, share=0.6)
        steps = [step.expected for step in ladder([cover], year, share=0.6)]
        terms = CoverTerms.none()
        for step, name in zip(steps[1:], ("retention", "copay", "sublimit", "limit"), strict=False):
            terms = replace(terms, **{name: getattr(cover.terms, name)})
            heavy = law is SPLICED and terms.limit == inf
            paid = cover.frequency.mean * terms.payment(loss)
            assert heavy or errors_apart(paid, step) < 3, (cover.code, name)
        assert steps[0] == pytest.approx(cover.frequency.mean * law.mean())
        assert steps[5:] == pytest.approx([year.distribution.mean() / 0.6, steps[6]])


def test_unlimited_covers_split_by_their_own_means() -> None:
    """Where no aggregate bites, a part is the cover's own mean times the share."""
    year = policy_year(COVERS, agg_deductible=0.0, agg_limit=inf, share=0.5)
    for cover in COVERS:
        own = aggregate(cover.frequency, cover.severity, cover.terms).mean()
        assert year.parts[cover.code] == pytest.approx(0.5 * own, rel=1e-6)
