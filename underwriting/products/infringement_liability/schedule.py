"""What is insured against suits: scheduled products, where they sell, and promises to customers."""

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kernel.wire import Code, MoneyWire, Wire, Words
from underwriting.disputes import Court
from underwriting.disputes.forms import Technology


class Sales(Wire):
    """What a product sells in one jurisdiction."""

    court: Court
    annual: MoneyWire = Field(description="Sales of a year there, before returns")


class ScheduledProduct(Wire):
    """One insured product. A product that is not scheduled is not covered."""

    code: Code
    title: Words
    technology: Technology
    standards: tuple[Words, ...] = Field(
        (), max_length=50, description="Technical standards that it implements"
    )
    sales: tuple[Sales, ...] = Field(min_length=1, max_length=7)

    @model_validator(mode="after")
    def _each_place_once(self) -> Self:
        places = [one.court for one in self.sales]
        if len(set(places)) < len(places):
            raise PydanticCustomError("twice", "states the sales of one jurisdiction twice")
        return self


class Indemnity(Wire):
    """A promise to a customer to bear its suits over a scheduled product."""

    customer: Words
    product: Code
    court: Court
    capped: bool = Field(description="Does the contract cap what is promised?")
