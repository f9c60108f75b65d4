"""Every right of a proposal with its laws and the filings that are to be expected of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from kernel.period import DAYS_PER_YEAR
from models.priors import Prior
from underwriting.disputes import Figures, court_of, exposed_years, figures_of, filings_of
from underwriting.disputes.forms import InsuredRight
from underwriting.disputes.rows import Row
from underwriting.product import Rated
from underwriting.products.infringement_loss.laws import MatterLaws, laws_of
from underwriting.products.infringement_loss.risk import MONTHS_PER_YEAR, InfringementLossRisk

BOOK = "right_life"
"""Purpose of the fit that holds multipliers and ages."""


@dataclass(frozen=True, slots=True)
class Enforced:
    """One right as it is rated.

    Attributes:
        number: of the right.
        laws: of one matter over it.
        yearly: accepted filings a year at the age of each policy year.
        priors: figures of the prior table behind it.
        rows: other rows behind it.
    """

    number: str
    laws: MatterLaws
    yearly: tuple[float, ...]
    priors: tuple[Prior, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """All rights of a proposal, and the time for which they are covered.

    Attributes:
        rights: as they are rated, in the order of the proposal.
        months: of cover.
        retroactive: years before the cover for which first infringements are let in.
        lag: mean years from the first infringement to an accepted filing.
        to_payment: mean years from an accepted filing to payment.
        fit_ids: of the fits asked.
        rows: rows that serve all rights.
    """

    rights: tuple[Enforced, ...]
    months: int
    retroactive: float
    lag: float
    to_payment: float
    fit_ids: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def years(self) -> tuple[tuple[float, float], ...]:
        """Start and end of each policy year, in years from the beginning; the last may be short."""
        cuts = [*range(0, self.months, MONTHS_PER_YEAR), self.months]
        return tuple((a / MONTHS_PER_YEAR, b / MONTHS_PER_YEAR) for a, b in pairwise(cuts))

    def exposed(self, start: float, end: float) -> float:
        """Years of filings that are let in between two times from the beginning of cover."""
        return exposed_years(start, end, self.retroactive, self.lag)

    def filings(self, right: Enforced, year: int) -> float:
        """Filings over a right that one policy year covers."""
        return right.yearly[year] * self.exposed(*self.years[year])


def schedule_of(risk: InfringementLossRisk, basis: Rated) -> Schedule:
    """Return the rights as they are rated.

    Raises:
        Invalid: a figure that a right needs is published nowhere; its field is named.
    """
    figures = figures_of(basis, risk.currency)
    book = basis.fits[BOOK].champion
    courts = [court_of(right.office, f"risk.rights[{place}].office")
              for place, right in enumerate(risk.rights)]  # fmt: skip
    known: dict[tuple[object, ...], Enforced] = {}
    rights = []
    for right, court in zip(risk.rights, courts, strict=True):
        key = (court, right.kind, right.granted, right.sales, right.margin, *right.factors.items())
        if key not in known:
            known[key] = _rated(right, risk, basis, figures, book)
        same = known[key]
        rights.append(Enforced(right.number, same.laws, same.yearly, same.priors, same.rows))
    lag, paid = (figures.rate(name, courts[0]) for name in ("years_to_filing", "years_to_payment"))
    return Schedule(
        rights=tuple(rights),
        months=risk.cover.months,
        retroactive=risk.cover.retroactive_months / MONTHS_PER_YEAR,
        lag=lag.value,
        to_payment=paid.value,
        fit_ids=(figures.fit_id, book),
        rows=(lag, paid),
    )


def _rated(
    right: InsuredRight, risk: InfringementLossRisk, basis: Rated, figures: Figures, book: str
) -> Enforced:
    court, kind = court_of(right.office), right.kind.value
    factors: Mapping[str, float | str | bool] = {**risk.insured.factors, **right.factors}
    since = right.granted or right.filed
    age = max(0.0, (risk.cover.start - since).days / DAYS_PER_YEAR)
    filed = [
        filings_of(
            figures, basis.priors, book=book, kind=kind, court=court, factors=factors,
            age_years=age + year,
        )
        for year in range(risk.years)
    ]  # fmt: skip
    stated = laws_of(
        figures, basis.priors, kind=kind, court=court,
        in_court=filed[0].court / filed[0].total,
        sales=float(right.sales.money().minor) if right.sales else None,
        margin=float(Fraction(right.margin)) if right.margin is not None else None,
    )  # fmt: skip
    return Enforced(
        right.number,
        stated.laws,
        tuple(one.total for one in filed),
        (*(prior for one in filed for prior in one.priors), *stated.priors),
        (*(row for one in filed for row in one.rows), *stated.rows),
    )
