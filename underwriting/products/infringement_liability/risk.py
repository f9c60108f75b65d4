"""What a proposer states for infringement liability cover, with units and ranges."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kernel.money import Money
from kernel.wire import Day, MoneyWire, Wire, Words
from underwriting.pledge.forms import RegisterId, Subsidy
from underwriting.portfolio.keys import Dimension, Key
from underwriting.pricing.experience_form import History
from underwriting.product import Asked, Risk
from underwriting.products.infringement_liability.matters import KnownMatter, Opinion
from underwriting.products.infringement_liability.schedule import Indemnity, ScheduledProduct
from underwriting.products.infringement_liability.wanted import CoverWanted, Defence

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Firm(Wire):
    """A firm and its number."""

    name: Words
    register_id: RegisterId


class Policyholder(Firm):
    """Who takes out the policy, and what its record is."""

    violation_on: Day | None = Field(
        None, description="Day of the last finding of an IP violation; none: no record at all"
    )
    elsewhere: tuple[Country, ...] = Field(
        (), max_length=60, description="Other countries sold to, which are not covered"
    )


class InfringementLiabilityRisk(Risk):
    """A proposal for cover against accusations of infringement."""

    product: Literal["infringement_liability"]
    policyholder: Policyholder
    insured: Firm | None = Field(None, description="Without it the policyholder is insured")
    products: tuple[ScheduledProduct, ...] = Field(min_length=1, max_length=100)
    indemnities: tuple[Indemnity, ...] = Field((), max_length=100)
    known_matters: tuple[KnownMatter, ...] = Field((), max_length=100)
    opinions: tuple[Opinion, ...] = Field((), max_length=100)
    history: History | None = None
    cover: CoverWanted
    subsidy: Subsidy | None = None

    @model_validator(mode="after")
    def _one_currency(self) -> Self:
        if any(money.currency != self.currency for money in self._amounts()):
            raise PydanticCustomError(
                "one_currency",
                "mixes currencies; give all amounts in that of the limit, {currency}",
                {"currency": self.currency},
            )
        return self

    @model_validator(mode="after")
    def _limits_in_order(self) -> Self:
        limit, whole = self.money("limit").minor, self.money("aggregate").minor
        if not 0 < limit <= whole:
            raise PydanticCustomError("order", "needs a limit above 0 and not above the aggregate")
        return self

    @model_validator(mode="after")
    def _sells_where_covered(self) -> Self:
        sold = {
            one.court
            for product in self.products
            for one in product.sales
            if one.annual.money().minor
        }
        if not sold & set(self.cover.courts):
            raise PydanticCustomError("nil", "states no sales at the courts that are covered")
        return self

    @model_validator(mode="after")
    def _codes_once(self) -> Self:
        codes = [one.code for one in self.products]
        if len(set(codes)) < len(codes):
            raise PydanticCustomError("twice", "schedules one product code twice")
        return self

    @property
    def currency(self) -> str:
        """The contract's one currency: that of the limit."""
        return self.cover.limit.currency

    def money(self, name: Literal["limit", "aggregate", "retention"]) -> Money:
        """Return one amount of the cover."""
        wire: MoneyWire = getattr(self.cover, name)
        return wire.money(f"risk.cover.{name}")

    @property
    def most_payable(self) -> Money:
        """Most that is ever paid: the aggregate, and again for defence outside the limit."""
        towers = 2 if self.cover.defence is Defence.OUTSIDE else 1
        return Money(towers * self.money("aggregate").minor, self.currency)

    def asked(self) -> Asked:
        """Return what the books are asked about this proposal."""
        owner = (self.insured or self.policyholder).register_id
        firm = Key(Dimension.OBLIGOR, owner)
        accused = [Key(Dimension.ACCUSED_PRODUCT, f"{owner}:{one.code}") for one in self.products]
        standards = {name for one in self.products for name in one.standards}
        fields = {one.technology.value for one in self.products}
        return Asked(
            obligor_id=owner,
            amount=self.most_payable,
            scheme=self.cover.scheme,
            keys=(
                firm,
                *accused,
                *(Key(Dimension.STANDARD, name) for name in sorted(standards)),
                *(Key(Dimension.TECHNOLOGY, name) for name in sorted(fields)),
            ),
        )

    def _amounts(self) -> Iterator[MoneyWire]:
        cover, caps = self.cover, self.cover.stage_caps
        yield from (cover.aggregate, cover.retention)
        yield from (sales.annual for one in self.products for sales in one.sales)
        optional = (
            cover.npe_sublimit,
            self.subsidy.cap if self.subsidy else None,
            cover.exhibition.sublimit if cover.exhibition else None,
            *(caps.pre_suit, caps.first_instance, caps.appeal, caps.invalidation),
        )
        yield from (one for one in optional if one)
        yield from self.history.incurred or () if self.history else ()
