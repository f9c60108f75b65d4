"""Customs' written demand with its facts, and what follows from them under a contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from kernel.money import parse_minor
from underwriting.rules.contract import Contract


@dataclass(frozen=True, slots=True)
class Demand:
    """What a demand states; None is not stated.

    Attributes:
        written: whether it came in writing.
        district: code of the customs district that demands.
        purpose: for which the goods were released.
        arose_on: day on which the declaration was lodged.
        amount: tax and surcharge demanded, as text in the contract's currency.
        available: limit not taken by other open tax on that day, likewise.
    """

    written: bool | None = None
    district: str | None = None
    purpose: str | None = None
    arose_on: date | None = None
    amount: str | None = None
    available: str | None = None

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> Self:
        """Read a demand from the file of a claim."""
        arose = stated.get("arose_on")
        plain = ("written", "district", "purpose", "amount", "available")
        return cls(
            **{name: stated.get(name) for name in plain},
            arose_on=date.fromisoformat(arose) if arose else None,
        )


def established(demand: Demand, contract: Contract) -> dict[str, bool]:
    """Return every fact of cover that the demand states, by its name in `CONDUCT`."""
    agreed = contract.agreed
    first, last = (date.fromisoformat(agreed[key]) for key in ("usable_from", "usable_until"))
    facts = {
        "demand_in_writing": demand.written,
        "district_covered": demand.district and _is_insured(demand.district, agreed),
        "purpose_covered": demand.purpose and demand.purpose in agreed["purposes"],
        "arose_while_usable": demand.arose_on and first <= demand.arose_on <= last,
        "within_available": _within(demand, contract),
    }
    return {name: bool(seen) for name, seen in facts.items() if seen is not None}


def _is_insured(district: str, agreed: Mapping[str, Any]) -> bool:
    return district in {one["code"] for one in agreed["beneficiaries"]}


def _within(demand: Demand, contract: Contract) -> bool | None:
    """Say whether the amount is available; without a stated rest the sum insured is taken."""
    if demand.amount is None:
        return None
    left = contract.sum_insured.minor
    if demand.available is not None:
        left = parse_minor(demand.available, contract.currency)
    return parse_minor(demand.amount, contract.currency) <= left
