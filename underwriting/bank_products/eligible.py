"""Whether a firm and a loan fit a bank product: every reason at once, with clause and cure."""

from collections.abc import Iterator
from datetime import date

from kernel.finding import Finding
from underwriting.bank_products.asked import FirmFacts, LoanAsked
from underwriting.bank_products.firm_tests import firm_tests
from underwriting.bank_products.loan_tests import amount_tests, term_tests
from underwriting.bank_products.price_tests import price_tests
from underwriting.bank_products.terms import BankProduct
from underwriting.bank_products.valuation_tests import valuation_tests
from underwriting.bank_products.words import not_published, refused


def eligible(
    product: BankProduct, firm: FirmFacts, loan: LoanAsked, on: date
) -> tuple[Finding, ...]:
    """Return every finding: declined where a term is broken, referred where a fact is missing.

    A term that no source states is said to be untested. `on` is the day of the question.
    """
    return tuple(_found(product, firm, loan, on))


def _found(product: BankProduct, firm: FirmFacts, loan: LoanAsked, on: date) -> Iterator[Finding]:
    day = loan.drawdown or on
    if day < product.valid_from or (product.valid_to and day > product.valid_to):
        yield refused(
            product, "product-not-in-force", "valid_from, valid_to",
            (f"{product.code} is not in force on {day}", f"{product.code} 在 {day} 无效"),
            "choose a product in force on the day of drawdown",
        )  # fmt: skip
    yield from firm_tests(product, firm, on)
    yield from term_tests(product, loan)
    yield from price_tests(product, loan)
    if loan.amount.currency == product.currency:
        amount = loan.amount.money("loan.amount")
        yield from amount_tests(product, firm, amount)
        yield from valuation_tests(product, loan, amount)
    else:
        yield refused(
            product, "currency", "currency",
            (f"it lends in {product.currency} only", f"仅以 {product.currency} 放款"),
            f"ask in {product.currency}",
        )  # fmt: skip
    for term in product.not_published:
        yield not_published(product, term)
