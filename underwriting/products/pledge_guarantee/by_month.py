"""The expected loss of each month, by several sets of laws at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kernel.period import DAYS_PER_YEAR
from underwriting.pricing.expected_loss import MonthLoss, Timing
from underwriting.pricing.loadings import Loadings
from underwriting.pricing.lost import Lost, Shared, lost
from underwriting.pricing.margin import MarginRates, margin_of_months
from underwriting.pricing.view import Margin
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.branches import Case, Months, months_of
from underwriting.products.pledge_guarantee.exposure import waiting_days
from underwriting.products.pledge_guarantee.kinks import Kinks, Owed, kinks_of
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


@dataclass(frozen=True)
class Worked:
    """A proposal worked out by one set of laws.

    Attributes:
        case: the laws.
        defaults: how the default of each month may fall out.
        lost: what it costs.
        rates: of the tariff.
    """

    case: Case
    defaults: Months
    lost: Lost
    rates: tuple[Loadings, MarginRates]

    @cached_property
    def months(self) -> tuple[MonthLoss, ...]:
        """The expected loss of each month."""
        return self.lost.months()

    @cached_property
    def margin(self) -> Margin:
        """For bearing the risk."""
        return margin_of_months(self.months, self.case.laws.borrower, *self.rates)

    @property
    def pure(self) -> float:
        """The pure premium, minor units."""
        return self.lost.pure

    @property
    def with_key_dead(self) -> float:
        """The part of it from defaults with the key right dead, minor units."""
        return sum(sum(parts[: self.defaults.dead]) for parts in self.lost.parts)


def each_worked_out(
    risk: PledgeGuaranteeRisk, basis: Rated, owed: Owed, cases: Sequence[Case]
) -> list[Worked]:
    """Work a proposal out in each case.

    Raises:
        Invalid: the scheme needs a fact that is missing.
    """
    kinks = kinks_of(basis, owed)
    defaults = months_of(risk, basis, kinks, cases)
    found = lost(
        [case.laws.borrower for case in cases],
        [_timing(risk, basis, case) for case in cases],
        [_shared(kinks, case) for case in cases],
        np.array([one.chances for one in defaults]),
    )
    rates = Loadings.of(basis.terms), MarginRates.of(basis.terms)
    return [Worked(*one, rates) for one in zip(cases, defaults, found, strict=True)]


def _timing(risk: PledgeGuaranteeRisk, basis: Rated, case: Case) -> Timing:
    waiting = waiting_days(risk, basis) / DAYS_PER_YEAR
    return Timing(waiting, case.laws.disposal.years_to_sale, float(basis.terms["discount_rate"]))


def _shared(kinks: Kinks, case: Case) -> Shared:
    """Return what the issuer pays, and gets back at each kink, the key right dead and alive."""
    paid, given = kinks.shared(case.laws.disposal.cost_rate)
    return Shared([loss.total for loss in kinks.owed.losses], paid, [row * 2 for row in given])
