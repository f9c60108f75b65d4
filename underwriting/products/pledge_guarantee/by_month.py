"""The expected loss of each month by one set of laws."""

from typing import NamedTuple

from kernel.period import DAYS_PER_YEAR
from models.recovery import Link
from underwriting.pledge.laws import Laws
from underwriting.pricing.expected_loss import MonthLoss, Timing, expected_loss
from underwriting.pricing.loadings import Loadings
from underwriting.pricing.margin import MarginRates, margin_of_months
from underwriting.pricing.view import Margin
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.branches import Months, Owed, months_of
from underwriting.products.pledge_guarantee.exposure import waiting_days
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


class Worked(NamedTuple):
    """A proposal worked out by one set of laws.

    Attributes:
        defaults: how the default of each month may fall out.
        months: the expected loss of each.
        margin: for bearing the risk.
    """

    defaults: Months
    months: tuple[MonthLoss, ...]
    margin: Margin

    @property
    def pure(self) -> float:
        """The pure premium, minor units."""
        return sum(row.expected_loss for row in self.months)

    @property
    def with_key_dead(self) -> float:
        """The part of it from defaults with the key right dead, minor units."""
        return sum(sum(row.parts[: self.defaults.dead]) for row in self.months)


def worked_out(
    risk: PledgeGuaranteeRisk,
    basis: Rated,
    laws: Laws,
    owed: Owed,
    link: Link | None = None,
) -> Worked:
    """Work a proposal out by these laws; `link` in place of their own where it is given.

    Raises:
        Invalid: the scheme needs a fact that is missing.
    """
    defaults = months_of(risk, basis, laws, owed, laws.link if link is None else link)
    timing = Timing(
        waiting_days(risk, basis) / DAYS_PER_YEAR,
        laws.disposal.years_to_sale,
        float(basis.terms["discount_rate"]),
    )
    months = expected_loss(
        basis.scheme,
        basis.facts,
        risk.cover.issuer,
        curve=laws.borrower,
        timing=timing,
        defaults=defaults.branches,
        shares=owed.shares,
    )
    loadings, rates = Loadings.of(basis.terms), MarginRates.of(basis.terms)
    return Worked(defaults, months, margin_of_months(months, laws.borrower, loadings, rates))
