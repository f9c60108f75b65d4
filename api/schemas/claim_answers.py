"""Claims on the wire: what goes out, with every clock and what may be done next."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from api.schemas.claim_lines import LineAnswer
from api.schemas.common import Answer, Finding, ProblemError, money
from claims.store import ClaimRow
from kernel.wire import MoneyWire


class ClaimSummary(Answer):
    """A claim in a list."""

    id: str
    number: str
    state: str
    policy_id: str
    client_id: str
    default_date: date
    notified_on: date
    reserve: MoneyWire | None = Field(
        description="Set aside for the issuer's share; the house's own, a bank sees null"
    )
    created_at: datetime


class Deadline(Answer):
    """A clock that the law or the wording sets."""

    code: str
    words: str
    words_zh: str
    clause: str
    due: date | None = Field(description="Last day; null while the clock stands still")
    done_on: date | None
    late: bool


class Paper(Answer):
    """A paper that the claim needs."""

    code: str
    name: str
    received_on: date | None = Field(description="null is still missing")


class Action(Answer):
    """An act on a claim."""

    operation: str
    method: str = "POST"
    path: str
    roles: tuple[str, ...] = Field(description="Who may ask for it")
    allowed: bool = Field(description="Does the state of the claim allow it today?")
    blocked_by: tuple[ProblemError, ...]


class FactAnswer(Answer):
    """A fact that the kind of claim keeps."""

    name: str
    form: str = Field(description="date, text, code, flag, money, or record")
    words: str
    words_zh: str
    at_notice: bool = Field(description="Must the notice state it?")
    value: bool | str | MoneyWire | dict[str, Any] | None = Field(
        description="As it is known: a day as 2026-03-02, an amount as money; null is not stated"
    )


class ItemAnswer(Answer):
    """Something that is asked."""

    id: str
    line: str
    amount: MoneyWire
    reference: str
    stage: str
    stated_on: date
    words: str


class ClaimAnswer(ClaimSummary):
    """A claim with what is known, what is due and what may be done next."""

    kind: str = Field(description="default, enforcement, liability or customs")
    event: str = Field(description="What its `default_date` is the day of")
    event_zh: str
    known_on: date
    lines: tuple[LineAnswer, ...] = Field(description="Values side by side, and why not more")
    facts: tuple[FactAnswer, ...]
    paid: MoneyWire = Field(description="By the issuer, all settlements together")
    overpaid: MoneyWire = Field(description="What of that the insured owes back still")
    asked: dict[str, MoneyWire]
    approved: dict[str, MoneyWire] | None
    findings: tuple[Finding, ...] = Field(description="Of the last test of cover")
    conduct: dict[str, bool | None] = Field(description="null is not yet established")
    papers: tuple[Paper, ...]
    papers_requested_on: date | None
    deadlines: tuple[Deadline, ...]
    actions: tuple[Action, ...] = Field(description="On the claim itself, open or blocked")
    offered: tuple[Action, ...] = Field(
        description="On what belongs to it: papers, matter, calls, disposals, reserves, appeals;"
        " what its state allows today"
    )
    settlement_id: str | None = Field(description="The newest")


def summary(row: ClaimRow, *, to_house: bool) -> ClaimSummary:
    """Return a claim as a list shows it."""
    return ClaimSummary(**summary_fields(row, to_house=to_house))


def summary_fields(row: ClaimRow, *, to_house: bool) -> dict[str, Any]:
    """Return what a list shows of a claim, field by field; the reserve to the house only."""
    plain = (
        "id", "number", "state", "policy_id", "client_id", "default_date", "notified_on",
        "created_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        "reserve": money(row.reserve_minor, row.currency) if to_house else None,
    }
