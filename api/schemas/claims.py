"""Claims on the wire: what comes in."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kernel.wire import Code, Day, Identifier, MoneyWire, Wire, Words

MAX_PAPERS = 50

ConductName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{2,63}$")]


class AskedLines(Wire):
    """What the bank asks, line by line; a line left out asks for nothing."""

    principal: MoneyWire | None = None
    interest: MoneyWire | None = Field(None, description="Ordinary interest")
    costs: MoneyWire | None = Field(None, description="Costs of enforcement")
    penalty: MoneyWire | None = Field(None, description="Penalty interest; not covered")
    compound_interest: MoneyWire | None = Field(None, description="Not covered")

    @model_validator(mode="after")
    def _one_currency(self) -> Self:
        currencies = {money.currency for money in self.lines().values()}
        if len(currencies) > 1:
            raise PydanticCustomError("one_currency", "mixes currencies")
        if not currencies:
            raise PydanticCustomError("nil", "asks for nothing")
        return self

    def lines(self) -> dict[str, MoneyWire]:
        """Return the lines that are asked."""
        every = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: money for name, money in every.items() if money is not None}

    @property
    def currency(self) -> str:
        """The one currency of all lines."""
        return next(iter(self.lines().values())).currency

    def minor(self) -> dict[str, int]:
        """Return each line in minor units.

        Raises:
            Invalid: a line has decimals that its currency lacks.
        """
        return {
            name: money.money(f"asked.{name}.amount").minor for name, money in self.lines().items()
        }


class NoticeRequest(Wire):
    """Notice of a borrower's default."""

    policy_id: Identifier
    default_date: Day = Field(description="First day on which an instalment was overdue")
    known_on: Day = Field(description="The day on which the bank knew of it")
    asked: AskedLines
    papers: tuple[Code, ...] = Field(
        (), max_length=MAX_PAPERS, description="Codes of the papers that came with the notice"
    )


class Adjustment(Wire):
    """What the adjuster allows of one line, and why not more."""

    amount: MoneyWire
    reason: Words


class AdjustedLines(Wire):
    """What the adjuster allows; a line left out is allowed as it was asked."""

    principal: Adjustment | None = None
    interest: Adjustment | None = None
    costs: Adjustment | None = None
    penalty: Adjustment | None = None
    compound_interest: Adjustment | None = None

    def lines(self) -> dict[str, Adjustment]:
        """Return the lines that are adjusted."""
        every = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: line for name, line in every.items() if line is not None}


class AssessmentRequest(Wire):
    """What an adjuster has established."""

    papers: tuple[Code, ...] = Field(
        (), max_length=MAX_PAPERS, description="Codes of papers that have come in since"
    )
    conduct: dict[ConductName, bool] = Field(
        default_factory=dict,
        max_length=MAX_PAPERS,
        description="What was found of the conduct of the parties, by the names that the "
        "product's form lists",
    )
    adjusted: AdjustedLines = AdjustedLines()
    agreed_on: Day | None = Field(
        None, description="The day the bank agreed to the amount; today if left out"
    )
