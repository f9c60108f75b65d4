"""What a proposer states for a customs guarantee, with units and ranges."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kernel.money import Money
from kernel.wire import Code, Day, MoneyWire, Share, Wire, Words
from underwriting.pledge.forms import Borrower, PledgedRight, Subsidy
from underwriting.pledge.keys import keys_of
from underwriting.product import Asked, Risk
from underwriting.products.customs_guarantee.goods import GoodsLine
from underwriting.products.customs_guarantee.use import Use


class CustomsCredit(StrEnum):
    """How customs grades an importer."""

    ADVANCED = "advanced"
    ORDINARY = "ordinary"
    DISCREDITED = "discredited"


class Importer(Borrower):
    """Who owes the tax, pledges and takes out the policy."""

    customs_code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{10}$")] | None = None
    credit: CustomsCredit


class SecuredRight(PledgedRight):
    """A right pledged to the insurer, with its haircut and what ranks before it."""

    haircut: Share | None = Field(None, description="Above the one published for its kind")
    ahead: MoneyWire | None = Field(
        None, description="What earlier pledges on it secure; none is the first rank"
    )


class Arrears(Wire):
    """Tax arrears of the importer that arose before the pledge: they outrank it."""

    checked_on: Day
    certificate: Words = Field(description="The tax office's certificate")
    amount: MoneyWire


class Surcharge(StrEnum):
    """Whether late surcharge is paid within the amount, or beyond it up to a limit of its own."""

    WITHIN = "within"
    BEYOND = "beyond"


class CoverWanted(Wire):
    """The cover asked for."""

    amount: MoneyWire = Field(description="Of the letter: most tax that is guaranteed at a time")
    surcharge: Surcharge = Surcharge.WITHIN
    scheme: Code = "own-account"
    issuer: Code = Field("insurer", description="The party of the scheme whose share this is")
    demand_working_days: int | None = Field(None, ge=1, le=30)
    waives_rescission: bool = Field(True, description="Against customs, whatever was misstated")


class Record(Wire):
    """The importer's own record of guaranteed tax."""

    years: int = Field(ge=1, le=30)
    calls: int = Field(ge=0, le=100, description="Times that customs had to call a guarantor")


class CustomsGuaranteeRisk(Risk):
    """A proposal for a customs guarantee."""

    product: Literal["customs_guarantee"]
    importer: Importer
    use: Use
    goods: tuple[GoodsLine, ...] = Field(
        min_length=1, max_length=200, description="Of the declaration, or of a typical one"
    )
    rights: tuple[SecuredRight, ...] = Field(min_length=1, max_length=200)
    arrears: Arrears | None = None
    cover: CoverWanted
    record: Record | None = None
    subsidy: Subsidy | None = None

    @model_validator(mode="after")
    def _one_currency(self) -> Self:
        currency = self.cover.amount.currency
        if any(money.currency != currency for money in self._amounts()):
            raise PydanticCustomError(
                "one_currency",
                "mixes currencies; give all amounts in the cover's, {currency}",
                {"currency": currency},
            )
        if self.amount.minor == 0:
            raise PydanticCustomError("nil", "has cover of nothing; give an amount above 0")
        return self

    def _amounts(self) -> Iterator[MoneyWire]:
        yield from (one.value for line in self.goods for one in line.alternatives)
        yield from (right.appraised for right in self.rights)
        yield from (right.ahead for right in self.rights if right.ahead)
        yield from (part.amount for part in (self.arrears,) if part)
        if self.subsidy and self.subsidy.cap:
            yield self.subsidy.cap

    @property
    def currency(self) -> str:
        """The contract's one currency."""
        return self.cover.amount.currency

    @property
    def amount(self) -> Money:
        """The amount of the letter."""
        return self.cover.amount.money("risk.cover.amount")

    @property
    def outranking(self) -> int:
        """What is paid out of the pledge before us: tax arrears and earlier pledges, minor units.

        All of it is taken off the proceeds of all rights together, which is prudent where an
        earlier pledge lies on one right alone.
        """
        before = [right.ahead.money().minor for right in self.rights if right.ahead]
        return sum(before) + (self.arrears.amount.money().minor if self.arrears else 0)

    def asked(self) -> Asked:
        """Return what the books are asked about this proposal."""
        return Asked(
            obligor_id=self.importer.register_id,
            amount=self.amount,
            scheme=self.cover.scheme,
            tier=self.importer.tier,
            keys=keys_of(self.importer, self.rights),
        )
