"""The price by the challengers, set beside our own."""

from models.governance.compare import Comparison, compare
from underwriting.pledge.laws import Laws, Secured, rivals_of
from underwriting.pricing.view import Rival
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.branches import Owed
from underwriting.products.pledge_guarantee.by_month import Worked, worked_out
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


def secured(risk: PledgeGuaranteeRisk) -> Secured:
    """Return the debt and what secures it."""
    return Secured(risk.borrower, risk.rights, risk.loan.term_months)


def rival_of(risk: PledgeGuaranteeRisk, basis: Rated, owed: Owed, laws: Laws) -> Rival | None:
    """Price with the challengers too; None where nobody challenges."""
    if not any(serving.challenger for serving in basis.fits.values()):
        return None
    rivals = rivals_of(laws, secured(risk), basis)
    worked = worked_out(risk, basis, rivals, owed)
    return Rival(rivals.fit_ids, worked.pure, worked.margin.amount)


def compared(laws: Laws, ours: Worked, rival: Rival | None) -> Comparison | None:
    """Set the two pure premiums side by side; None where nothing is lost either way."""
    if rival is None or min(ours.pure, rival.pure) <= 0:
        return None
    return compare(laws.name, ours.pure, "+".join(rival.fit_ids), rival.pure)
