"""Goods on a declaration as stated, and every way in which customs may tax them."""

from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from kernel.money import minor_digits
from kernel.wire import MoneyWire, Share, Wire, Words
from underwriting.products.customs_guarantee.tax import Rates, Taxes, taxes_on


def _below_one(text: str) -> str:
    if Fraction(text) >= 1:
        raise PydanticCustomError("rate", "is the whole price; give a rate below 1")
    return text


Rate = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]?)(\.[0-9]{1,6})?$")]
"""A rate of duty per 1, as text; it may pass 1, as anti-dumping rates do."""

Measure = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$")]
"""A quantity, or a tax for each unit of it in yuan, as text."""

Inside = Annotated[Share, AfterValidator(_below_one)]
"""A rate on the price with the tax in it, from 0 to below 1."""


class Alternative(Wire):
    """One way in which customs may take a line of goods: classification, origin and value."""

    hs: Annotated[str, StringConstraints(pattern=r"^[0-9]{8,10}$")] = Field(
        description="Commodity code", examples=["8542310000"]
    )
    origin: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    value: MoneyWire = Field(description="Customs value")
    quantity: Measure = Field("0", description="In the unit of the specific rates")
    duty_rate: Rate = Field(examples=["0.065"])
    duty_per_unit: Measure = "0"
    anti_dumping_rate: Rate = "0"
    countervailing_rate: Rate = "0"
    consumption_rate: Inside = "0"
    consumption_per_unit: Measure = "0"
    vat_rate: Share = Field(examples=["0.13"])
    why: Words = Field("as declared", description="What this reading rests on")

    @property
    def taxes(self) -> Taxes:
        """What would fall due, in minor units."""
        unit = 10 ** minor_digits(self.value.currency)
        rates = Rates(
            duty=Fraction(self.duty_rate),
            duty_per_unit=Fraction(self.duty_per_unit) * unit,
            anti_dumping=Fraction(self.anti_dumping_rate),
            countervailing=Fraction(self.countervailing_rate),
            consumption=Fraction(self.consumption_rate),
            consumption_per_unit=Fraction(self.consumption_per_unit) * unit,
            vat=Fraction(self.vat_rate),
        )
        return taxes_on(self.value.money().minor, Fraction(self.quantity), rates)


class GoodsLine(Wire):
    """One line of a declaration."""

    name: Words
    alternatives: tuple[Alternative, ...] = Field(min_length=1, max_length=20)

    @property
    def highest(self) -> Taxes:
        """The taxes of the alternative that owes most; of equals, the first stated."""
        return max((one.taxes for one in self.alternatives), key=lambda taxes: taxes.total)
