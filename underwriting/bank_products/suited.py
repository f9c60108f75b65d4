"""Which products fit a firm and a loan, and what is missing for the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kernel.finding import Effect, Finding, worst
from underwriting.bank_products.asked import FirmFacts, LoanAsked
from underwriting.bank_products.eligible import eligible
from underwriting.bank_products.library import bank_products
from underwriting.bank_products.terms import BankProduct


class Suits(StrEnum):
    """How a product and a firm stand to each other, best first."""

    FITS = "fits"
    ASKS = "asks"
    """A fact is missing; nothing that is stated speaks against it."""
    NO = "no"


@dataclass(frozen=True, slots=True)
class Fit:
    """One product beside one firm and loan.

    Attributes:
        product: the product.
        suits: how they stand.
        findings: every finding, each with its cure.
    """

    product: BankProduct
    suits: Suits
    findings: tuple[Finding, ...]

    @property
    def open(self) -> int:
        """Findings that stand in the way."""
        return sum(finding.effect is not Effect.INFORM for finding in self.findings)


def suited(
    firm: FirmFacts,
    loan: LoanAsked,
    on: date,
    products: Iterable[BankProduct] | None = None,
) -> tuple[Fit, ...]:
    """Return every product, those that fit first, then by how little stands in the way.

    Among equals the one with fewer terms untested comes first.
    """
    if products is None:
        products = [stated.product for stated in bank_products().values()]
    fits = [_fit(product, firm, loan, on) for product in products]
    order = list(Suits)

    def rank(fit: Fit) -> tuple[int, int, int, str]:
        return order.index(fit.suits), fit.open, len(fit.findings), fit.product.code

    return tuple(sorted(fits, key=rank))


def _fit(product: BankProduct, firm: FirmFacts, loan: LoanAsked, on: date) -> Fit:
    found = eligible(product, firm, loan, on)
    suits = {Effect.DECLINE: Suits.NO, Effect.INFORM: Suits.FITS}.get(worst(found), Suits.ASKS)
    return Fit(product, suits, found)
