"""The figures that a price of infringement-loss cover turns on, for the receipt."""

from collections.abc import Sequence
from math import exp

from kernel.money import minor_digits
from underwriting.products.infringement_loss.schedule import Schedule
from underwriting.products.infringement_loss.severity import Matter
from underwriting.products.infringement_loss.yearly import Spell, YearTerms

_ALMOST = 1.0 - 1e-9


def drivers_of(
    schedule: Schedule, matters: Sequence[Matter], found: Sequence[Spell], many: YearTerms,
    *, currency: str,
) -> dict[str, float]:  # fmt: skip
    """Return filings, what one matter costs and brings back (major units), and the aggregate.

    `chance_aggregate_is_full` is that of the last policy year, or of the whole period where one
    aggregate runs through it.
    """
    years, unit = range(len(schedule.years)), 10.0 ** minor_digits(currency)
    counts = [sum(schedule.filings(one, year) for year in years) for one in schedule.rights]
    filings = sum(counts)
    paid = sum(n * one.gross.mean() for n, one in zip(counts, matters, strict=True))
    repaid = sum(n * one.repaid for n, one in zip(counts, matters, strict=True))
    last = found[-1].costs
    return {
        "filings_per_year": sum(right.yearly[0] for right in schedule.rights),
        "filings_covered": filings,
        "chance_of_a_filing": 1.0 - exp(-filings),
        "paid_per_matter": paid / filings / unit,
        "repaid_per_matter": repaid / filings / unit,
        "share": many.share,
        "chance_aggregate_is_full": float(last.sf(many.share * many.aggregate * _ALMOST)),
    }
