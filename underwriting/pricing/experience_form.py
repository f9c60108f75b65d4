"""An insured's own history of claims, as a proposer states it."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kernel.wire import MoneyWire, Wire

_MOST_CLAIMS = 50


class History(Wire):
    """Own claims under the same kind of cover, in years just past.

    Attributes:
        years: whole years of exposure like that proposed, 1 to 20.
        claims: how many events there were.
        incurred: paid and reserved of each claim, from the ground up; None where only their
            number is known, an empty list where there was none.
    """

    years: int = Field(ge=1, le=20, examples=[5])
    claims: int = Field(ge=0, le=_MOST_CLAIMS, examples=[1])
    incurred: Annotated[tuple[MoneyWire, ...], Field(max_length=_MOST_CLAIMS)] | None = None

    @model_validator(mode="after")
    def _each_claim_once(self) -> Self:
        if self.incurred is None:
            return self
        if len(self.incurred) != self.claims:
            raise PydanticCustomError("incurred", "give one amount for each claim, or none at all")
        if len({amount.currency for amount in self.incurred}) > 1:
            raise PydanticCustomError("incurred", "give all amounts in one currency")
        return self

    def amounts(self, field: str = "history.incurred") -> tuple[int, ...] | None:
        """Minor units of each claim; None where only their number is known."""
        if self.incurred is None:
            return None
        return tuple(amount.money(field).minor for amount in self.incurred)
