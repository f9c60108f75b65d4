"""The referral pack on the wire: all that a person needs to decide on a quote."""

from datetime import date

from pydantic import Field

from api.schemas.common import Answer, Finding
from api.schemas.portfolio import LimitAnswer


class OtherAnswer(Answer):
    """Another policy in force, or open quote, of the same obligor."""

    kind: str = Field(description="policy or quote")
    id: str
    number: str
    product: str
    state: str
    amount: str
    currency: str
    ends_on: date


class ReasonAnswer(Answer):
    """Why a level of authority is needed."""

    axis: str
    level: str | None = Field(description="null: no person may")
    words: str
    words_zh: str


class NeedAnswer(Answer):
    """The level that a decision needs today."""

    level: str | None = Field(description="null: no person may")
    reasons: tuple[ReasonAnswer, ...]


class PriceSummary(Answer):
    """The price, its lines, and what drives it."""

    technical: str
    offered: str
    currency: str
    rate_per_year: float
    lines: tuple[dict[str, str], ...]
    drivers: dict[str, float]


class ReferralAnswer(Answer):
    """All that a person needs to decide on a quote."""

    quote_id: str
    decision: str
    refers: tuple[Finding, ...]
    informs: tuple[Finding, ...]
    price: PriceSummary
    headroom: tuple[LimitAnswer, ...]
    near: tuple[str, ...] = Field(description="Limits passed, not set, or nine tenths used")
    others: tuple[OtherAnswer, ...] = Field(description="What else the obligor has, newest first")
    authority: NeedAnswer
    look_at: tuple[str, ...]
