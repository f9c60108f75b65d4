"""What a letter costs when its importer defaults, before any law of the importer is asked."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernel.period import DAYS_PER_YEAR
from underwriting.pricing.expected_loss import MONTHS_PER_YEAR
from underwriting.product import Rated
from underwriting.products.customs_guarantee.drawn import Drawn, drawn
from underwriting.products.customs_guarantee.paid import Paid, paid_on
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk
from underwriting.products.customs_guarantee.share import share_of

Grid = NDArray[np.float64]


class Letter(NamedTuple):
    """Open tax, payments, and what stands before and beside the issuer.

    Attributes:
        drawn: what is open by month.
        paid: what is paid by level of open tax.
        before: what is paid out of the pledge before us, minor units.
        share: of the loss, that the issuer bears, per 1.
        discount_rate: per year.
    """

    drawn: Drawn
    paid: Paid
    before: int
    share: float
    discount_rate: float

    @property
    def expected(self) -> Grid:
        """Mean payment by month of default, minor units, all parties, `[n_months]`."""
        return np.asarray(self.drawn.chances @ self.paid.total)

    @property
    def at_claim(self) -> Grid:
        """Value today of 1 paid on a default in each month, `[n_months]`.

        A default is taken in the middle of its month, the payment the days of surcharge later.
        """
        return self.after(self.paid.days / DAYS_PER_YEAR)

    def after(self, years: float) -> Grid:
        """Value today of 1 paid so many years after a default in each month, `[n_months]`."""
        middle = (np.arange(len(self.drawn.chances)) + 0.5) / MONTHS_PER_YEAR
        return np.asarray((1.0 + self.discount_rate) ** -(middle + years))


def letter_of(risk: CustomsGuaranteeRisk, basis: Rated) -> Letter:
    """Return the letter of a proposal.

    Raises:
        Invalid: the scheme is more than one layer of shares.
    """
    opened = drawn(risk, basis.terms)
    return Letter(
        drawn=opened,
        paid=paid_on(opened.levels, risk, basis.terms),
        before=risk.outranking,
        share=float(share_of(basis.scheme, risk.cover.issuer)),
        discount_rate=float(basis.terms["discount_rate"]),
    )
