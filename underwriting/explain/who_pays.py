"""Who pays what, month by month, before anything is signed: expected and worst, by party.

The expected loss of each party comes from the same rating as the price, with that party in the
issuer's place; the worst is a default or event in that month with nothing recovered, through the
scheme. What the scheme covers by nobody stands beside the parties.
"""

from dataclasses import dataclass, replace
from typing import Any

from kernel.sharing import UNCOVERED
from underwriting.inputs import Inputs
from underwriting.pricing.expected_loss import MonthLoss
from underwriting.product import Product


@dataclass(frozen=True, slots=True)
class Cell:
    """One party in one month, in minor units.

    Attributes:
        expected: discounted, after recoveries, a float.
        worst: what it pays if the event falls in that month, before any recovery.
    """

    expected: float
    worst: int


@dataclass(frozen=True, slots=True)
class WhoPays:
    """The table, month by party.

    Attributes:
        currency: of all amounts.
        parties: in the order of the scheme; last `uncovered`, which nobody bears.
        exposure: the whole loss of an event in each month, before sharing.
        probability: of the event in each month.
        cells: party -> a cell for each month.
    """

    currency: str
    parties: tuple[str, ...]
    exposure: tuple[int, ...]
    probability: tuple[float, ...]
    cells: dict[str, tuple[Cell, ...]]

    def expected(self, party: str) -> float:
        """Return the expected loss of a party over all months, minor units."""
        return sum(cell.expected for cell in self.cells[party])

    def worst(self, party: str) -> int:
        """Return the worst month of a party, minor units."""
        return max((cell.worst for cell in self.cells[party]), default=0)


def who_pays(product: Product, inputs: Inputs) -> WhoPays:
    """Return the table for a proposal.

    Raises:
        Invalid: the risk does not fit the product's form, or a needed fact is missing.
    """
    months = {party: _months(product, inputs, party) for party in inputs.scheme.scheme.parties}
    first = next(iter(months.values()))
    cells = {
        party: tuple(Cell(row.expected_loss, row.paid) for row in rows)
        for party, rows in months.items()
    }
    cells[UNCOVERED] = tuple(
        Cell(0.0, row.exposure - sum(rows[place].paid for rows in months.values()))
        for place, row in enumerate(first)
    )
    return WhoPays(
        currency=inputs.exposures.currency,
        parties=tuple(cells),
        exposure=tuple(row.exposure for row in first),
        probability=tuple(row.default_probability for row in first),
        cells=cells,
    )


def _months(product: Product, inputs: Inputs, party: str) -> tuple[MonthLoss, ...]:
    """Rate the proposal with `party` in the issuer's place."""
    there = replace(
        inputs, risk={**inputs.risk, "cover": {**inputs.risk["cover"], "issuer": party}}
    )
    risk: Any = product.risk.model_validate(dict(there.risk), strict=False)
    return product.rate(risk, there.basis).months
