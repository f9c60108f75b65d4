"""What an indication is asked on: numbers of rights and a loan; the rest may be left out."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kernel.wire import Code, MoneyWire, Share, Wire, Words
from underwriting.pledge.forms import Grade, RegisterId


class NumberedRight(Wire):
    """One right by its number."""

    number: Words = Field(examples=["EXAMPLE-0001"])
    office: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "CN"
    appraised: MoneyWire | None = Field(None, description="Its value, where one is known")


class IndicationAsked(Wire):
    """Numbers of rights and a loan; whatever else is stated makes the range narrower."""

    rights: tuple[NumberedRight, ...] = Field(min_length=1, max_length=50)
    loan: MoneyWire
    term_months: int = Field(ge=1, le=120)
    grade: Grade | None = None
    scheme: Code | None = None
    tier: Code | None = Field(None, description="Borrower tier, where the scheme shares by it")
    annual_rate: Share | None = None
    plan: Literal["bullet", "equal_principal", "annuity"] | None = None
    borrower: Words | None = None
    register_id: RegisterId | None = Field(None, description="The borrower's number")
    ip_share: Share | None = None
    value_multiple: Annotated[float, Field(gt=0, le=1000)] | None = Field(
        None, description="Value of the rights without a stated one, over the loan"
    )

    @model_validator(mode="after")
    def _one_currency(self) -> Self:
        stated = [right.appraised for right in self.rights if right.appraised]
        if any(money.currency != self.loan.currency for money in stated):
            raise PydanticCustomError("one_currency", "mixes currencies")
        if self.loan.money("loan").minor == 0:
            raise PydanticCustomError("nil", "asks for a loan of nothing")
        return self
