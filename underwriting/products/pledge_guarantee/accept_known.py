"""What the registers say of a pledge guarantee: appraisers, bank product, innovation."""

from collections.abc import Iterator

from kernel.finding import Finding
from kernel.wire import MoneyWire
from underwriting.bank_products.asked import LoanAsked
from underwriting.bank_products.kinds import Method
from underwriting.known.findings import Beside, known_findings
from underwriting.pledge.forms import ValuedBy
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk

_METHODS = {
    ValuedBy.APPRAISER: Method.APPRAISAL,
    ValuedBy.INTERNAL: Method.INTERNAL,
    ValuedBy.NEGOTIATED: Method.NEGOTIATED,
}


def register_findings(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """Yield every finding of the registers; none where nothing was asked of them."""
    beside = Beside(
        loan=_loan(risk) if risk.bank_product else None,
        product=risk.bank_product,
        innovation=risk.innovation,
    )
    return known_findings(basis.known, beside, basis.on)


def _loan(risk: PledgeGuaranteeRisk) -> LoanAsked:
    """Return the loan as a bank product reads it."""
    loan, product = risk.loan, risk.bank_product
    assert product is not None, "a bank product is named"
    return LoanAsked(
        amount=MoneyWire.of(risk.loan_money),
        term_months=loan.term_months,
        drawdown=loan.drawdown,
        annual_rate=loan.annual_rate,
        reference_rate=product.reference_rate,
        plan=loan.plan,
        ip_share=loan.ip_share,
        valuation=_METHODS[risk.rights[0].valued_by],
    )
