"""What a default of each month would cost all parties together, within the sum insured."""

from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from kernel.money import part_of_part, round_half_up
from kernel.period import add_months
from kernel.sharing import Loss, LossBase
from kernel.wire import exact
from underwriting.pricing.day_count import DayCount, days_part, year_part
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.loan import balances
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk

_TWELFTH = Fraction(1, 12)


def waiting_days(risk: PledgeGuaranteeRisk, basis: Rated) -> int:
    """Return the waiting period: as asked, else the tariff's."""
    asked = risk.cover.waiting_days
    return int(basis.terms["waiting_days"]) if asked is None else asked


def sum_insured(risk: PledgeGuaranteeRisk, loss_base: LossBase) -> int:
    """Return the sum insured in minor units: as asked, else the insured share of the loss base.

    The loss base is the principal, and a year's interest where the scheme shares interest.
    """
    if risk.cover.sum_insured is not None:
        return risk.cover.sum_insured.money("risk.cover.sum_insured").minor
    whole = risk.loan_money.minor
    if loss_base is not LossBase.PRINCIPAL:
        whole += round_half_up(whole * risk.loan.rate)
    return round_half_up(whole * exact(risk.cover.insured_share))


def losses(risk: PledgeGuaranteeRisk, basis: Rated) -> list[Loss]:
    """Return the loss of a default in each month: principal owed, interest to the payment.

    A default is an instalment that is not paid: interest of its month, and over the waiting
    period. Principal first, then interest, up to the sum insured.
    """
    loan, waiting = risk.loan, waiting_days(risk, basis)
    limit = sum_insured(risk, basis.scheme.loss_base)
    owed = balances(loan)
    days = [add_months(loan.drawdown, month) for month in range(len(owed) + 1)]
    known: dict[tuple[int, Fraction], Loss] = {}
    found = []
    for principal, (start, end) in zip(owed, pairwise(days), strict=True):
        terms = principal, _accrued(loan.day_count, loan.drawdown, start, end, waiting)
        loss = known.get(terms) or _loss(terms, loan.rate, limit, risk.currency)
        known[terms] = loss
        found.append(loss)
    return found


def _loss(owed: tuple[int, Fraction], rate: Fraction, limit: int, currency: str) -> Loss:
    principal, accrues = owed
    covered = min(principal, limit)
    interest = min(part_of_part(principal, rate, accrues), limit - covered)
    return Loss(covered, interest, 0, currency)


@lru_cache(maxsize=4096)
def _accrued(count: DayCount, first: date, start: date, end: date, waiting: int) -> Fraction:
    """Return the part of a year of a month of the loan and of the waiting period after it.

    Months are parts of the way from the first day, so that they sum to the whole.
    """
    month = _TWELFTH
    if count is not DayCount.MONTHLY:
        month = year_part(count, first, end) - year_part(count, first, start)
    return month + days_part(count, end, waiting)


def loan_to_value(risk: PledgeGuaranteeRisk, value: float | None = None) -> float:
    """Return the part of the loan that IP secures over the value of the rights.

    `value` in minor units; what was appraised first of each right where it is left out.
    """
    if value is None:
        value = float(sum(right.appraised.money().minor for right in risk.rights))
    secured = risk.loan_money.minor * risk.ip_share
    return float(secured) / value if value else float("inf") if secured else 0.0
