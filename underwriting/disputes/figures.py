"""The frozen figures of disputes, asked in the currency and at the prices of one policy."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from kernel.money import minor_digits
from models.severity.laws import Law
from models.severity.published import DisputeFigures, Rate, SeverityRow, Stage
from models.severity.published.table import stated_of
from models.shelf import fit_named
from underwriting.disputes.courts import Court
from underwriting.disputes.rows import Row
from underwriting.product import Rated

PURPOSE = "severity.disputes"
"""What the fit serves."""


@dataclass(frozen=True, slots=True)
class DisputeLaw:
    """The law of one amount.

    Attributes:
        law: of the amount, minor units of the policy's currency, at the prices of the quote.
        rows: what it rests on.
    """

    law: Law
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures for one quote.

    Attributes:
        fit_id: of the fit they were frozen in.
        disputes: the rows.
        currency: of the policy.
        on: business date: prices of this day.
    """

    fit_id: str
    disputes: DisputeFigures
    currency: str
    on: date

    def rate(self, name: str, court: Court) -> Rate:
        """Return a chance, a share or a time; that of all courts where this one has none.

        Raises:
            Invalid: there is neither.
        """
        return self.disputes.table.rate(name, court.value)

    def stages(self, court: Court) -> tuple[Stage, ...]:
        """Return where suits end, in order; none where nothing is known."""
        return tuple(s for s in self.disputes.table.stages if s.jurisdiction == court.value)

    def bands(
        self, product: str, court: Court, component: str, right: str
    ) -> tuple[SeverityRow, ...]:
        """Return the rows of a component, by rising amount at risk.

        Raises:
            Invalid: there is none.
        """
        return self.disputes.table.bands(product, court.value, component, right=right)

    def law(self, product: str, court: Court, component: str, right: str) -> DisputeLaw:
        """Return the law of a component that has one row, such as `award` or `lost_profit`.

        Raises:
            Invalid: there is none.
        """
        rows = self.bands(product, court, component, right)
        assert len(rows) == 1, f"{component} is stated by amount at risk: ask `whole_cost`"
        return self.carried(rows[0], court)

    def carried(self, row: SeverityRow, court: Court) -> DisputeLaw:
        """Carry a row to the prices of the day and into minor units of the policy's currency."""
        trend = self.rate("trend", court)
        stated = stated_of(row).trended(trend.value, self.on)
        behind: list[Row] = [row, trend]
        if stated.currency != self.currency:
            exchange = self.disputes.exchange
            behind += [exchange.rows[stated.currency], exchange.rows[self.currency]]
            stated = exchange.carried(stated, self.currency)
        return DisputeLaw(stated.law.scaled(10.0 ** minor_digits(self.currency)), tuple(behind))

    def carried_amount(self, currency: str, major: float) -> float:
        """Return an amount of another currency in minor units of the policy's, as it stands."""
        rate = self.disputes.exchange.rate(currency, self.currency)
        return major * rate * 10.0 ** minor_digits(self.currency)


def figures_of(basis: Rated, currency: str) -> Figures:
    """Open the figures that are in force for the quote.

    Raises:
        Invalid: the fit is not on the shelf.
    """
    fit_id = basis.fits[PURPOSE].champion
    return Figures(fit_id, _frozen(fit_id), currency, basis.on)


@cache
def _frozen(fit_id: str) -> DisputeFigures:
    return DisputeFigures.of(fit_named(fit_id).parameters)
