"""Settlements, calls and recoveries on the wire."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from api.schemas.calls import CallAnswer, call_answer
from api.schemas.claim_lines import LineAnswer
from api.schemas.common import Answer, money
from claims.calls.store import CallRow
from claims.recover import Receipts
from claims.store import RecoveryRow, SettlementRow, ShareRow
from kernel.wire import Code, Day, Identifier, MoneyWire, Wire, Words

MOST_AT_ONCE = 100
"""Claims that one request settles."""

_SUMS = ("eligible", "ineligible", "uncovered", "paid_to_bank", "paid_out", "overpaid")

Origin = Literal["disposal", "debtor", "surety", "court", "set_off", "third_party"]


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
    sequence: int = Field(description="First, second, … of the claim; each holds all before it")
    purpose: str = Field(
        description="advance, interim or early: on account; final; true_up; recomputed"
    )
    settled_on: date
    counts_on: date = Field(description="The day whose year and ratios it belongs to")
    by_line: tuple[LineAnswer, ...] = Field(description="Values side by side, and why not more")
    eligible: MoneyWire
    ineligible: MoneyWire
    uncovered: MoneyWire
    paid_to_bank: MoneyWire = Field(
        description="What the issuer owes the insured and third parties, all in all"
    )
    paid_out: MoneyWire = Field(description="What it has paid out, all settlements together")
    overpaid: MoneyWire = Field(description="What of that the insured owes back still")
    payees: dict[str, MoneyWire] = Field(description="insured or third_party -> paid out")
    shares: tuple[ShareAnswer, ...]
    calls: tuple[CallAnswer, ...]
    lines: tuple[str, ...] = Field(description="How the loss was shared, step by step")
    lines_zh: tuple[str, ...]
    facts: dict[str, Any] = Field(description="What the scheme asked, as of that day")
    created_at: datetime


class SettleRequest(Wire):
    """Accepted claims that are settled together."""

    claim_ids: tuple[Identifier, ...] = Field(
        min_length=1, max_length=MOST_AT_ONCE, description="Each once; settled in this order"
    )


class SettlementSummary(Answer):
    """A settlement in a list: what it came to."""

    id: str
    claim_id: str
    sequence: int
    purpose: str
    settled_on: date
    eligible: MoneyWire
    ineligible: MoneyWire
    uncovered: MoneyWire
    paid_to_bank: MoneyWire
    paid_out: MoneyWire
    overpaid: MoneyWire


class RecoveryRequest(Wire):
    """Money that came in."""

    reference: Code = Field(description="Of the payer or the court; each recovery has its own")
    source: Words = Field(description="Where it came from, such as the sale of a right")
    value_date: Day
    gross: MoneyWire
    costs: MoneyWire = Field(description="Necessary costs of getting it; they come off first")
    origin: Origin | None = Field(None, description="The same as a code; null is not stated")

    def receipts(self) -> Receipts:
        """Read the figures into minor units."""
        return Receipts(
            self.reference,
            self.source,
            self.value_date,
            self.gross.money("gross.amount"),
            self.costs.money("costs.amount"),
            self.origin,
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


def settlement_summary(row: SettlementRow) -> SettlementSummary:
    """Return a settlement without its shares and calls."""
    return SettlementSummary(
        id=row.id,
        claim_id=row.claim_id,
        sequence=row.sequence,
        purpose=row.purpose,
        settled_on=row.settled_on,
        **{name: money(getattr(row, f"{name}_minor"), row.currency) for name in _SUMS},
    )


def settlement_answer(
    row: SettlementRow,
    shares: tuple[ShareRow, ...],
    calls: tuple[CallRow, ...],
    words: Mapping[str, str],
) -> SettlementAnswer:
    """Return a settlement with its shares and calls; `words` are those of its kind's lines."""
    reasons = {part["party"]: part["reasons"] for part in row.split["shares"]}
    unit = row.currency
    return SettlementAnswer(
        id=row.id,
        claim_id=row.claim_id,
        sequence=row.sequence,
        purpose=row.purpose,
        settled_on=row.settled_on,
        counts_on=row.counts_on,
        by_line=tuple(_line(one, words, unit) for one in row.lines if one["asked"]),
        eligible=money(row.eligible_minor, row.currency),
        ineligible=money(row.ineligible_minor, row.currency),
        uncovered=money(row.uncovered_minor, row.currency),
        paid_to_bank=money(row.paid_to_bank_minor, unit),
        paid_out=money(row.paid_out_minor, unit),
        overpaid=money(row.overpaid_minor, unit),
        payees={payee: money(minor, unit) for payee, minor in row.payees.items()},
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


def _line(kept: Mapping[str, Any], words: Mapping[str, str], unit: str) -> LineAnswer:
    return LineAnswer(
        code=kept["code"],
        words=words[kept["code"]],
        asked=money(kept["asked"], unit),
        adjusted=money(kept["adjusted"], unit),
        approved=money(kept["approved"], unit),
        paid=money(kept["paid"], unit),
        reason=kept["reason"],
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
