"""Whether the pledge may be valued in the way that is stated."""

from collections.abc import Iterator

from kernel.finding import Finding
from kernel.money import Money
from underwriting.bank_products.asked import LoanAsked
from underwriting.bank_products.kinds import Method
from underwriting.bank_products.terms import BankProduct
from underwriting.bank_products.words import asked_for, refused


def valuation_tests(product: BankProduct, loan: LoanAsked, amount: Money) -> Iterator[Finding]:
    """Yield what speaks against the method: an appraiser is needed from a certain amount on."""
    terms = product.valuation
    if terms is None:
        return
    if loan.valuation is None:
        yield asked_for(product, "valuation", ("how the pledge is valued", "质物估值方式"))
        return
    if loan.valuation not in terms.methods:
        wanted = ", ".join(terms.methods)
        yield refused(
            product, "valuation-method", "valuation.methods",
            (f"a pledge valued by {loan.valuation} is not taken", f"不接受 {loan.valuation} 估值"),
            f"have it valued by: {wanted}",
        )  # fmt: skip
    below = terms.internal_below
    inside = loan.valuation in (Method.INTERNAL, Method.NEGOTIATED)
    if inside and below is not None and amount.minor >= below.minor:
        yield refused(
            product, "appraisal-needed", "valuation.internal_below",
            (f"the loan {amount} is not below {below}: internal or agreed value is not enough",
             f"贷款 {amount} 不低于 {below}，须由评估机构评估"),
            f"have the pledge appraised from outside, or ask for less than {below}",
        )  # fmt: skip
