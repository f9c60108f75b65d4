"""What customs is paid on a demand, and what a sale of the pledge then gives back: exact."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kernel.money import parse_minor
from underwriting.products.customs_guarantee.clock import surcharge_on
from underwriting.products.customs_guarantee.risk import Surcharge
from underwriting.rules.contract import Contract


class Payment(NamedTuple):
    """A demand paid.

    Attributes:
        tax: paid of the tax.
        surcharge: paid of the surcharge on it.
        refused: asked for and above what is available.
    """

    tax: int
    surcharge: int
    refused: int

    @property
    def total(self) -> int:
        """Tax and surcharge."""
        return self.tax + self.surcharge


class Proceeds(NamedTuple):
    """A sale of the pledge, shared by rank.

    Attributes:
        costs: of the sale.
        before: older tax arrears and pledges of an earlier rank.
        ours: what pays us back.
        owner: the rest.
    """

    costs: int
    before: int
    ours: int
    owner: int


def payment(
    contract: Contract,
    tax: int,
    *,
    available: int,
    due_on: date,
    paid_on: date,
    terms: Mapping[str, Any],
) -> Payment:
    """Return what is paid on a demand for unpaid tax, in minor units.

    Tax first, up to the `available` limit; then surcharge on the tax that is covered, for the days
    from the end of the term: within what is left of the limit, or up to its own limit.
    """
    agreed, room = contract.agreed, None
    if agreed["surcharge"] == Surcharge.BEYOND.value:
        room = parse_minor(agreed["surcharge_limit"], contract.currency)
    days = (due_on, paid_on)
    return demand_paid(tax, available, days, terms, room=room, regime=agreed["regime"])


def demand_paid(
    tax: int,
    available: int,
    days: tuple[date, date],
    terms: Mapping[str, Any],
    *,
    room: int | None,
    regime: str,
) -> Payment:
    """Return the same from plain figures, minor units.

    `days` are the end of the term and the day of payment; `room` is the surcharge's own limit,
    None where it is paid within what is left of the available limit.
    """
    covered = min(tax, available)
    late = surcharge_on(covered, *days, terms, regime)
    owed = surcharge_on(tax, *days, terms, regime)
    surcharge = min(late, available - covered if room is None else room)
    return Payment(covered, surcharge, tax + owed - covered - surcharge)


def proceeds_by_rank(gross: int, costs: int, before: int, paid: int) -> Proceeds:
    """Return who gets the proceeds of a sale: costs, what outranks us, us, the owner.

    >>> proceeds_by_rank(1_000, 150, 300, 800)
    Proceeds(costs=150, before=300, ours=550, owner=0)
    """
    first = min(costs, gross)
    second = min(before, gross - first)
    ours = min(paid, gross - first - second)
    return Proceeds(first, second, ours, gross - first - second - ours)
