"""Towers of terms beside the packages `aggregate` and `gemact`, each with an engine of its own.

Both packages know no copay before the limit, so theirs are scaled by it: (1 - copay) x a layer of
limit / (1 - copay) xs retention, the aggregate terms likewise divided, is the same cover. `gemact`
takes whole numbers only as the size of a negative binomial, so the dispersions are 1 / n.
"""

from dataclasses import dataclass, replace
from math import inf
from typing import Any

import gemact
import pytest
from aggregate import build

from models.severity import Law, Lognormal, Pareto
from underwriting.pricing.aggregate import (
    CoverTerms,
    Frequency,
    NegativeBinomial,
    Poisson,
    aggregate,
)

LOGNORMAL, PARETO = Lognormal.of_median(19.0, 2.0), Pareto(12.0, 1.4)
AGREED = 1e-3
"""Part of the figure by which two engines may differ."""


@dataclass(frozen=True)
class Tower:
    """A cover in units of 10,000 minor units, small enough for lattices of the packages."""

    frequency: Frequency
    law: Law
    retention: float
    copay: float
    limit: float
    agg_deductible: float
    agg_limit: float

    @property
    def terms(self) -> CoverTerms:
        return CoverTerms(
            retention=self.retention,
            copay=self.copay,
            sublimit=inf,
            limit=self.limit,
            agg_deductible=self.agg_deductible,
            agg_limit=self.agg_limit,
            share=1.0,
        )

    @property
    def kept(self) -> float:
        return 1.0 - self.copay


TOWERS = (
    Tower(Poisson(1.5), LOGNORMAL, 20, 0.2, 500, 50, 1000),
    Tower(Poisson(0.05), LOGNORMAL, 25, 0.25, 500, 0, 500),
    Tower(NegativeBinomial(0.8, 0.5), LOGNORMAL, 0, 0.1, 200, 30, 300),
    Tower(Poisson(0.3), PARETO, 40, 0.2, 400, 0, 800),
    Tower(NegativeBinomial(2.0, 0.25), PARETO, 15, 0.0, 250, 100, 600),
    Tower(NegativeBinomial(0.02, 1.0), PARETO, 15, 0.3, 1000, 20, 1500),
    Tower(Poisson(6.0), LOGNORMAL, 100, 0.2, 300, 200, 900),
)
BY_NAME = pytest.mark.parametrize("tower", TOWERS, ids=lambda one: f"tower-{TOWERS.index(one)}")


def by_gemact(tower: Tower) -> Any:
    """The year by the transform of `gemact`, 2048 steps to its layer; amounts over 1 - copay."""
    frequency, law, kept = tower.frequency, tower.law, tower.kept
    if isinstance(frequency, NegativeBinomial):
        size, chance = 1 / frequency.dispersion, 1 / (1 + frequency.dispersion * frequency.mean)
        number = gemact.Frequency("nbinom", {"n": size, "p": chance})
    else:
        number = gemact.Frequency("poisson", {"mu": frequency.mean})
    if isinstance(law, Lognormal):
        severity = gemact.Severity("lognormal", {"shape": law.sigma, "scale": 19.0})
    else:
        assert isinstance(law, Pareto)
        general = law.general
        parts = {"c": general.shape, "loc": general.threshold, "scale": general.scale}
        severity = gemact.Severity("genpareto", parts)
    layer = gemact.Layer(
        cover=tower.limit / kept,
        deductible=tower.retention,
        aggr_cover=tower.agg_limit / kept,
        aggr_deductible=tower.agg_deductible / kept,
    )
    return gemact.LossModel(
        frequency=number,
        severity=severity,
        policystructure=gemact.PolicyStructure(layers=layer),
        aggr_loss_dist_method="fft",
        sev_discr_method="localmoments",
        n_aggr_dist_nodes=2**17,
        n_sev_discr_nodes=2**11,
    )


def by_aggregate(tower: Tower) -> float:
    """Mean of the year by the transform of `aggregate`, in steps of 1/16."""
    frequency, law, kept = tower.frequency, tower.law, tower.kept
    if isinstance(frequency, NegativeBinomial):
        number = f"mixed gamma {frequency.dispersion**0.5:.12g}"
    else:
        number = "poisson"
    if isinstance(law, Lognormal):
        severity = f"19 * lognorm {law.sigma}"
    else:
        assert isinstance(law, Pareto)
        severity = f"{law.threshold} * pareto {law.alpha}"
    program = (
        f"agg Tower {frequency.mean} claims "
        f"{tower.limit / kept:.12g} xs {tower.retention} sev {severity} ! {number} "
        f"aggregate ceded to {tower.agg_limit / kept:.12g} xs {tower.agg_deductible / kept:.12g}"
    )
    year = build(program, bs=1 / 16, log2=17)
    return kept * float(year.est_m)


@BY_NAME
def test_gemact_gives_the_same_mean(tower: Tower) -> None:
    ours = aggregate(tower.frequency, tower.law, tower.terms).mean()
    assert ours == pytest.approx(tower.kept * by_gemact(tower).mean(), rel=AGREED)


@BY_NAME
def test_aggregate_gives_the_same_mean(tower: Tower) -> None:
    ours = aggregate(tower.frequency, tower.law, tower.terms).mean()
    assert ours == pytest.approx(by_aggregate(tower), rel=AGREED)


def test_the_comparison_can_fail() -> None:
    """A copay after the limit instead of before it is another cover, and is told apart."""
    tower = TOWERS[0]
    other = aggregate(tower.frequency, tower.law, replace(tower.terms, limit=400)).mean()
    assert other != pytest.approx(tower.kept * by_gemact(tower).mean(), rel=10 * AGREED)


@BY_NAME
@pytest.mark.parametrize("p", [0.9, 0.99, 0.995])
def test_gemact_has_the_same_quantiles(tower: Tower, p: float) -> None:
    """To the two lattices: our step and that of the package."""
    ours = aggregate(tower.frequency, tower.law, tower.terms)
    theirs = tower.kept * float(by_gemact(tower).ppf(p))
    assert ours.quantile(p) == pytest.approx(theirs, abs=1.01 * ours.step + tower.limit / 2048)
