"""What is stated of a right whose disputes are insured, with units and ranges."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kernel.wire import Code, Day, MoneyWire, Share, Wire, Words
from underwriting.right_kinds import RightKind


class Technology(StrEnum):
    """Field of technology, as far as the rates of suits know it."""

    DRUGS_HEALTH = "drugs_health"
    BIOTECH = "biotech"
    CHEMISTRY = "chemistry"
    ELECTRONICS = "electronics"
    MECHANICAL = "mechanical"
    SOFTWARE = "software"
    INTERNET = "internet"
    OTHER = "other"


class Verdict(StrEnum):
    """What an official evaluation report says of a right that was not examined."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Evaluation(Wire):
    """The patent office's report on a utility model or a design."""

    reported_on: Day
    verdict: Verdict


class KnownInfringement(Wire):
    """An infringement that the proposer knows of; it is not covered."""

    infringer: Words
    known_on: Day
    related: bool = Field(description="Is the infringer related to the proposer?")


class InsuredRight(Wire):
    """One right whose enforcement is insured."""

    kind: RightKind
    number: Words
    title: Words
    office: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "CN"
    owner: Words
    co_owners: tuple[Words, ...] = Field((), max_length=20)
    co_owners_consent: bool = Field(False, description="In writing, of every co-owner")
    filed: Day
    granted: Day | None = None
    expires: Day
    fees_paid_until: Day | None = Field(None, description="Last day the annuities are paid for")
    ownership_disputed: bool = False
    suit_pending: bool = Field(False, description="Is a suit over its infringement pending?")
    invalidation_pending: bool = False
    known: tuple[KnownInfringement, ...] = Field((), max_length=20)
    evaluation: Evaluation | None = None
    family: Code | None = Field(None, description="The patent family it belongs to")
    technology: Technology | None = None
    standard: Code | None = Field(None, description="The standard it is essential to")
    claims: int | None = Field(None, ge=1, le=500)
    citations: int | None = Field(None, ge=0, le=10_000, description="Received from later patents")
    family_size: int | None = Field(None, ge=1, le=200)
    sales: MoneyWire | None = Field(None, description="A year's sales made with the right")
    margin: Share | None = Field(None, description="Operating margin on them, per 1")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.expires <= self.filed:
            raise PydanticCustomError("order", "expires before it was filed")
        if self.granted and self.granted < self.filed:
            raise PydanticCustomError("order", "was granted before it was filed")
        if self.margin is not None and self.sales is None:
            raise PydanticCustomError("margin", "has a margin but no sales; state both or neither")
        return self

    @property
    def factors(self) -> dict[str, float | str | bool]:
        """What is stated of it that moves the rate of suits, see `models.right.factors`."""
        stated: dict[str, float | str | bool | None] = {
            "field": self.technology.value if self.technology else None,
            "standard_essential": True if self.standard else None,
            "claims": self.claims,
            "citations": self.citations,
            "family_size": self.family_size,
        }
        return {name: value for name, value in stated.items() if value is not None}


class Owner(Wire):
    """Facts of who enforces that move the rate of suits."""

    individual: bool = False
    npe: bool = Field(False, description="Does it live on enforcing, and make no product?")
    portfolio: int | None = Field(None, ge=1, le=1_000_000, description="Patents that it owns")

    @property
    def factors(self) -> dict[str, float | str | bool]:
        """What is stated of it, in the words of the multipliers.

        >>> Owner(portfolio=40).factors
        {'portfolio': '1-100'}
        """
        stated: dict[str, float | str | bool] = {}
        if self.individual:
            stated["individual_owner"] = True
        if self.npe:
            stated["npe_owned"] = True
        if self.portfolio is not None:
            stated["portfolio"] = _band(self.portfolio)
        return stated


_SMALL, _LARGE = 100, 900


def _band(patents: int) -> str:
    if patents <= _SMALL:
        return "1-100"
    return "100-900" if patents <= _LARGE else "over-900"
