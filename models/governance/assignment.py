"""Which fit serves what purpose, for which product, on which date."""

from dataclasses import dataclass
from datetime import date

from kernel.errors import Fault, Unavailable

PRIORS = "priors"
"""Stands for the shipped prior table, which is no frozen fit."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One row: who serves.

    Attributes:
        purpose: `borrower_default`, `right_life`, `lapse`, `recovery` or `severity.<what>`.
        products: codes of the products it serves.
        champion: id of the fit that prices, or `priors`.
        valid_from: first day.
        valid_to: the first day on which it serves no more; None for open.
        challenger: id of the fit that is scored beside it, if any.
        line: of the file, for refusals.
    """

    purpose: str
    products: tuple[str, ...]
    champion: str
    valid_from: date
    valid_to: date | None = None
    challenger: str | None = None
    line: int = 0

    def serves_on(self, day: date) -> bool:
        """Whether `day` lies within [valid_from, valid_to)."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def span(self) -> str:
        """Its dates in words."""
        return f"from {self.valid_from}" + (f" to before {self.valid_to}" if self.valid_to else "")

    @property
    def fits(self) -> tuple[str, ...]:
        """Ids of the frozen fits that it names."""
        named = (self.champion, self.challenger)
        return tuple(fit for fit in named if fit is not None and fit != PRIORS)


@dataclass(frozen=True, slots=True)
class InForce:
    """The table of service, no two rows of one purpose and product overlapping.

    Attributes:
        rows: in the order written.
    """

    rows: tuple[Assignment, ...]

    def serving(self, purpose: str, product: str, on: date) -> Assignment:
        """Return who serves.

        Raises:
            Unavailable: nobody does on that date; a gap is not filled with a neighbour.
        """
        rows = [row for row in self.rows if row.purpose == purpose and product in row.products]
        for row in rows:
            if row.serves_on(on):
                return row
        dates = "; ".join(f"{row.champion} {row.span}" for row in rows) or "none at all"
        problem = f"no fit serves {purpose} of {product} on {on} (there are: {dates})"
        fault = Fault("in_force", problem, "put a fit in force for that date in in_force.toml")
        raise Unavailable("no-fit-in-force", fault)
