"""Damages for an infringement on the wire: figures of the methods in, every step out."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.as_sent import as_sent
from api.schemas.common import Answer
from api.schemas.split import Ratio, RatioToOne
from claims.rules.loss.lost_profit import LostSales, lost_profit
from claims.rules.loss.royalty import royalty
from claims.rules.loss.statutory import statutory
from claims.rules.loss.unjust_gain import unjust_gain
from claims.rules.loss.worked import CURRENCY, Worked
from kernel.money import parse_minor
from kernel.wire import Amount, Code, Day, Wire

Circumstance = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,39}$")]
_MAX_WEIGHTS = 20


def _minor(text: str, field: str) -> Fraction:
    return Fraction(parse_minor(text, CURRENCY, field))


class LostProfit(Wire):
    """Sales lost to the infringer, and prices that had to be cut."""

    units: Ratio = Field(description="Sales lost, or the infringer's where they stand for them")
    price: Amount = Field(description="Net price of one, before it was cut")
    unit_cost: Amount = Field(description="Variable cost of one")
    contribution: RatioToOne = Field("1", description="Part of the profit that the right brings")
    units_sold: Ratio = Field("0", description="Sold at a price that was cut")
    price_cut: Amount = Field("0", description="Of each of those")


class UnjustGain(Wire):
    """What the infringer gained."""

    sales: Amount = Field(description="Of the infringing product")
    operating_margin: RatioToOne
    sales_margin: RatioToOne | None = None
    lives_on_it: bool = Field(False, description="Is infringing its whole business?")
    contribution: RatioToOne = Field("1", description="Part of the profit that the right brings")


class Royalty(Wire):
    """What a licence would have cost: a part of sales, or a fee for each piece or year."""

    rate: RatioToOne | None = None
    sales: Amount | None = None
    fee: Amount | None = None
    units: Ratio | None = None
    multiple: Ratio = "1"

    @model_validator(mode="after")
    def _one_base(self) -> Self:
        by_sales = self.rate is not None and self.sales is not None
        by_piece = self.fee is not None and self.units is not None
        given = sum(one is not None for one in (self.rate, self.sales, self.fee, self.units))
        if by_sales is by_piece or given != len(("base", "fee")):
            wrong = {"cure": "state rate and sales, or fee and units: one pair"}
            raise PydanticCustomError("base", "needs rate and sales, or fee and units", wrong)
        return self


class Statutory(Wire):
    """Statutory damages: awards in like cases, and the circumstances of this one."""

    middle: Amount = Field(description="Awards in like cases")
    weights: dict[Circumstance, Ratio] = Field(default_factory=dict, max_length=_MAX_WEIGHTS)


class DamagesRequest(Wire):
    """An infringement, and the methods that can be worked out. Every amount is in CNY."""

    right: Code = Field(description="Kind of the right", examples=["invention"])
    infringed_on: Day
    lost_profit: LostProfit | None = None
    unjust_gain: UnjustGain | None = None
    royalty: Royalty | None = None
    statutory: Statutory | None = None
    multiple: Ratio = Field("1", description="Of a wilful and serious infringement: 1 to 5")
    costs: Amount = Field("0", description="Reasonable cost of stopping it")
    statutory_part: Amount = Field("0", description="For a part that cannot be worked out")

    def worked(self) -> dict[str, Worked]:
        """Work out every method that is stated.

        Raises:
            Invalid: a figure cannot be.
        """
        return dict(self._worked())

    def _worked(self) -> Iterator[tuple[str, Worked]]:
        if lost := self.lost_profit:
            yield "lost_profit", _lost_profit(lost)
        if gain := self.unjust_gain:
            yield "unjust_gain", _unjust_gain(gain)
        if fee := self.royalty:
            yield "royalty", _royalty(fee)
        if stated := self.statutory:
            weights = {name: Fraction(text) for name, text in stated.weights.items()}
            middle = int(_minor(stated.middle, "statutory.middle"))
            yield (
                "statutory",
                statutory(self.right, self.infringed_on, middle=middle, weights=weights),
            )


def _lost_profit(lost: LostProfit) -> Worked:
    stated = LostSales(
        units=Fraction(lost.units),
        price=_minor(lost.price, "lost_profit.price"),
        unit_cost=_minor(lost.unit_cost, "lost_profit.unit_cost"),
        contribution=Fraction(lost.contribution),
        units_sold=Fraction(lost.units_sold),
        price_cut=_minor(lost.price_cut, "lost_profit.price_cut"),
    )
    with as_sent({"price_cut": "lost_profit.price_cut"}):
        return lost_profit(stated)


def _unjust_gain(gain: UnjustGain) -> Worked:
    sales, margin = _minor(gain.sales, "unjust_gain.sales"), gain.sales_margin
    with as_sent({"sales_margin": "unjust_gain.sales_margin"}):
        return unjust_gain(
            sales,
            operating_margin=Fraction(gain.operating_margin),
            sales_margin=None if margin is None else Fraction(margin),
            lives_on_it=gain.lives_on_it,
            contribution=Fraction(gain.contribution),
        )


def _royalty(fee: Royalty) -> Worked:
    rate, base = _priced(fee)
    with as_sent({"multiple": "royalty.multiple"}):
        by_sales = fee.rate is not None
        return royalty(rate, base, multiple=Fraction(fee.multiple), of_sales=by_sales)


def _priced(fee: Royalty) -> tuple[Fraction, Fraction]:
    """Return the fee of one unit, and how many."""
    if fee.rate is not None:
        assert fee.sales is not None, "the form asks for both"
        return Fraction(fee.rate), _minor(fee.sales, "royalty.sales")
    assert fee.fee is not None, "the form asks for one of the two"
    assert fee.units is not None, "the form asks for both"
    return _minor(fee.fee, "royalty.fee"), Fraction(fee.units)


class StepAnswer(Answer):
    """One step of a method."""

    code: str
    words: str
    words_zh: str
    value: str = Field(description="An amount in CNY to the fen, or an exact number")
    exact: str = Field(description="The same before rounding, in fen where it is an amount")


class WorkedAnswer(Answer):
    """A method as it was worked out."""

    method: str
    amount: str
    steps: tuple[StepAnswer, ...]
    evidence: dict[str, str]


class DamagesAnswer(Answer):
    """Damages by the method that holds. Every amount is in CNY."""

    method: str
    law: str
    base: str
    costs: str
    compensation: str = Field(description="Base and costs")
    punitive: str = Field(description="Above the base; no cover pays it")
    total: str
    worked: tuple[WorkedAnswer, ...]
