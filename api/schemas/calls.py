"""Calls on the parties of a settlement, and the dialogue on them, on the wire."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from api.schemas.common import Answer, money
from claims.calls.store import CallAnswerRow, CallPaymentRow, CallRow, PoolFilingRow
from kernel.wire import Code, Day, LongWords, MoneyWire, Wire, Words


class CallAnswer(Answer):
    """A call on one party for its share, or a refund to it."""

    id: str
    claim_id: str
    settlement_id: str = Field(description="The newest settlement that it stands on")
    sequence: int
    direction: str = Field(description="call, or refund where the party had paid too much")
    party: str
    payee: str
    amount: MoneyWire
    paid: MoneyWire = Field(description="In all parts so far")
    open: MoneyWire = Field(description="Still to be paid, where it has not been superseded")
    disputed: MoneyWire
    clause: str
    raised_on: date
    due_on: date
    cure_until: date | None = Field(description="Last day to cure a default that was notified")
    state: str
    paid_on: date | None
    created_at: datetime


class CallWord(Answer):
    """One word in the dialogue on a call."""

    sequence: int
    kind: str
    said_on: date
    amount: MoneyWire | None
    words: str
    clause: str


class CallPart(Answer):
    """One payment on a call."""

    reference: str
    value_date: date
    amount: MoneyWire
    held: bool = Field(description="Held until the arrears of a party in default are met")


class CallDialogue(CallAnswer):
    """A call with all that was said and paid on it."""

    said: tuple[CallWord, ...]
    payments: tuple[CallPart, ...]


class FilingAnswer(Answer):
    """What a party will be called for, or was, once the final loss is fixed."""

    party: str
    state: str
    amount: MoneyWire
    fixed_on: date | None
    ground: str
    words: str
    file_by: date | None
    filed_on: date | None
    late_words: str


class AcceptanceRequest(Wire):
    """A party accepts its call."""

    words: Words = Field(description="How it was accepted, such as the number of its letter")


class DisputeRequest(Wire):
    """A party disputes its call, in whole or in part."""

    amount: MoneyWire = Field(description="In dispute; the rest stays payable")
    reason: LongWords
    clause: Words = Field(description="The term that the party relies on")


class ResolutionRequest(Wire):
    """What the house decided on a dispute."""

    outcome: Literal["upheld", "lowered", "withdrawn"]
    reason: LongWords


class PaymentRequest(Wire):
    """A call was paid, or part of it."""

    paid_on: Day = Field(description="Value date")
    amount: MoneyWire | None = Field(None, description="All that is open, if left out")
    reference: Code | None = Field(
        None, description="Of the payer's bank, one each in a claim; the call's own if left out"
    )


class FinalLossRequest(Wire):
    """The final loss of a claim is fixed."""

    fixed_on: Day
    ground: Literal["recoveries_ended", "declared_final"]
    words: LongWords = Field(description="What shows it")


class FilingRequest(Wire):
    """The final loss is filed with a party."""

    party: Code
    late_words: Words | None = Field(None, description="Why it is late, where it is")


def call_answer(row: CallRow) -> CallAnswer:
    """Return a call."""
    return CallAnswer(**_fields(row))


def call_dialogue(
    row: CallRow, said: tuple[CallAnswerRow, ...], payments: tuple[CallPaymentRow, ...]
) -> CallDialogue:
    """Return a call with its dialogue."""
    return CallDialogue(
        **_fields(row),
        said=tuple(_word(one, row.currency) for one in said),
        payments=tuple(
            CallPart(
                reference=one.reference,
                value_date=one.value_date,
                amount=money(one.amount_minor, one.currency),
                held=one.held,
            )
            for one in payments
        ),
    )


def filing_answer(row: PoolFilingRow) -> FilingAnswer:
    """Return a filing."""
    plain = (
        "party", "state", "fixed_on", "ground", "words", "file_by", "filed_on", "late_words",
    )  # fmt: skip
    return FilingAnswer(
        **{name: getattr(row, name) for name in plain}, amount=money(row.amount_minor, row.currency)
    )


def _fields(row: CallRow) -> dict[str, object]:
    plain = (
        "id", "claim_id", "settlement_id", "sequence", "direction", "party", "payee", "clause",
        "raised_on", "due_on", "cure_until", "state", "paid_on", "created_at",
    )  # fmt: skip
    minor = {
        "amount": row.amount_minor, "paid": row.paid_minor, "open": row.open_minor,
        "disputed": row.disputed_minor,
    }  # fmt: skip
    amounts = {name: money(value, row.currency) for name, value in minor.items()}
    return {name: getattr(row, name) for name in plain} | amounts


def _word(row: CallAnswerRow, currency: str) -> CallWord:
    return CallWord(
        sequence=row.sequence,
        kind=row.kind,
        said_on=row.said_on,
        amount=None if row.amount_minor is None else money(row.amount_minor, currency),
        words=row.words,
        clause=row.clause,
    )
