"""Orders of magnitude by which published amounts are carried into the currency of a policy."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from kernel.errors import invalid
from models.severity.published.rows import UNVERIFIED
from models.severity.published.table import StatedLaw


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one unit of a currency is worth.

    Attributes:
        currency: three letters.
        cny: yuan for one unit, above zero.
        grade: as `SeverityRow.grade`.
        source: key into `docs/sources.md`; `own` for a user's figure.
    """

    currency: str
    cny: float
    grade: str
    source: str

    @property
    def unverified(self) -> bool:
        """Whether it rests on memory or judgement alone."""
        return self.grade in UNVERIFIED

    def json(self) -> dict[str, Any]:
        """The row as it is frozen."""
        return asdict(self)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of the file, or one frozen."""
        return cls(row["currency"], float(row["cny"]), row["grade"], row["source"])


@dataclass(frozen=True, slots=True)
class Exchanges:
    """The rows by currency."""

    rows: Mapping[str, Exchange]

    @classmethod
    def of(cls, rows: Iterable[Exchange]) -> Self:
        """Build the table; no currency stands twice."""
        by_currency: dict[str, Exchange] = {}
        for row in rows:
            assert row.currency not in by_currency, f"{row.currency} stands twice"
            by_currency[row.currency] = row
        return cls(by_currency)

    def rate(self, held: str, wanted: str) -> float:
        """Units of `wanted` for one of `held`.

        Raises:
            Invalid: a currency has no row.
        """
        for currency in (held, wanted):
            if currency not in self.rows:
                problem, cure = f"no figure for {currency}", "add a sourced row to the exchange"
                raise invalid("exchange", problem, cure, code="no-prior")
        return self.rows[held].cny / self.rows[wanted].cny

    def carried(self, law: StatedLaw, currency: str) -> StatedLaw:
        """Return the law in `currency`; one that is in it already stands as it is."""
        if law.currency == currency:
            return law
        return law.converted(currency, self.rate(law.currency, currency))
