"""Settlements, calls and recoveries on the wire."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from api.schemas.common import Answer, money
from claims.recover import Receipts
from claims.store import CallRow, RecoveryRow, SettlementRow, ShareRow
from kernel.wire import Code, Day, MoneyWire, Wire, Words


class CallAnswer(Answer):
    """A call on one party for its share."""

    id: str
    settlement_id: str
    party: str
    payee: str
    amount: MoneyWire
    clause: str
    due_on: date
    state: str
    paid_on: date | None
    created_at: datetime


class ShareAnswer(Answer):
    """What one party bears; `uncovered` is what stays with the bank because nobody bears it."""

    party: str
    role: str
    due: MoneyWire = Field(description="By the layers, before fuses and caps")
    paid: MoneyWire = Field(description="Borne in the end")
    given_back: MoneyWire = Field(description="Out of recoveries, so far")
    reasons: tuple[str, ...]


class SettlementAnswer(Answer):
    """A loss settled and shared."""

    id: str
    claim_id: str
    settled_on: date
    eligible: MoneyWire
    ineligible: MoneyWire
    uncovered: MoneyWire
    paid_to_bank: MoneyWire
    shares: tuple[ShareAnswer, ...]
    calls: tuple[CallAnswer, ...]
    lines: tuple[str, ...] = Field(description="How the loss was shared, step by step")
    lines_zh: tuple[str, ...]
    facts: dict[str, Any] = Field(description="What the scheme asked, as of that day")
    created_at: datetime


class PaymentRequest(Wire):
    """A call was paid in full."""

    paid_on: Day = Field(description="Value date")


class RecoveryRequest(Wire):
    """Money that came in."""

    reference: Code = Field(description="Of the payer or the court; each recovery has its own")
    source: Words = Field(description="Where it came from, such as the sale of a right")
    value_date: Day
    gross: MoneyWire
    costs: MoneyWire = Field(description="Necessary costs of getting it; they come off first")

    def receipts(self) -> Receipts:
        """Read the figures into minor units."""
        return Receipts(
            self.reference,
            self.source,
            self.value_date,
            self.gross.money("gross.amount"),
            self.costs.money("costs.amount"),
        )


class RecoveryAnswer(Answer):
    """Money that came back and to whom it was given."""

    id: str
    claim_id: str
    sequence: int
    reference: str
    source: str
    value_date: date
    gross: MoneyWire
    costs: MoneyWire
    net: MoneyWire
    surplus: MoneyWire = Field(description="More than anybody bore; it is the debtor's")
    given_back: dict[str, MoneyWire]
    created_at: datetime


def call_answer(row: CallRow) -> CallAnswer:
    """Return a call."""
    plain = ("id", "settlement_id", "party", "payee", "clause", "due_on", "state", "paid_on")
    return CallAnswer(
        **{name: getattr(row, name) for name in plain},
        amount=money(row.amount_minor, row.currency),
        created_at=row.created_at,
    )


def settlement_answer(
    row: SettlementRow, shares: tuple[ShareRow, ...], calls: tuple[CallRow, ...]
) -> SettlementAnswer:
    """Return a settlement with its shares and calls."""
    reasons = {part["party"]: part["reasons"] for part in row.split["shares"]}
    return SettlementAnswer(
        id=row.id,
        claim_id=row.claim_id,
        settled_on=row.settled_on,
        eligible=money(row.eligible_minor, row.currency),
        ineligible=money(row.ineligible_minor, row.currency),
        uncovered=money(row.uncovered_minor, row.currency),
        paid_to_bank=money(row.paid_to_bank_minor, row.currency),
        shares=tuple(_share(share, reasons.get(share.party, ())) for share in shares),
        calls=tuple(call_answer(call) for call in calls),
        lines=row.split["lines"],
        lines_zh=row.split["lines_zh"],
        facts=row.facts,
        created_at=row.created_at,
    )


def recovery_answer(row: RecoveryRow) -> RecoveryAnswer:
    """Return a recovery."""
    plain = ("id", "claim_id", "sequence", "reference", "source", "value_date", "created_at")
    return RecoveryAnswer(
        **{name: getattr(row, name) for name in plain},
        gross=money(row.gross_minor, row.currency),
        costs=money(row.costs_minor, row.currency),
        net=money(row.net_minor, row.currency),
        surplus=money(row.surplus_minor, row.currency),
        given_back={party: money(minor, row.currency) for party, minor in row.parts.items()},
    )


def _share(row: ShareRow, reasons: tuple[str, ...]) -> ShareAnswer:
    return ShareAnswer(
        party=row.party,
        role=row.role,
        due=money(row.due_minor, row.currency),
        paid=money(row.paid_minor, row.currency),
        given_back=money(row.given_back_minor, row.currency),
        reasons=tuple(reasons),
    )
