"""What is remembered of a fought matter: counsel, budgets, rights reserved, consents, demands."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Minor, Record, Row


class CounselRow(Row, table=True):
    """Counsel that the insured asked for.

    Attributes:
        sequence: first, second, … of the claim.
        name: of the firm.
        source: `panel`, or `off_panel` for counsel of the insured's own choice.
        answer_by: last day for the insurer's answer.
        state: `asked`, `consented` or `refused`.
        reason: of the answer.
    """

    claim_id: str = Field(foreign_key="claim.id")
    sequence: int
    name: str
    source: str
    asked_on: date
    answer_by: date
    state: str
    answered_on: date | None = None
    reason: str

    __table_args__ = (
        UniqueConstraint("claim_id", "sequence"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("source IN ('panel', 'off_panel')", name="source"),
        CheckConstraint("state IN ('asked', 'consented', 'refused')", name="state"),
        CheckConstraint("(state = 'asked') = (answered_on IS NULL)", name="answered"),
        CheckConstraint("state <> 'refused' OR length(reason) > 0", name="reason"),
    )


class StageBudgetRow(Row, table=True):
    """A budget of one stage that was asked for, on top of those consented before.

    Attributes:
        sequence: first, second, … of the claim.
        stage: of the matter.
        asked_minor: asked.
        consented_minor: of it; 0 is refused, None is not answered.
        spent_too: does the consent cover what was spent above the budget before?
        words: what it is for.
        reason: of the answer.
    """

    claim_id: str = Field(foreign_key="claim.id")
    sequence: int
    stage: str
    asked_minor: int = Field(sa_type=Minor)
    consented_minor: int | None = Field(default=None, sa_type=Minor)
    spent_too: bool = False
    asked_on: date
    answer_by: date
    answered_on: date | None = None
    words: str
    reason: str

    __table_args__ = (
        UniqueConstraint("claim_id", "sequence"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("asked_minor > 0", name="asked"),
        CheckConstraint("consented_minor BETWEEN 0 AND asked_minor", name="consented"),
        CheckConstraint("(consented_minor IS NULL) = (answered_on IS NULL)", name="answered"),
        CheckConstraint(
            "consented_minor IS NULL OR consented_minor = asked_minor OR length(reason) > 0",
            name="reason",
        ),
    )


class ReservationRow(Row, table=True):
    """Rights that the insurer reserved.

    Attributes:
        sequence: first, second, … of the claim.
        number: for people.
        grounds: code, clause, words, words_zh of each.
        known_on: the day the insurer knew of the first ground.
        method: how it was sent.
        sent_on: business date.
        proof: number of the slip, receipt or deed that shows it; None while not shown.
        state: `reserved`, `lifted` or `decided`.
        reason: why it ended.
    """

    claim_id: str = Field(foreign_key="claim.id")
    sequence: int
    number: str
    grounds: list[Any] = Field(sa_type=FrozenJson)
    known_on: date
    due_on: date
    method: str
    sent_on: date
    proof: str | None = None
    state: str
    ended_on: date | None = None
    reason: str

    __table_args__ = (
        UniqueConstraint("claim_id", "sequence"),
        UniqueConstraint("number"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("sent_on >= known_on", name="sent"),
        CheckConstraint("state IN ('reserved', 'lifted', 'decided')", name="state"),
        CheckConstraint("(state = 'reserved') = (ended_on IS NULL)", name="ended"),
    )


class ConsentAskedRow(Row, table=True):
    """A settlement of the matter that consent was asked for.

    Attributes:
        sequence: first, second, … of the claim.
        number: for people.
        counterparty: with whom.
        payer: who is to pay it: `insurer`, `insured`, or `both`.
        amount_minor: proposed.
        terms: of the settlement.
        merits: opinion of counsel on the merits.
        answer_by: last day for the insurer's answer.
        state: `asked`, `consented` or `refused`.
        consented_minor: consented to; at most what was proposed.
        reason: of the answer; empty is no reason.
        concluded_on: the day on which it was signed; None is not yet.
        concluded_minor: signed at.
    """

    claim_id: str = Field(foreign_key="claim.id")
    sequence: int
    number: str
    counterparty: str
    payer: str
    amount_minor: int = Field(sa_type=Minor)
    terms: str
    merits: str
    asked_on: date
    answer_by: date
    state: str
    answered_on: date | None = None
    consented_minor: int | None = Field(default=None, sa_type=Minor)
    reason: str
    concluded_on: date | None = None
    concluded_minor: int | None = Field(default=None, sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("claim_id", "sequence"),
        UniqueConstraint("number"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("payer IN ('insurer', 'insured', 'both')", name="payer"),
        CheckConstraint("state IN ('asked', 'consented', 'refused')", name="state"),
        CheckConstraint("(state = 'asked') = (answered_on IS NULL)", name="answered"),
        CheckConstraint("(state = 'consented') = (consented_minor IS NOT NULL)", name="given"),
        CheckConstraint("consented_minor BETWEEN 1 AND amount_minor", name="consented"),
        CheckConstraint("concluded_minor > 0", name="concluded"),
        CheckConstraint("(concluded_on IS NULL) = (concluded_minor IS NULL)", name="signed"),
    )


class JoinedDemandRow(Record, table=True):
    """A later demand of the same cause, asked on the claim of the first.

    Attributes:
        reference: of the demand; one each.
        made_on: the day it was made.
        counterparty: who made it.
        joined_on: business date.
        items: references of the items it added.
        words: what it is about.
    """

    claim_id: str = Field(foreign_key="claim.id")
    reference: str
    made_on: date
    counterparty: str
    joined_on: date
    items: list[Any] = Field(sa_type=FrozenJson)
    words: str

    __table_args__ = (UniqueConstraint("claim_id", "reference"),)
