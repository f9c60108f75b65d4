"""Recourse and the disposal of a pledge on the wire: what comes in."""

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api.schemas.explanations import Instant
from claims.correct_recovery import Correction
from claims.note_disposal import BidMade, Listed, Valued
from claims.note_expense import Expense
from claims.open_disposal import LotStated, Opening
from claims.pay_recovery import Payment
from claims.receive_proceeds import Proceeds
from claims.rules.disposal.recourse import Waiver
from claims.sell_lot import Agreed
from claims.subrogate import Liable, Taking
from kernel.wire import Code, Day, Identifier, LongWords, MoneyWire, Share, Wire, Words

MAX_LOTS = 200
MAX_LIABLE = 50


class WaiverRequest(Wire):
    """The insured gave up a right against who is liable."""

    on: Day
    amount: MoneyWire
    known: bool = Field(False, description="Stated before the contract was made")
    by_fault: bool = Field(False, description="Recourse was blocked by intent or gross negligence")

    def waiver(self, place: int) -> Waiver:
        """Read it into minor units."""
        minor = self.amount.money(f"waivers[{place}].amount.amount").minor
        return Waiver(self.on, minor, self.known, self.by_fault)


class LiableRequest(Wire):
    """A third party that is liable beside the debtor."""

    role: Literal["infringer", "joint_tortfeasor", "supplier", "co_guarantor"]
    name: Words
    share: Share | None = Field(None, description="Agreed or adjudged; the whole without it")

    def liable(self) -> Liable:
        """Read its share."""
        return Liable(self.role, self.name, Fraction(self.share) if self.share else None)


class SubrogationRequest(Wire):
    """What is known when a claim is taken over."""

    received: MoneyWire = Field(description="What the insured had of the debtor on what was paid")
    waivers: tuple[WaiverRequest, ...] = Field((), max_length=MAX_LIABLE)
    liable: tuple[LiableRequest, ...] = Field((), max_length=MAX_LIABLE)
    reason: LongWords | None = Field(
        None, description="Why more is taken over than before on the same settlement"
    )

    def taking(self) -> Taking:
        """Read it into minor units."""
        return Taking(
            self.received.money("received.amount"),
            tuple(one.waiver(place) for place, one in enumerate(self.waivers)),
            tuple(one.liable() for one in self.liable),
            self.reason or "",
        )


class PledgeeRequest(Wire):
    """The registry has noted the insurer as pledgee."""

    reference: Code = Field(description="Of the entry in the register")
    registered_on: Day


class LotRequest(Wire):
    """A security to be enforced."""

    number: Words = Field(description="Of the right")
    kind: Code = Field(examples=["invention"])
    owner: Words = Field(description="Who gave it as security")


class DisposalRequest(Wire):
    """What is to be enforced."""

    lots: tuple[LotRequest, ...] = Field(
        (), max_length=MAX_LOTS, description="Empty takes every right pledged under the policy"
    )
    order_agreed: bool = Field(
        False, description="Was an order of enforcement agreed? Else the debtor's own come first"
    )

    def opening(self) -> Opening:
        """Read it."""
        lots = tuple(LotStated(one.number, one.kind, one.owner) for one in self.lots)
        return Opening(lots, self.order_agreed)


class ValuationRequest(Wire):
    """What an appraiser put on a lot."""

    appraiser: Words
    method: Literal["market", "income", "cost"]
    valued_on: Day
    amount: MoneyWire

    def valued(self) -> Valued:
        """Read it."""
        money = self.amount.money("amount.amount")
        return Valued(self.appraiser, self.method, self.valued_on, money)


class ListingRequest(Wire):
    """How a lot is put up for auction."""

    venue: Words
    opens_at: Instant
    closes_at: Instant
    reserve: MoneyWire
    deposit: MoneyWire = Field(description="Of each bidder, 5 to 20 per cent of the reserve price")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens_at >= self.closes_at:
            wrong = {"field": "closes_at", "cure": "give an instant after opens_at"}
            raise PydanticCustomError("hours", "is not after opens_at", wrong)
        return self

    def listed(self) -> Listed:
        """Read it."""
        return Listed(
            self.venue,
            self.opens_at,
            self.closes_at,
            self.reserve.money("reserve.amount"),
            self.deposit.money("deposit.amount"),
        )


class BidRequest(Wire):
    """A bid as the venue recorded it."""

    bidder: Words
    amount: MoneyWire
    at: Instant
    deposit_paid: bool

    def made(self) -> BidMade:
        """Read it."""
        return BidMade(self.bidder, self.amount.money("amount.amount"), self.at, self.deposit_paid)


class ForfeitRequest(Wire):
    """A buyer did not pay; its deposit is kept."""

    reason: LongWords
    reference: Code = Field(description="Of the deposit; each recovery has its own")
    value_date: Day


class AgreementRequest(Wire):
    """A sale or a licence that was agreed."""

    buyer: Words
    price: MoneyWire = Field(description="Of the right, or of the whole term of the licence")
    until: Day = Field(description="Last day of payment, or of the licence")

    def agreed(self) -> Agreed:
        """Read it."""
        return Agreed(self.buyer, self.price.money("price.amount"), self.until)


class ProceedsRequest(Wire):
    """Money that a lot brought in."""

    reference: Code
    value_date: Day
    gross: MoneyWire
    period_from: Day | None = Field(None, description="Of licences: first day of the fee")
    period_to: Day | None = Field(None, description="Of licences: last day of the fee")

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.period_from is None) != (self.period_to is None):
            field = "period_to" if self.period_to is None else "period_from"
            wrong = {"field": field, "cure": "state both ends of the period, or neither"}
            raise PydanticCustomError("period", "is missing beside the other end", wrong)
        return self

    def proceeds(self) -> Proceeds:
        """Read it."""
        period = None
        if self.period_from is not None and self.period_to is not None:
            period = (self.period_from, self.period_to)
        gross = self.gross.money("gross.amount")
        return Proceeds(self.reference, self.value_date, gross, period)


class ExpenseRequest(Wire):
    """What enforcement cost."""

    kind: Code = Field(examples=["counsel"])
    reference: Code
    value_date: Day
    amount: MoneyWire
    lot_id: Identifier | None = Field(None, description="Of which lot; of all of them without it")

    def expense(self) -> Expense:
        """Read it."""
        amount = self.amount.money("amount.amount")
        return Expense(self.kind, self.reference, self.value_date, amount, self.lot_id)


class CorrectionRequest(Wire):
    """What is right of a recovery; what is left out is as it was."""

    reason: Words
    gross: MoneyWire | None = None
    costs: MoneyWire | None = None
    value_date: Day | None = None

    def correction(self) -> Correction:
        """Read it."""
        return Correction(
            self.reason,
            self.gross.money("gross.amount") if self.gross else None,
            self.costs.money("costs.amount") if self.costs else None,
            self.value_date,
        )


class RecoveryPaymentRequest(Wire):
    """A payee was given what it is due, had it set off, or handed back what it had too much."""

    payee: Code = Field(description="A party of the scheme, `bank`, or `policyholder`")
    way: Literal["out", "set_off", "back"] = Field(
        description="Paid out; set off against its open call; or handed back"
    )
    amount: MoneyWire
    paid_on: Day
    reference: Code

    def payment(self) -> Payment:
        """Read it."""
        amount = self.amount.money("amount.amount")
        return Payment(self.payee, self.way, amount, self.paid_on, self.reference)


class RecoveryStatementRequest(Wire):
    """A paper of what payees were due and given in a period."""

    opens_on: Day
    closes_on: Day
    party: Code | None = Field(None, description="One payee; all of them without it")
