"""The expected loss of each month, by one set of laws or several."""

from collections.abc import Sequence
from typing import NamedTuple

from kernel.period import DAYS_PER_YEAR
from models.recovery import Link
from underwriting.pledge.laws import Laws
from underwriting.pricing.expected_loss import MonthLoss, Shared, Timing, loss_by_month
from underwriting.pricing.loadings import Loadings
from underwriting.pricing.margin import MarginRates, margin_of_months
from underwriting.pricing.view import Margin
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.branches import Case, Months, months_of
from underwriting.products.pledge_guarantee.exposure import waiting_days
from underwriting.products.pledge_guarantee.kinks import Kinks, Owed, kinks_of
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
    case = Case(laws, laws.link if link is None else link)
    return each_worked_out(risk, basis, owed, [case])[0]


def each_worked_out(
    risk: PledgeGuaranteeRisk, basis: Rated, owed: Owed, cases: Sequence[Case]
) -> list[Worked]:
    """Work a proposal out in each case.

    Raises:
        Invalid: the scheme needs a fact that is missing.
    """
    kinks = kinks_of(basis, owed)
    loadings, rates = Loadings.of(basis.terms), MarginRates.of(basis.terms)
    found = []
    for case, defaults in zip(cases, months_of(risk, basis, kinks, cases), strict=True):
        months = _lost(risk, basis, kinks, case.laws, defaults)
        margin = margin_of_months(months, case.laws.borrower, loadings, rates)
        found.append(Worked(defaults, months, margin))
    return found


def _lost(
    risk: PledgeGuaranteeRisk, basis: Rated, kinks: Kinks, laws: Laws, defaults: Months
) -> tuple[MonthLoss, ...]:
    timing = Timing(
        waiting_days(risk, basis) / DAYS_PER_YEAR,
        laws.disposal.years_to_sale,
        float(basis.terms["discount_rate"]),
    )
    paid, given = kinks.shared(laws.disposal.cost_rate)
    owed = [loss.total for loss in kinks.owed.losses]
    both = [row * 2 for row in given]  # the key right dead, and alive
    return loss_by_month(laws.borrower, timing, Shared(owed, paid, both), defaults.chances)
