"""Lines and facts of a claim on the wire: which there are, its kind says."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from api.schemas.common import Answer
from kernel.errors import Fault, Invalid
from kernel.money import Money
from kernel.wire import MoneyWire, Words

MAX_LINES = 20
MAX_FACTS = 30

LineName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{2,63}$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,63}$")]

Lines = Annotated[
    dict[LineName, MoneyWire],
    Field(
        min_length=1,
        max_length=MAX_LINES,
        description="Line -> amount. Default of a loan: principal, interest, costs, penalty, "
        "compound_interest. Infringement of a right: investigation, litigation, loss_of_profit, "
        "adverse_costs. Liability: pre_suit, first_instance, invalidation, appeal, damages, "
        "mitigation. Customs: tax, surcharge. A line left out asks for nothing",
    ),
]
FactValue = bool | MoneyWire | Words | dict[FactName, bool | Words | None]
Facts = Annotated[
    dict[FactName, FactValue],
    Field(
        max_length=MAX_FACTS,
        description="Facts of the kind of claim, by name: days as 2026-03-02, amounts as money, "
        "yes or no, or words. What a kind asks for, `facts` of the claim lists",
    ),
]


def currency_of(lines: Mapping[str, MoneyWire], field: str) -> str:
    """Return the one currency of all lines.

    Raises:
        Invalid: they mix currencies.
    """
    currencies = {one.currency for one in lines.values()}
    if len(currencies) > 1:
        raise Invalid("invalid", Fault(field, "mixes currencies", "ask in one currency"))
    return currencies.pop()


def minor_of(lines: Mapping[str, MoneyWire], field: str) -> dict[str, int]:
    """Return each line in minor units.

    Raises:
        Invalid: a line has decimals that its currency lacks.
    """
    return {name: one.money(f"{field}.{name}.amount").minor for name, one in lines.items()}


def facts_of(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as acts read them, amounts as money."""
    return {
        name: value.money(f"facts.{name}.amount") if isinstance(value, MoneyWire) else value
        for name, value in stated.items()
    }


def lines_answer(minor: Mapping[str, int], currency: str) -> dict[str, MoneyWire]:
    """Return lines as they cross the wire."""
    return {code: MoneyWire.of(Money(amount, currency)) for code, amount in minor.items()}


class LineAnswer(Answer):
    """One line of a claim, its values side by side."""

    code: str
    words: str
    asked: MoneyWire
    adjusted: MoneyWire | None = Field(description="By the adjuster; null is not decided yet")
    approved: MoneyWire | None = Field(description="All parties together; null likewise")
    paid: MoneyWire = Field(description="By the issuer, all settlements together")
    reason: str = Field(description="Why not more; empty where nothing was cut")
