"""Who pays what, month by month, before anything is signed: expected and worst, by party.

The expected loss of each party comes from the same rating as the price, with that party in the
issuer's place; the worst is a default or event in that month with nothing recovered, through the
scheme. What the scheme covers by nobody stands beside the parties.
"""

from dataclasses import dataclass, replace
from typing import Any

from kernel.sharing import UNCOVERED
from underwriting.checked import checked
from underwriting.inputs import Inputs
from underwriting.portfolio.retained import retained
from underwriting.pricing.expected_loss import MonthLoss
from underwriting.product import Product
from underwriting.rules.contract import Contract


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
    parties = inputs.scheme.scheme.parties
    months = {party: _months(product, inputs, party) for party in parties}
    first = next(iter(months.values()))
    contract = product.contract(_checked(product, inputs), inputs.basis)
    whole = None if contract.loan else contract.sum_insured.minor
    cells = {
        party: tuple(Cell(row.expected_loss, _worst(inputs, contract, party, row)) for row in rows)
        for party, rows in months.items()
    }
    exposure = tuple(row.exposure if whole is None else whole for row in first)
    cells[UNCOVERED] = tuple(
        Cell(0.0, owed - sum(cells[party][place].worst for party in parties))
        for place, owed in enumerate(exposure)
    )
    return WhoPays(
        currency=inputs.exposures.currency,
        parties=tuple(cells),
        exposure=exposure,
        probability=tuple(row.default_probability for row in first),
        cells=cells,
    )


def _worst(inputs: Inputs, contract: Contract, party: str, row: MonthLoss) -> int:
    """Return the most that a party pays for an event of a month, minor units.

    Of a loan it is what is owed in that month; of other cover the whole sum insured.
    """
    if contract.loan is not None:
        return row.paid
    scheme, amount = inputs.scheme.scheme, contract.amount
    return retained(
        scheme, inputs.facts, party, sum_insured=contract.sum_insured, amount=amount
    ).minor


def _checked(product: Product, inputs: Inputs) -> Any:
    return checked(product, inputs.risk)


def _months(product: Product, inputs: Inputs, party: str) -> tuple[MonthLoss, ...]:
    """Rate the proposal with `party` in the issuer's place."""
    there = replace(
        inputs, risk={**inputs.risk, "cover": {**inputs.risk["cover"], "issuer": party}}
    )
    return product.rate(_checked(product, there), there.basis).months
