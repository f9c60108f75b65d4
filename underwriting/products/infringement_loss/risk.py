"""What a proposer states for infringement-loss cover, with units and ranges."""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kernel.money import Money
from kernel.wire import MoneyWire, Words
from underwriting.disputes.forms import InsuredRight, Owner
from underwriting.pledge.forms import RegisterId, Subsidy
from underwriting.portfolio.keys import Dimension, Key
from underwriting.pricing.experience_form import History
from underwriting.product import Asked, Risk
from underwriting.products.infringement_loss.wanted import AggregateBasis, CoverWanted

MONTHS_PER_YEAR = 12


class Standing(StrEnum):
    """By what right the insured enforces."""

    PATENTEE = "patentee"
    LICENSEE = "licensee"


class Insured(Owner):
    """Who takes out the policy and is insured by it."""

    name: Words
    register_id: RegisterId
    standing: Standing = Standing.PATENTEE
    licensor_consent: bool = Field(False, description="In writing; asked of a licensee")


class InfringementLossRisk(Risk):
    """A proposal for cover of a holder's own loss and cost of enforcement."""

    product: Literal["infringement_loss"]
    insured: Insured
    rights: tuple[InsuredRight, ...] = Field(min_length=1, max_length=200)
    cover: CoverWanted
    history: History | None = Field(None, description="Own filings of past years on such rights")
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
    def _limits_stand(self) -> Self:
        for name, wire in self.cover.amounts.items():
            if name not in ("retention", "economic_benefit.exempt") and not wire.money().minor:
                raise PydanticCustomError("nil", "has a {name} of nothing", {"name": name})
        limits = [self.minor(name) for name in ("limit", "per_right", "aggregate")]
        stated = [minor for minor in limits if minor is not None]
        if stated != sorted(stated):
            raise PydanticCustomError("order", "has limits out of order: matter, right, aggregate")
        value = self.minor("insured_value")
        if value is not None and value < self.sum_insured.minor:
            raise PydanticCustomError(
                "order", "has a sum insured above the value that it states; raise insured_value"
            )
        numbers = [right.number for right in self.rights]
        if len(set(numbers)) < len(numbers):
            raise PydanticCustomError("twice", "insures one right twice")
        return self

    @property
    def currency(self) -> str:
        """The contract's one currency: that of the limit."""
        return self.cover.limit.currency

    def minor(self, name: str) -> int | None:
        """Return an amount of the cover in minor units; None where it is not stated."""
        wire = self.cover.amounts.get(name)
        return wire.money(f"risk.cover.{name}").minor if wire else None

    @property
    def copay(self) -> Fraction:
        """Part above the retention that the insured bears, exact."""
        return Fraction(self.cover.coinsurance)

    @property
    def years(self) -> int:
        """Policy years that the period begins."""
        return ceil(self.cover.months / MONTHS_PER_YEAR)

    @property
    def sum_insured(self) -> Money:
        """Most that is ever paid, net of what was repaid: the aggregate of every period of it."""
        aggregate = self.cover.aggregate.money("risk.cover.aggregate")
        yearly = self.cover.aggregate_basis is AggregateBasis.POLICY_YEAR
        return Money(aggregate.minor * (self.years if yearly else 1), aggregate.currency)

    def asked(self) -> Asked:
        """Return what the books are asked about this proposal."""
        return Asked(
            obligor_id=self.insured.register_id,
            amount=self.sum_insured,
            scheme=self.cover.scheme,
            keys=tuple(dict.fromkeys(self._keys())),
        )

    def _keys(self) -> Iterator[Key]:
        yield Key(Dimension.OBLIGOR, self.insured.register_id)
        for right in self.rights:
            yield Key(Dimension.RIGHT_HOLDER, right.owner)
            yield Key(Dimension.FAMILY, right.family or right.number)
            if right.technology:
                yield Key(Dimension.TECHNOLOGY, right.technology.value)
            if right.standard:
                yield Key(Dimension.STANDARD, right.standard)

    def _amounts(self) -> Iterator[MoneyWire]:
        yield from self.cover.amounts.values()
        yield from (right.sales for right in self.rights if right.sales)
        if self.subsidy and self.subsidy.cap:
            yield self.subsidy.cap
        if self.history:
            yield from self.history.incurred or ()
