"""Lines and facts of a claim on the wire: which there are, its kind says."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints, TypeAdapter, ValidatorFunctionWrapHandler
from pydantic.functional_validators import WrapValidator
from pydantic_core import PydanticCustomError

from api.schemas.common import Answer
from kernel.errors import Fault, Invalid, invalid
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
_WORDS: Final = TypeAdapter[str](Words)
_MONEY: Final = frozenset(MoneyWire.model_fields)
_PART_FORMS: Final = "true or false, words or a day in quotes, or null"
_FACT_FORMS: Final = (
    'true or false, words or a day in quotes, money as {"amount": "1234.50", "currency": "CNY"}, '
    "or an object of words and flags"
)


def _part(value: object, in_any_form: ValidatorFunctionWrapHandler) -> Any:
    """Read a part of a record by the one form that its shape can be."""
    if isinstance(value, str):
        return _WORDS.validate_python(value)
    if value is None or isinstance(value, bool):
        return in_any_form(value)
    raise PydanticCustomError("fact", "has none of its forms", {"cure": f"give {_PART_FORMS}"})


Record = dict[FactName, Annotated[bool | Words | None, WrapValidator(_part)]]
_RECORD: Final = TypeAdapter[dict[str, bool | str | None]](Record)


def _fact(value: object, in_any_form: ValidatorFunctionWrapHandler) -> Any:
    """Read a fact by the one form that its shape can be, so that one fault is told once."""
    if isinstance(value, str):
        return _WORDS.validate_python(value)
    if isinstance(value, Mapping):
        money = not value.keys().isdisjoint(_MONEY)
        return MoneyWire.model_validate(value) if money else _RECORD.validate_python(value)
    if isinstance(value, bool | MoneyWire):
        return in_any_form(value)
    raise PydanticCustomError("fact", "has none of its forms", {"cure": f"give {_FACT_FORMS}"})


FactValue = Annotated[bool | MoneyWire | Words | Record, WrapValidator(_fact)]
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


def minor_in(currency: str, lines: Mapping[str, MoneyWire], field: str) -> dict[str, int]:
    """Return each line in minor units of the claim's currency.

    Raises:
        Invalid: they are in another currency, or have decimals that it lacks.
    """
    if currency_of(lines, field) != currency:
        raise invalid(field, f"the claim is in {currency}", "give them in that")
    return minor_of(lines, field)


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
