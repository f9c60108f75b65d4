"""The premium of a stored quote as it is offered: the technical one, or what overrode it."""

from kernel.money import Money
from underwriting.pricing.offered import offered
from underwriting.pricing.premium import Premium
from underwriting.tables import QuoteRow
from underwriting.valued import Valued


def as_offered(row: QuoteRow, valued: Valued) -> Premium:
    """Return the premium at which a quote is offered, line by line."""
    total, tax = Money(row.premium_minor, row.currency), valued.inputs.terms["loadings"]["tax"]
    return offered(valued.premium, total, tax, subsidy=valued.contract.subsidy)
