"""What is held together on the wire: accumulations, the insurer's own figures, limits."""

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.common import Answer, Finding
from kernel.money import Money, parse_minor
from kernel.wire import Amount, Currency, Day, Share, Wire, Words
from underwriting.holdings.store import AccumulationRow, MeansRow
from underwriting.portfolio.means import RATIOS, Means

Ratio = Annotated[
    str,
    StringConstraints(pattern=r"^1?[0-9](\.[0-9]{1,6})?$"),
    Field(description="Per 1: 231 % is 2.31", examples=["2.31"]),
]
"""A ratio from 0 to below 20, exact, as text."""

AMOUNTS = (
    "net_assets",
    "capital_and_reserves",
    "retained_premium",
    "retained_guarantee",
    "retained_financing",
)  # fmt: skip
"""The figures of `Means` that are money."""


class MeansRequest(Wire):
    """The insurer's own figures at the end of a quarter, all in one currency."""

    currency: Currency
    as_of: Day = Field(description="The quarter's end")
    source: Words = Field(description="The statement that they are taken from")
    net_assets: Amount
    capital_and_reserves: Amount = Field(description="Paid-in capital and capital reserve")
    retained_premium: Amount = Field(description="Of the calendar year, up to `as_of`")
    retained_guarantee: Amount = Field(
        description="Balance of all credit and guarantee business, net of reinsurance"
    )
    retained_financing: Amount = Field(description="Of that, what secures financing")
    small_business_share: Share = Field(description="Small firms' part of the financing business")
    core_solvency: Ratio = Field(description="Lower of the last two quarters; 2.31 is 231 %")
    comprehensive_solvency: Ratio = Field(description="Likewise")

    def means(self) -> Means:
        """Return the statement with exact figures."""
        given = self.model_dump()
        minor = {name: parse_minor(given[name], self.currency, name) for name in AMOUNTS}
        return Means(**{**given, **minor, **{name: Fraction(given[name]) for name in RATIOS}})


class MeansAnswer(Answer):
    """Figures as they were stated."""

    id: str
    currency: str
    as_of: date
    source: str
    net_assets: str
    capital_and_reserves: str
    retained_premium: str
    retained_guarantee: str
    retained_financing: str
    small_business_share: str
    core_solvency: str
    comprehensive_solvency: str
    created_at: datetime


class AccumulationAnswer(Answer):
    """One key and what one event under it would hit, in one currency."""

    dimension: str
    name: str
    currency: str
    amount: str = Field(description="Sums insured, all parties together")
    retained: str | None = Field(description="Of that, what the insurer keeps")
    policies: int
    words: str


class CountedAnswer(Answer):
    """One policy under a key."""

    policy_id: str
    product: str
    currency: str
    amount: str
    retained: str
    starts_on: date
    ends_on: date


class LimitAnswer(Answer):
    """One limit and what it leaves; a limit of null is not set, which is not without limit."""

    code: str
    kind: str = Field(description="statutory or house")
    label: str
    label_zh: str
    dimension: str | None
    name: str | None = Field(description="The key that uses most of it")
    used: str
    added: str
    limit: str | None
    left: str | None
    currency: str
    clause: str
    source: str
    grade: str
    unverified: str


class GateAnswer(Answer):
    """A ratio that the insurer must keep to write a class of business."""

    code: str
    label: str
    label_zh: str
    products: tuple[str, ...]
    stated: str | None
    least: str
    kept: bool | None = Field(description="null where it is not stated")
    clause: str
    source: str
    grade: str
    unverified: str


class LimitsAnswer(Answer):
    """Where the house stands against every limit, in one currency."""

    currency: str
    on: date
    means_as_of: date | None
    items: tuple[LimitAnswer, ...]
    gates: tuple[GateAnswer, ...]
    findings: tuple[Finding, ...]


def means_answer(row: MeansRow) -> MeansAnswer:
    """Return a statement."""
    plain = ("id", "currency", "as_of", "source", "created_at", *RATIOS)
    amounts = {name: Money(getattr(row, name), row.currency).text for name in AMOUNTS}
    return MeansAnswer(**{name: getattr(row, name) for name in plain}, **amounts)


def counted_answer(row: AccumulationRow) -> CountedAnswer:
    """Return what one policy counts for."""
    plain = ("policy_id", "product", "currency", "starts_on", "ends_on")
    return CountedAnswer(
        **{name: getattr(row, name) for name in plain},
        amount=Money(row.minor, row.currency).text,
        retained=Money(row.retained_minor, row.currency).text,
    )
