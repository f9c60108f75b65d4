"""What a firm states of itself and of the loan it wants; what is left out is not known."""

from typing import Annotated

from pydantic import Field, StringConstraints

from kernel.wire import Day, MoneyWire, Share, Wire
from underwriting.bank_products.kinds import FirmKind, Method, Size
from underwriting.pricing.plan import Plan
from underwriting.right_kinds import RightKind

Division = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{5}$")]
"""Division code of GB/T 2260; characters 3 to 8 of a unified social credit code."""

ScoreGrade = Annotated[str, StringConstraints(pattern=r"^[A-E]$")]


HeldRights = Annotated[
    dict[RightKind, Annotated[int, Field(ge=0, le=100_000)]],
    Field(json_schema_extra={"additionalProperties": False}),
]
"""Kind of right -> how many; no other key."""


class FirmFacts(Wire):
    """The borrower; each fact may be left out, and is then asked for where it matters."""

    kinds: tuple[FirmKind, ...] | None = Field(
        None, max_length=10, description="Recognitions in force; an empty list states none"
    )
    size: Size | None = None
    region: Division | None = Field(None, examples=["442000"])
    founded: Day | None = None
    staff: int | None = Field(None, ge=0, le=1_000_000)
    revenue: MoneyWire | None = Field(None, description="Of the last year")
    assets: MoneyWire | None = None
    debt_ratio: Annotated[float, Field(ge=0, le=100)] | None = Field(
        None, description="Liabilities over assets, per 1"
    )
    score_grade: ScoreGrade | None = Field(
        None, description="Grade of the public knowledge-value score, where the product lends by it"
    )
    rights: HeldRights | None = Field(None, description="Rights in force, by kind")


class LoanAsked(Wire):
    """The loan that is wanted."""

    amount: MoneyWire
    term_months: int = Field(ge=1, le=360)
    drawdown: Day | None = Field(None, description="Today without it")
    annual_rate: Share | None = Field(None, description="Interest per year, per 1")
    reference_rate: Share | None = Field(
        None, description="The reference rate of the day, where the product's band is in it"
    )
    premium_rate: Share | None = Field(None, description="Premium per year over the loan, per 1")
    plan: Plan | None = None
    ip_share: Share | None = Field(None, description="Part of the loan that IP secures")
    valuation: Method | None = Field(None, description="How the pledge is valued")
