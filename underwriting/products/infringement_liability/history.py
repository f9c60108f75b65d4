"""What own history makes of the price: suits seen beside the suits that are expected."""

from collections.abc import Sequence

from models.priors.credibility import law_of
from underwriting.disputes import Court, figures_of
from underwriting.pricing.experience import Bounds, Past, Rating, alpha_of, rate_experience
from underwriting.product import Rated
from underwriting.products.infringement_liability.exposure import Suits, suits_of
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk


def history_of(risk: InfringementLiabilityRisk, basis: Rated) -> Rating:
    """Return the factor of a stated history, 1 where none is, and what is said of it."""
    return rated_history(risk, basis, suits_of(risk, basis, figures_of(basis, risk.currency)))


def rated_history(risk: InfringementLiabilityRisk, basis: Rated, suits: Sequence[Suits]) -> Rating:
    """Return the same for suits that are worked out already.

    Insureds differ by the gamma behind the published rate of sued firms: that of China where it
    is covered, else that of the US, which stands for all other courts.
    """
    past, history = None, risk.history
    if history:
        yearly = sum(one.npe + one.competitor for one in suits)
        past = Past.counted(history.years, history.claims, yearly)
    rates = {prior.jurisdiction: prior for one in suits for prior in one.priors
             if prior.param == "sued_firm"}  # fmt: skip
    rate = rates.get(Court.CN.value) or next(iter(rates.values()))
    return rate_experience(past, alpha_of(law_of(rate)), Bounds.of(basis.terms))
