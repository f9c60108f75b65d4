"""Recourse and the disposal of a pledge on the wire: what goes out."""

from datetime import date, datetime

from pydantic import Field

from api.schemas.common import Answer, Finding
from kernel.wire import MoneyWire


class NoticeAnswer(Answer):
    """Who was told that it now owes the insurer."""

    role: str
    name: str
    share: str | None
    amount: MoneyWire
    document_id: str


class SubrogationAnswer(Answer):
    """What passed to the insurer."""

    claim_id: str
    taken_on: date
    paid: MoneyWire = Field(description="By the insurer; never more passes")
    received: MoneyWire = Field(description="By the insured, of the debtor, on what was paid")
    taken: MoneyWire
    findings: tuple[Finding, ...]
    notices: tuple[NoticeAnswer, ...]
    registry_due: date | None = Field(description="To have the change of pledgee noted")
    registered_on: date | None
    registered_as: str | None


class ValuationAnswer(Answer):
    """What an appraiser put on a lot."""

    appraiser: str
    method: str
    valued_on: date
    amount: MoneyWire


class BidAnswer(Answer):
    """A bid; who made it is for the house alone."""

    bidder: str | None
    amount: MoneyWire
    at: datetime
    void_because: str | None


class ListingAnswer(Answer):
    """A lot put up for auction."""

    turn: int
    venue: str
    listed_on: date
    opens_at: datetime
    closes_at: datetime
    reserve: MoneyWire
    deposit: MoneyWire
    bids: tuple[BidAnswer, ...]


class AwardAnswer(Answer):
    """Who got a lot, how and for how much; who is for the house alone."""

    way: str
    buyer: str | None
    price: MoneyWire
    awarded_on: date
    pay_by: date
    state: str


class ProceedsAnswer(Answer):
    """Money of a lot."""

    kind: str
    recovery_id: str
    reference: str
    value_date: date
    gross: MoneyWire
    period_from: date | None
    period_to: date | None


class LotAnswer(Answer):
    """One right on its way to money."""

    id: str
    position: int
    number: str
    kind: str
    owner: str
    own: bool = Field(description="Is it the debtor's own?")
    state: str
    words: str
    words_zh: str
    next_step: str
    next_step_zh: str
    result: str | None = Field(None, description="What became of it; none before it has ended")
    result_words: str | None = None
    result_words_zh: str | None = None
    valuations: tuple[ValuationAnswer, ...]
    listings: tuple[ListingAnswer, ...]
    awards: tuple[AwardAnswer, ...]
    proceeds: tuple[ProceedsAnswer, ...]


class ExpenseAnswer(Answer):
    """What enforcement cost, and how much of it was necessary."""

    kind: str
    reference: str
    value_date: date
    lot_id: str | None
    asked: MoneyWire
    allowed: MoneyWire
    why_not_more: str | None
    recovery_id: str | None


class DisposalAnswer(Answer):
    """The enforcement of the securities of one claim, and how far it is."""

    id: str
    number: str
    claim_id: str
    state: str
    opened_on: date
    closed_on: date | None
    order_agreed: bool
    lots: tuple[LotAnswer, ...]
    expenses: tuple[ExpenseAnswer, ...]
    appraised: MoneyWire = Field(description="Newest valuation of every lot that has one")
    fetched: MoneyWire = Field(description="All money of its lots")
    spent: MoneyWire = Field(description="Necessary expenses")


class EditionAnswer(Answer):
    """How a recovery was given back; the newest edition holds."""

    edition: int
    booked_on: date
    why: str
    value_date: date
    gross: MoneyWire
    costs: MoneyWire
    carried: MoneyWire = Field(description="Costs that earlier value dates left unmet")
    net: MoneyWire
    surplus: MoneyWire
    given_back: dict[str, MoneyWire]


class MovementAnswer(Answer):
    """What changed for a payee; an amount below nought stands with its sign."""

    booked_on: date
    reference: str
    why: str
    due: str
    given: str


class PayeeAnswer(Answer):
    """Where a payee stands over a period."""

    payee: str
    due: MoneyWire = Field(description="Of all recoveries to the end of the period")
    given: MoneyWire = Field(description="To the end of the period")
    to_give: MoneyWire
    to_hand_back: MoneyWire
    open_before: str = Field(description="Due less given before the period, with its sign")
    movements: tuple[MovementAnswer, ...]


class RecoveryStatementAnswer(Answer):
    """The account of a claim's recoveries in a period."""

    claim_id: str
    currency: str
    opens_on: date
    closes_on: date
    payees: tuple[PayeeAnswer, ...]


class ExperienceAnswer(Answer):
    """What became of one right; nothing says whose it was."""

    right_kind: str
    way: str
    appraised: MoneyWire
    method: str
    gross: MoneyWire
    costs: MoneyWire
    price_ratio: str = Field(description="Gross over appraised, an exact fraction")
    listings: int
    days_to_money: int = Field(description="From the default, weighted by amount")
    year: int
