"""What the insured's own filings of past years make of the price."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from models.severity.laws.normal import FloatArray
from underwriting.pricing.experience import Bounds, Past, Rating, rate_experience
from underwriting.product import Rated
from underwriting.products.infringement_loss.branches import branches
from underwriting.products.infringement_loss.matter_terms import MatterTerms
from underwriting.products.infringement_loss.points import POINTS
from underwriting.products.infringement_loss.risk import InfringementLossRisk
from underwriting.products.infringement_loss.schedule import Schedule


class GroundUp:
    """The law of what one matter costs the insured under the covered perils, before any term."""

    def __init__(self, schedule: Schedule, terms: MatterTerms) -> None:
        whole = sum(right.yearly[0] for right in schedule.rights)
        amounts, weights = [], []
        for right in schedule.rights:
            for branch in branches(right.laws):
                amounts.append(terms.covers(branch.losses).sum(axis=0))
                share = right.yearly[0] / whole * branch.chance / POINTS
                weights.append(np.full(POINTS, share))
        self._amounts: FloatArray = np.concatenate(amounts)
        self._weights: FloatArray = np.concatenate(weights)

    def between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """E[min(X, high)] - E[min(X, low)], numbers."""
        return np.asarray(self._moment(high, 1) - self._moment(low, 1))

    def squares_between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """E[min(X, high)^2] - E[min(X, low)^2], numbers."""
        return np.asarray(self._moment(high, 2) - self._moment(low, 2))

    def _moment(self, limit: ArrayLike, order: int) -> float:
        held = np.minimum(self._amounts, np.asarray(limit, float))
        return float(self._weights @ held**order)


def history_of(
    risk: InfringementLossRisk, basis: Rated, schedule: Schedule, terms: MatterTerms
) -> Rating:
    """Return the factor of own history: amounts capped at the limit of a matter where stated.

    Insureds differ by the gamma of the published rate of suits of the first right; where that
    rate has none, by the tariff's.
    """
    bounds = Bounds.of(basis.terms)
    if risk.history is None:
        return rate_experience(None, 1.0, bounds)
    rate = sum(right.yearly[0] for right in schedule.rights)
    amounts = risk.history.amounts("risk.history.incurred")
    years = float(risk.history.years)
    if amounts is None:
        past = Past.counted(years, float(risk.history.claims), rate)
    else:
        law = GroundUp(schedule, terms)
        past = Past.incurred(years, _floats(amounts), rate, law=law, cap=terms.limit)
    base = schedule.rights[0].priors[0]
    return rate_experience(past, base.a or basis.terms["experience"]["alpha"], bounds)


def _floats(amounts: Sequence[int]) -> list[float]:
    return [float(amount) for amount in amounts]
