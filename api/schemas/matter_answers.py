"""A fought matter as it stands, on the wire."""

from datetime import date

from pydantic import Field

from api.schemas.common import Answer
from api.schemas.overdues import DutyAnswer
from kernel.wire import MoneyWire


class CounselAnswer(Answer):
    """Counsel that was asked for."""

    sequence: int
    name: str
    source: str
    asked_on: date
    answer_by: date
    state: str
    answered_on: date | None
    reason: str


class StageAnswer(Answer):
    """How one stage stands against its budget."""

    stage: str
    line: str
    asked: MoneyWire = Field(description="Of budgets")
    consented: MoneyWire
    spent: MoneyWire = Field(description="Asked as cost, budget or none")
    left: MoneyWire
    over: MoneyWire = Field(description="Above the budget when it came: cut")
    paid: MoneyWire = Field(
        description="Its part of what its line was paid so far, in proportion to what was asked; "
        "cost that names no stage has a part that stands with none"
    )


class BudgetAskedAnswer(Answer):
    """A budget that was asked for."""

    sequence: int
    stage: str
    asked: MoneyWire
    consented: MoneyWire | None
    spent_too: bool
    asked_on: date
    answer_by: date
    answered_on: date | None
    words: str
    reason: str


class GroundAnswer(Answer):
    """A ground that was reserved."""

    code: str
    clause: str
    words: str
    words_zh: str


class ReservationAnswer(Answer):
    """A reservation of rights."""

    sequence: int
    number: str
    grounds: tuple[GroundAnswer, ...]
    known_on: date
    due_on: date
    method: str
    sent_on: date
    proof: str | None
    state: str
    ended_on: date | None
    reason: str
    protects: bool = Field(description="In time, shown to be sent, and standing")


class SettlementAsked(Answer):
    """A settlement that consent was asked for."""

    sequence: int
    number: str
    counterparty: str
    payer: str
    amount: MoneyWire
    terms: str
    merits: str
    asked_on: date
    answer_by: date
    state: str
    answered_on: date | None
    consented: MoneyWire | None
    reason: str
    concluded_on: date | None
    concluded: MoneyWire | None


class JoinedAnswer(Answer):
    """A later demand that was joined."""

    reference: str
    made_on: date
    counterparty: str
    joined_on: date
    items: tuple[str, ...]
    words: str


class MatterAnswer(Answer):
    """A fought matter."""

    claim_id: str
    stages: tuple[StageAnswer, ...]
    counsel: tuple[CounselAnswer, ...]
    budgets: tuple[BudgetAskedAnswer, ...]
    reservations: tuple[ReservationAnswer, ...]
    settlements: tuple[SettlementAsked, ...]
    joined: tuple[JoinedAnswer, ...]
    duties: tuple[DutyAnswer, ...]
