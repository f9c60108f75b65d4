"""From the law of a court to what the policy pays on one claim: every way, at every node."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.severity.laws.normal import FloatArray
from underwriting.products.infringement_liability.court_law import CourtLaw
from underwriting.products.infringement_liability.nodes import Nodes
from underwriting.products.infringement_liability.suit_terms import Pair, SuitTerms
from underwriting.products.infringement_liability.ways import Owed, Way


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What one claim of a kind may come to under its terms.

    Attributes:
        weight: probabilities, `[n]`, sum 1.
        cost: defence cost that is paid, `[n]`, minor units.
        damages: damages that are paid, `[n]`.
        rungs: mean left after each step, `[5]`: ground up, retention, coinsurance, sublimit, limit.
    """

    weight: FloatArray
    cost: FloatArray
    damages: FloatArray
    rungs: FloatArray

    @property
    def total(self) -> FloatArray:
        """Cost and damages that are paid, `[n]`."""
        return np.asarray(self.cost + self.damages)


def suit_outcomes(law: CourtLaw, terms: SuitTerms, nodes: Nodes) -> Outcomes:
    """Return what a demand at a court may come to."""
    return _gathered([_way(way, law, terms, nodes) for way in law.ways])


def fair_outcomes(cost: FloatArray, terms: SuitTerms, nodes: Nodes) -> Outcomes:
    """Return what a measure at a trade fair may come to; `cost` at the nodes, `[n_cost]`."""
    nothing = np.zeros_like(cost)
    return _gathered([(terms.steps([cost, nothing, nothing, nothing], nothing), nodes.alone)])


def _way(
    way: Way, law: CourtLaw, terms: SuitTerms, nodes: Nodes
) -> tuple[tuple[Pair, ...], FloatArray]:
    """Return the steps of one way, and their weights: over cost alone where nothing is owed."""
    whole, counter, weight = law.whole, law.counter, nodes.alone
    damages = np.zeros_like(whole)
    if way.owed is not Owed.NOTHING:
        whole, counter, weight = whole[nodes.at_cost], counter[nodes.at_cost], nodes.pair
        owed = law.award if way.owed is Owed.AWARD else law.settlement
        damages = owed[nodes.at_loss] + way.adverse * whole
    counter = counter if way.invalidation else np.zeros_like(counter)
    stages = (way.pre_suit * whole, way.first_instance * whole, counter, way.appeal * whole)
    return terms.steps(stages, damages), way.chance * weight


def _gathered(parts: Sequence[tuple[tuple[Pair, ...], FloatArray]]) -> Outcomes:
    return Outcomes(
        weight=np.concatenate([weight for _, weight in parts]),
        cost=np.concatenate([steps[-1].cost for steps, _ in parts]),
        damages=np.concatenate([steps[-1].damages for steps, _ in parts]),
        rungs=np.sum([[step.total @ weight for step in steps] for steps, weight in parts], axis=0),
    )
