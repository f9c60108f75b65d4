"""What the registers say for and against a proposal: a pure function of what is frozen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kernel.finding import Finding
from underwriting.appraisers.findings import appraiser_findings
from underwriting.bank_products.asked import LoanAsked
from underwriting.bank_products.eligible import eligible
from underwriting.bank_products.terms import BankProduct
from underwriting.innovation.findings import innovation_findings
from underwriting.innovation.score import innovation_score
from underwriting.innovation.stated import Innovation
from underwriting.known.forms import BankProductAsked
from underwriting.known.known import Known


@dataclass(frozen=True, slots=True)
class Beside:
    """What a proposal states that the registers can say something of.

    Attributes:
        loan: the loan as a bank product reads it; None where no product is named.
        product: the product named, or None.
        innovation: figures of the firm, or None.
    """

    loan: LoanAsked | None = None
    product: BankProductAsked | None = None
    innovation: Innovation | None = None


def known_findings(known: Known, beside: Beside, on: date) -> Iterator[Finding]:
    """Yield every finding of the registers; those on appraisers come first."""
    for view in known.appraisers:
        yield from appraiser_findings(view)
    if known.product and beside.product and beside.loan:
        found = eligible(known.product.product, beside.product.firm, beside.loan, on)
        yield from _without_premium(found, known.product.product, beside.loan)
    if known.indicators and beside.innovation:
        figures = beside.innovation.figures()
        yield from innovation_findings(innovation_score(figures, known.indicators))


def _without_premium(
    found: Sequence[Finding], product: BankProduct, loan: LoanAsked
) -> Iterator[Finding]:
    """Leave out the question for the premium where it is being worked out just now."""
    asks = f"{product.code}: price.premium"
    for one in found:
        if loan.premium_rate is not None or not one.clause.startswith(asks):
            yield one
