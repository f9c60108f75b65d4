"""One claim's law: the sum over nodes against the integrals of `models.severity`."""

import numpy as np
import pytest

from models.severity import Gumbel, Lognormal, LossAndCost, Terms
from underwriting.products.infringement_liability.court_law import CourtLaw
from underwriting.products.infringement_liability.nodes import nodes_of
from underwriting.products.infringement_liability.streams import fair_outcomes, suit_outcomes
from underwriting.products.infringement_liability.suit_terms import SuitTerms
from underwriting.products.infringement_liability.ways import Owed, Way

COST, LOSS, TAU = Lognormal.of_median(1_000_000.0, 0.7), Lognormal.of_median(900_000.0, 2.43), 0.3
NODES = nodes_of(TAU)


def court(*ways: Way) -> CourtLaw:
    cost, loss = COST.quantile(NODES.cost), LOSS.quantile(NODES.loss)
    return CourtLaw(ways, cost, 0.5 * cost, 0.3 * loss, loss, (), ())


def terms(**changes: float | bool) -> SuitTerms:
    stated: dict[str, float | bool] = {
        "retention": 200_000.0, "copay": 0.1, "limit": 3_000_000.0, "inside": True,
    }  # fmt: skip
    return SuitTerms(**{**stated, **changes})


def test_weights_are_a_law_with_the_right_margins() -> None:
    assert NODES.alone.sum() == pytest.approx(1.0)
    assert NODES.pair.sum() == pytest.approx(1.0)
    margin = np.bincount(NODES.at_cost, NODES.pair, len(NODES.cost))
    assert margin == pytest.approx(NODES.alone, abs=1e-6)


@pytest.mark.parametrize("limit", [500_000.0, 3_000_000.0, 40_000_000.0])
@pytest.mark.parametrize("retention", [0.0, 200_000.0])
def test_inside_the_limit_it_is_the_integral_of_both(limit: float, retention: float) -> None:
    law = court(Way(1.0, 0.0, 1.0, owed=Owed.AWARD))
    found = suit_outcomes(law, terms(limit=limit, retention=retention), NODES)
    joint = LossAndCost(LOSS, COST, Gumbel.of_tau(TAU))
    known = joint.expected_payment(Terms(retention=retention, limit=limit, share=0.9), "inside")
    assert found.weight @ found.total == pytest.approx(known, rel=1e-3)
    assert found.rungs[-1] == pytest.approx(float(found.weight @ found.total))


def test_without_damages_it_is_the_layer_of_the_cost() -> None:
    found = suit_outcomes(court(Way(1.0, 0.0, 1.0)), terms(), NODES)
    known = 0.9 * float(COST.between(200_000.0, 200_000.0 + 3_000_000.0 / 0.9))
    assert found.weight @ found.total == pytest.approx(known, rel=1e-3)
    assert not found.damages.any()


def test_ways_are_mixed_by_their_chances() -> None:
    sued, letter = Way(0.4, 0.1, 0.9, owed=Owed.SETTLEMENT), Way(0.6, 0.1)
    both = suit_outcomes(court(sued, letter), terms(), NODES)
    apart = [
        suit_outcomes(court(way._replace(chance=1.0)), terms(), NODES) for way in (sued, letter)
    ]
    assert both.rungs == pytest.approx(0.4 * apart[0].rungs + 0.6 * apart[1].rungs)


def test_each_step_takes_away_and_never_adds() -> None:
    way = Way(1.0, 0.1, 0.5, 0.4, invalidation=True, owed=Owed.AWARD, adverse=0.5)
    rungs = suit_outcomes(court(way), terms(sublimit=1_500_000.0), NODES).rungs
    assert np.all(np.diff(rungs) <= 0)
    expected = COST.mean() * (1.0 + 0.5 + 0.5) + LOSS.mean()
    assert rungs[0] == pytest.approx(expected, rel=3e-3)  # a mean no policy pays: sigma 2.43


def test_a_fair_is_cut_at_its_sublimit_alone() -> None:
    cost = COST.quantile(NODES.cost)
    found = fair_outcomes(cost, terms(retention=0.0, sublimit=800_000.0), NODES)
    known = 0.9 * float(COST.between(0.0, 800_000.0 / 0.9))
    assert found.weight @ found.cost == pytest.approx(known, rel=2e-3)
