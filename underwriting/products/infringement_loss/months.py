"""The expected loss month by month: each policy year's, spread as its filings are."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import expm1

from kernel.money import round_half_up
from underwriting.pricing.expected_loss import MonthLoss
from underwriting.products.infringement_loss.risk import MONTHS_PER_YEAR
from underwriting.products.infringement_loss.schedule import Schedule
from underwriting.products.infringement_loss.severity import Matter


def months_of(
    schedule: Schedule, matters: Sequence[Matter], yearly: Sequence[float],
    *, sum_insured: int, share: float,
) -> tuple[MonthLoss, ...]:  # fmt: skip
    """Return one row a month.

    `default_probability` is the chance of an accepted filing in the month; `paid` and
    `given_back` are our part of what one matter is expected to cost and to bring back.

    Args:
        schedule: the rights.
        matters: of the rights, in their order.
        yearly: discounted expected loss of each policy year, minor units; their sum is pure.
        sum_insured: most that is ever paid, minor units.
        share: the issuer's.
    """
    gross = _mean(schedule, [one.gross.mean() for one in matters])
    back = _mean(schedule, [one.repaid for one in matters])
    paid, given = (round_half_up(Fraction(share * amount)) for amount in (gross, back))
    return tuple(
        MonthLoss(month + 1, -expm1(-filings), sum_insured, paid, given, loss)
        for month, filings, loss in _spread(schedule, yearly)
    )


def _mean(schedule: Schedule, of: Sequence[float]) -> float:
    """Mean over the matters of the first year."""
    weights = [schedule.filings(right, 0) for right in schedule.rights]
    whole = sum(weights)
    return sum(w * one for w, one in zip(weights, of, strict=True)) / whole if whole else 0.0


def _spread(schedule: Schedule, yearly: Sequence[float]) -> Iterator[tuple[int, float, float]]:
    for year, (start, end) in enumerate(schedule.years):
        rate = sum(right.yearly[year] for right in schedule.rights)
        whole = schedule.exposed(start, end)
        for month in range(round(start * MONTHS_PER_YEAR), round(end * MONTHS_PER_YEAR)):
            here = schedule.exposed(month / MONTHS_PER_YEAR, (month + 1) / MONTHS_PER_YEAR)
            yield month, rate * here, yearly[year] * here / whole
