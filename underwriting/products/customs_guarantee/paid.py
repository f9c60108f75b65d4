"""What customs is paid for each level of open tax: the tax, and the surcharge for lateness."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernel.money import Money
from underwriting.products.customs_guarantee.clock import figure, late_days, per_day
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk, Surcharge
from underwriting.products.customs_guarantee.tax import late_surcharge

Grid = NDArray[np.float64]


class Paid(NamedTuple):
    """What is paid on a default, in minor units, by level of open tax, `[n_levels]`.

    Attributes:
        tax: at most the amount.
        surcharge: within what the tax leaves of the amount, or up to a limit of its own.
        days: days of surcharge when it is paid.
    """

    tax: Grid
    surcharge: Grid
    days: int

    @property
    def total(self) -> Grid:
        """Tax and surcharge."""
        return np.asarray(self.tax + self.surcharge)


def demand_working_days(risk: CustomsGuaranteeRisk, terms: Any) -> int:
    """Return the working days to pay after a demand: as asked, else the tariff's."""
    asked = risk.cover.demand_working_days
    return int(terms["demand_working_days"]) if asked is None else asked


def surcharge_limit(risk: CustomsGuaranteeRisk, terms: Any) -> int:
    """Return the most surcharge that is paid beyond the amount, minor units; 0 where within.

    The surcharge on the whole amount for the most days that are covered.
    """
    if risk.cover.surcharge is Surcharge.WITHIN:
        return 0
    return most_surcharge(risk.amount.minor, terms, risk.use.regime)


def most_surcharge(amount: int, terms: Any, regime: str = "CN") -> int:
    """Return the surcharge on an amount for the most days that are covered, minor units."""
    days = int(figure(terms, "surcharge_days", "most_covered"))
    return late_surcharge(amount, days, per_day(terms, regime))


def sum_insured(risk: CustomsGuaranteeRisk, terms: Any) -> Money:
    """Return the most that is ever paid at a time: the amount, and surcharge beyond it."""
    return Money(risk.amount.minor + surcharge_limit(risk, terms), risk.currency)


def paid_on(tax: Grid, risk: CustomsGuaranteeRisk, terms: Any) -> Paid:
    """Return what is paid on levels of open tax that the amount has limited already."""
    days = late_days(demand_working_days(risk, terms), terms)
    late = tax * float(per_day(terms, risk.use.regime) * days)
    room = risk.amount.minor - tax
    if risk.cover.surcharge is Surcharge.BEYOND:
        room = np.full_like(tax, float(surcharge_limit(risk, terms)))
    return Paid(tax, np.minimum(late, room), days)
