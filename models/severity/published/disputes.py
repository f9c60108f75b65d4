"""All that a dispute is priced with, in one set: published laws, courts from memory, courses.

What was published goes first: a court from memory serves only where the published table has no
row for the same product, place, right and component.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any, Self

from models.severity.published.exchange import Exchange, Exchanges
from models.severity.published.rows import Ceiling, Rate, SeverityRow, Stage
from models.severity.published.table import SeverityTable, csv_lines, load_severities

FORM = "severity.disputes"


@dataclass(frozen=True, slots=True)
class DisputeFigures:
    """The figures of disputes.

    Attributes:
        table: laws, rates, stages and ceilings.
        exchange: between the currencies.
    """

    table: SeverityTable
    exchange: Exchanges

    def parameters(self) -> dict[str, Any]:
        """What a fit keeps: every row."""
        return {
            "severities": [row.json() for row in self.table.rows.values()],
            "rates": [rate.json() for rate in self.table.rates.values()],
            "stages": [stage.json() for stage in self.table.stages],
            "ceilings": [ceiling.json() for ceiling in self.table.ceilings],
            "exchange": [row.json() for row in self.exchange.rows.values()],
        }

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> Self:
        """Read the rows from a fit; a band without `upto` has no bound."""
        table = SeverityTable.of(
            "disputes",
            [SeverityRow.of(row) for row in parameters["severities"]],
            [Rate(**row) for row in parameters["rates"]],
            [Stage(**row) for row in parameters["stages"]],
            [Ceiling(**{"upto": inf, **row}) for row in parameters["ceilings"]],
        )
        return cls(table, Exchanges.of(Exchange.of(row) for row in parameters["exchange"]))


@cache
def load_disputes() -> DisputeFigures:
    """Return the figures shipped with the house, as they stand today."""
    published = load_severities()
    courts = (SeverityRow.of(row) for row in csv_lines("courts.csv"))
    rates = (
        Rate(row["name"], row["jurisdiction"], float(row["value"]), row["grade"], row["source"])
        for row in csv_lines("courses.csv")
    )
    stages = (
        Stage(
            row["jurisdiction"], row["stage"], float(row["share"]), float(row["cost"]),
            row["grade"], row["source"],
        )
        for row in csv_lines("course_stages.csv")
    )  # fmt: skip
    table = SeverityTable.of(
        "disputes",
        (*published.rows.values(), *courts),
        (*published.rates.values(), *rates),
        (*published.stages, *stages),
        published.ceilings,
    )
    return DisputeFigures(table, Exchanges.of(map(Exchange.of, csv_lines("exchange.csv"))))
