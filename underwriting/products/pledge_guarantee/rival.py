"""The price by the challengers, set beside our own."""

from kernel.money import minor_digits
from models.governance.compare import Comparison, compare
from underwriting.pledge.laws import Laws, Secured, rivals_of
from underwriting.pricing.view import Rival
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.by_month import Worked
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


def secured(risk: PledgeGuaranteeRisk) -> Secured:
    """Return the debt and what secures it."""
    return Secured(risk.borrower, risk.rights, risk.loan.term_months)


def rivals_for(risk: PledgeGuaranteeRisk, basis: Rated, laws: Laws) -> Laws | None:
    """Return the laws by the challengers; None where nobody challenges."""
    if not any(serving.challenger for serving in basis.fits.values()):
        return None
    return rivals_of(laws, secured(risk), basis)


def rival_of(rivals: Laws, worked: Worked) -> Rival:
    """Return what the challengers make of it."""
    return Rival(rivals.fit_ids, worked.pure, worked.margin.amount)


def compared(laws: Laws, ours: Worked, rival: Rival | None, currency: str) -> Comparison | None:
    """Set the two pure premiums side by side, in units; None where nothing is lost either way."""
    if rival is None or min(ours.pure, rival.pure) <= 0:
        return None
    unit = 10 ** minor_digits(currency)
    return compare(laws.name, ours.pure / unit, "+".join(rival.fit_ids), rival.pure / unit)
