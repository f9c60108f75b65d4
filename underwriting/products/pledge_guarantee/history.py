"""What the borrower's own years under guaranteed loans make of its default rate."""

from models.priors.credibility import law_of
from underwriting.pricing.experience import Bounds, Past, Rating, alpha_of, rate_experience
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


def history_of(risk: PledgeGuaranteeRisk, basis: Rated) -> Rating:
    """Return the factor on the pure premium, counting defaults against the grade's own rate.

    Firms of a grade differ by the law of its published figure, at the width of its grade.

    Raises:
        Invalid: the grade has no published rate.
    """
    history, bounds = risk.experience, Bounds.of(basis.terms)
    if history is None:
        return rate_experience(None, 1.0, bounds)
    prior = basis.priors.find("default_1y", risk.borrower.grade.value)
    past = Past.counted(history.years, history.claims, prior.value)
    return rate_experience(past, alpha_of(law_of(prior)), bounds)
