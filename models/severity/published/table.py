"""Published laws of loss and cost: rows of `severities.csv` and the small tables beside it.

Each row has its source and grade. A row of one's own takes the place of a published one
(`SeverityTable.with_row`, `with_rate`), and the name of the set then changes with it.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from math import inf
from typing import Any, Self

from kernel.errors import invalid
from models.severity.laws import Law
from models.severity.published.rows import Ceiling, Rate, Row, SeverityRow, Stage

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class StatedLaw:
    """A law with what it rests on.

    Attributes:
        law: of one amount, major units.
        currency: three letters.
        priced_on: date at whose prices it stands.
        rows: the published figures behind it.
    """

    law: Law
    currency: str
    priced_on: date
    rows: tuple[Row, ...]

    @property
    def unverified(self) -> bool:
        """Whether any figure behind it rests on memory or judgement alone."""
        return any(row.unverified for row in self.rows)

    def trended(self, rate: float, on: date) -> Self:
        """Move the law to the prices of `on`, at `rate` a year, per 1.

        Every amount is multiplied with (1 + rate)^(years since `priced_on`).
        """
        if not rate > -1:
            raise invalid("rate", f"is {rate}", "give a yearly rate above -1")
        years = (on - self.priced_on).days / DAYS_A_YEAR
        return replace(self, law=self.law.scaled((1 + rate) ** years), priced_on=on)

    def converted(self, currency: str, rate: float) -> Self:
        """Return the law in `currency`; `rate` of it are paid for one unit of the present one."""
        return replace(self, law=self.law.scaled(rate), currency=currency)

    def json(self) -> dict[str, Any]:
        """The law and its origin, as frozen into a receipt."""
        return {
            "law": self.law.json(),
            "currency": self.currency,
            "priced_on": self.priced_on.isoformat(),
            "rows": [row.json() for row in self.rows],
        }


@dataclass(frozen=True)
class SeverityTable:
    """A set of published laws under one name.

    Attributes:
        fit_id: name of the set, with a digest of all rows: what a receipt quotes.
        rows: the laws by key.
        rates: chances, dependence and trend, by (name, jurisdiction).
        stages: how far suits go, in order.
        ceilings: of recoverable cost at the Unified Patent Court, in order.
    """

    fit_id: str
    rows: Mapping[str, SeverityRow]
    rates: Mapping[tuple[str, str], Rate]
    stages: tuple[Stage, ...]
    ceilings: tuple[Ceiling, ...]

    @classmethod
    def of(
        cls,
        name: str,
        rows: Iterable[SeverityRow],
        rates: Iterable[Rate],
        stages: Iterable[Stage],
        ceilings: Iterable[Ceiling],
    ) -> Self:
        """Build a table; no two rows have one key."""
        by_key: dict[str, SeverityRow] = {}
        for row in rows:
            assert row.key not in by_key, f"severity {row.key} stands twice"
            by_key[row.key] = row
        by_name = {(rate.name, rate.jurisdiction): rate for rate in rates}
        rest = tuple(stages), tuple(ceilings)
        text = repr((sorted(by_key.items()), sorted(by_name.items()), rest))
        fit_id = f"{name}-{sha256(text.encode()).hexdigest()[:12]}"
        return cls(fit_id, by_key, by_name, *rest)

    def with_row(self, row: SeverityRow) -> Self:
        """Put a row of one's own in the place of the published one with its key, or add it."""
        rows = {**self.rows, row.key: row}.values()
        return self.of("own", rows, self.rates.values(), self.stages, self.ceilings)

    def with_rate(self, name: str, jurisdiction: str, value: float) -> Self:
        """Put one's own figure in the place of a published rate, or add it."""
        own = Rate(name, jurisdiction, value, "own", "own")
        rates = {**self.rates, (name, jurisdiction): own}.values()
        return self.of("own", self.rows.values(), rates, self.stages, self.ceilings)

    def bands(
        self, product: str, jurisdiction: str, component: str, *, right: str = "*"
    ) -> tuple[SeverityRow, ...]:
        """Rows for this component by rising amount at risk; one row where it has no bands.

        The right's own rows go before those for all (`*`), then for all products.

        Raises:
            Invalid: there is none; nothing is assumed in its place.
        """
        for wanted in ((product, right), (product, "*"), ("*", right), ("*", "*")):
            own = [
                row
                for row in self.rows.values()
                if (row.product, row.right) == wanted
                and (row.jurisdiction, row.component) == (jurisdiction, component)
            ]
            if own:
                return tuple(sorted(own, key=lambda row: row.upto))
        problem = f"no published severity for {component} of {right} in {jurisdiction}"
        cure = "add a sourced row to the severities, or choose a component that has one"
        raise invalid(f"severity.{product}", problem, cure, code="no-prior")

    def rate(self, name: str, jurisdiction: str) -> Rate:
        """Return the rate for the jurisdiction, or the one for all (`*`).

        Raises:
            Invalid: there is none.
        """
        for key in ((name, jurisdiction), (name, "*")):
            if key in self.rates:
                return self.rates[key]
        problem = f"no published figure in {jurisdiction}"
        raise invalid(f"severity.{name}", problem, "give your own", code="no-prior")


def severity_for(
    product: str, jurisdiction: str, component: str, table: SeverityTable, *, right: str = "*"
) -> StatedLaw:
    """Return the published law of a component, at the prices of the middle of its year.

    Raises:
        Invalid: none is published, or it is published by amount at risk (`defence_cost`).

    >>> stated = severity_for(
    ...     "infringement_liability", "US", "award", load_severities(), right="invention")
    >>> round(stated.law.mean() / 1e6, 1), stated.unverified
    (36.4, False)
    """
    rows = table.bands(product, jurisdiction, component, right=right)
    if len(rows) > 1:
        problem = f"{component} is published by amount at risk"
        raise invalid("at_risk", problem, "ask `defence_cost` with the amount at risk")
    return stated_of(rows[0])


def stated_of(row: SeverityRow) -> StatedLaw:
    """Return the law of one row, at the prices of the first of July of its year."""
    return StatedLaw(row.severity(), row.currency, date(row.year, 7, 1), (row,))


@cache
def load_severities() -> SeverityTable:
    """Return the table shipped with the house."""
    rates = [
        Rate(row["name"], row["jurisdiction"], float(row["value"]), row["grade"], row["source"])
        for row in csv_lines("rates.csv")
    ]
    stages = [
        Stage(
            row["jurisdiction"], row["stage"], float(row["share"]), float(row["cost"]),
            row["grade"], row["source"],
        )
        for row in csv_lines("stages.csv")
    ]  # fmt: skip
    ceilings = [
        Ceiling(float(row["upto"] or inf), float(row["ceiling"]), row["grade"], row["source"])
        for row in csv_lines("upc_ceilings.csv")
    ]
    laws = (SeverityRow.of(row) for row in csv_lines("severities.csv"))
    return SeverityTable.of("severities", laws, rates, stages, ceilings)


def csv_lines(name: str) -> list[dict[str, str]]:
    """Return the rows of a file beside this one, without its remarks."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
