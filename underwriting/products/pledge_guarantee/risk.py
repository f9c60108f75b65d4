"""What a proposer states for a pledge-financing guarantee, with units and ranges."""

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kernel.money import Money
from kernel.wire import Code, Day, MoneyWire, Share, Wire, Words
from underwriting.pricing.plan import Plan
from underwriting.product import Asked, Risk

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


class RightKind(StrEnum):
    """What can be pledged."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    TRADEMARK = "trademark"
    COPYRIGHT = "copyright"
    IC_LAYOUT = "ic_layout"
    GI = "gi"


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
    accounts: Accounts | None = Field(
        None, description="What the score in force reads, by feature; see `zhibao card`"
    )


class Loan(Wire):
    """The loan that is guaranteed."""

    contract: Words = Field(description="The bank's number of the loan contract")
    amount: MoneyWire
    annual_rate: Share = Field(description="Interest per year, per 1", examples=["0.045"])
    term_months: int = Field(ge=1, le=120)
    drawdown: Day
    plan: Plan = Plan.BULLET
    purpose: Words
    refinancing: bool = Field(description="Does it repay another loan?")
    ip_share: Share = Field("1", description="Part of the loan that IP secures")


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
    in_dispute: bool = False
    invalidation_pending: bool = False
    pledged_elsewhere: bool = False
    appraised: MoneyWire
    appraised_on: Day
    appraiser: Words

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.expires <= self.filed:
            raise PydanticCustomError("order", "expires before it was filed")
        if self.granted and self.granted < self.filed:
            raise PydanticCustomError("order", "was granted before it was filed")
        return self


class Settles(StrEnum):
    """Who pays the bank: each party its own share, or the issuer for all."""

    SEVERAL = "several"
    LEAD = "lead"


class CoverWanted(Wire):
    """The cover asked for."""

    scheme: Code
    issuer: Code = Field("insurer", description="The party of the scheme whose share this is")
    sum_insured: MoneyWire | None = Field(
        None, description="Without it: the loan, and a year's interest where the scheme shares it"
    )
    waiting_days: int | None = Field(None, ge=0, le=365)
    settles: Settles = Settles.SEVERAL


class Subsidy(Wire):
    """A public payer of part of the premium."""

    payer: Words
    share: Share
    cap: MoneyWire | None = Field(None, description="Most it pays; none means uncapped")


class PledgeGuaranteeRisk(Risk):
    """A proposal for a pledge-financing guarantee."""

    product: Literal["pledge_guarantee"]
    borrower: Borrower
    loan: Loan
    rights: tuple[PledgedRight, ...] = Field(min_length=1, max_length=200)
    cover: CoverWanted
    subsidy: Subsidy | None = None

    @model_validator(mode="after")
    def _one_currency(self) -> Self:
        currency = self.loan.amount.currency
        others = [right.appraised for right in self.rights]
        others += [m for m in (self.cover.sum_insured, self.subsidy and self.subsidy.cap) if m]
        if any(money.currency != currency for money in others):
            raise PydanticCustomError(
                "one_currency",
                "mixes currencies; give all amounts in the loan's, {currency}",
                {"currency": currency},
            )
        if self.loan.amount.money().minor == 0:
            raise PydanticCustomError("nil", "has a loan of nothing; give an amount above 0")
        return self

    @property
    def currency(self) -> str:
        """The contract's one currency."""
        return self.loan.amount.currency

    @property
    def loan_money(self) -> Money:
        """The loan amount."""
        return self.loan.amount.money("risk.loan.amount")

    @property
    def ip_share(self) -> Fraction:
        """Part of the loan that IP secures, exact."""
        return Fraction(self.loan.ip_share)

    def asked(self) -> Asked:
        """Return what the books are asked about this proposal."""
        return Asked(
            obligor_id=self.borrower.register_id,
            loan=self.loan_money,
            ip_share=self.ip_share,
            tier=self.borrower.tier,
            scheme=self.cover.scheme,
        )
