"""What is stated of a borrower and of the rights it pledges, with units and ranges."""

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kernel.money import Money
from kernel.wire import Code, Day, MoneyWire, Share, Wire, Words
from underwriting.right_kinds import RightKind

RegisterId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z][0-9A-Z-]{3,31}$")]
"""A firm's number in its register: in China the 18-character unified social credit code."""

Ratio = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,64}$")]
"""Name of a feature of the score in force."""


class InUnit(Wire):
    """A figure with its unit, which must be the one that the score reads."""

    value: Annotated[float, Field(ge=-1e15, le=1e15)] | None
    unit: Annotated[str, StringConstraints(max_length=40)]


Accounts = Annotated[
    dict[Ratio, Annotated[float, Field(ge=-1e15, le=1e15)] | Words | InUnit | None],
    Field(max_length=200, json_schema_extra={"additionalProperties": False}),
]
"""Feature -> its value."""


class Grade(StrEnum):
    """The insurer's own credit grade of the borrower, best first."""

    A = "A"
    BBB = "BBB"
    BB = "BB"
    B = "B"
    CCC = "CCC"


class Borrower(Wire):
    """Who borrows, pledges and takes out the policy."""

    name: Words
    register_id: RegisterId
    grade: Grade
    tier: Code | None = Field(None, description="Borrower tier, where the scheme shares by it")
    group: RegisterId | None = Field(None, description="Register number of the head of its group")
    accounts: Accounts | None = Field(
        None, description="What the score in force reads, by feature; see `zhibao card`"
    )


class Method(StrEnum):
    """How a value was found."""

    MARKET = "market"
    INCOME = "income"
    COST = "cost"


class ValuedBy(StrEnum):
    """Who found it: an appraiser, the bank itself, or the parties between them."""

    APPRAISER = "appraiser"
    INTERNAL = "internal"
    NEGOTIATED = "negotiated"


class Licence(StrEnum):
    """What leave to use a right has been given."""

    NONE = "none"
    ORDINARY = "ordinary"
    EXCLUSIVE = "exclusive"
    OPEN = "open"


class FurtherAppraisal(Wire):
    """Another appraisal of the same right."""

    value: MoneyWire
    on: Day
    method: Method = Method.INCOME
    by: Words = Field(description="Appraiser, bank, or the parties")
    valued_by: ValuedBy = ValuedBy.APPRAISER


class PledgedRight(Wire):
    """One right in the pledge."""

    kind: RightKind
    number: Words
    title: Words
    office: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "CN"
    owner: Words
    co_owners: tuple[Words, ...] = ()
    filed: Day
    granted: Day | None = None
    expires: Day
    fees_paid_until: Day | None = Field(None, description="Last day the annuities are paid for")
    in_dispute: bool = Field(
        False, description="Is its ownership disputed, or its formalities stayed?"
    )
    seized: bool = Field(False, description="Is it under preservation by a court?")
    invalidation_pending: bool = False
    pledged_elsewhere: bool = False
    consents: Annotated[tuple[Words, ...], Field(max_length=100)] = Field(
        (), description="Co-owners whose written consent is at hand"
    )
    twin: Words | None = Field(
        None, description="Number of the right that was filed on the same day for the same thing"
    )
    continues: bool = Field(
        False, description="Told of the twin or the request, do both parties declare to go on?"
    )
    licence: Licence = Licence.NONE
    acquired_on: Day | None = Field(None, description="Where it was bought, not filed")
    acquired_from_related: bool = False
    family: Code | None = Field(None, description="The patent family it belongs to")
    technology: Code | None = Field(None, description="Technology class, such as an IPC subclass")
    standard: Code | None = Field(None, description="The standard it is essential to")
    appraised: MoneyWire
    appraised_on: Day
    appraiser: Words
    method: Method = Method.INCOME
    valued_by: ValuedBy = ValuedBy.APPRAISER
    appraisals: Annotated[tuple[FurtherAppraisal, ...], Field(max_length=9)] = Field(
        (), description="Further appraisals of the same right"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.expires <= self.filed:
            raise PydanticCustomError("order", "expires before it was filed")
        if self.granted and self.granted < self.filed:
            raise PydanticCustomError("order", "was granted before it was filed")
        if any(one.value.currency != self.appraised.currency for one in self.appraisals):
            raise PydanticCustomError("one_currency", "is appraised in more than one currency")
        return self


class Subsidy(Wire):
    """A public payer of part of the premium."""

    payer: Words
    share: Share
    cap: MoneyWire | None = Field(None, description="Most it pays; none means uncapped")

    def agreed(self) -> tuple[str, Fraction, Money | None]:
        """Return it as a contract freezes it: payer, share, cap."""
        cap = self.cap.money("risk.subsidy.cap") if self.cap else None
        return self.payer, Fraction(self.share), cap
