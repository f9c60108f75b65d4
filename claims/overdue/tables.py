"""What is remembered of an overdue loan: the case, each letter of demand, each transcript."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Minor, Record, Row


class OverdueRow(Row, table=True):
    """A guaranteed loan that is overdue: one for each loan and first day unpaid.

    What is unpaid stands in the loan's own record; here it is only referred to.

    Attributes:
        number: for people.
        loan: the bank's number of the loan contract.
        since: first day unpaid; with the loan, the key of a later claim.
        event_key: of the loan event that reports it.
        known_on: the day the bank knew.
        notified_on: business date of the notice.
        notice_by: last day on which the notice is in time.
        waiting_ends: last day of the waiting period.
        claim_by: last day on which it may be claimed.
        principal_minor: overdue by the bank's report.
        interest_minor: likewise.
        state: see `claims.rules.overdue`.
        ended_on: the day it was cured, extended or claimed.
        ended_by: key of the loan event, or id of the consent, that ended it.
        claim_id: the claim that came of it.
    """

    number: str
    policy_id: str = Field(foreign_key="policy.id")
    client_id: str = Field(foreign_key="party.id")
    loan: str
    since: date
    event_key: str
    known_on: date
    notified_on: date
    notice_by: date
    waiting_ends: date
    claim_by: date
    currency: str
    principal_minor: int = Field(sa_type=Minor)
    interest_minor: int = Field(sa_type=Minor)
    state: str
    ended_on: date | None = None
    ended_by: str | None = None
    claim_id: str | None = Field(default=None, foreign_key="claim.id")

    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("policy_id", "since"),
        UniqueConstraint("client_id", "loan", "since"),
        Index(None, "claim_id"),
        CheckConstraint("principal_minor >= 0 AND interest_minor >= 0", name="amounts"),
        CheckConstraint("principal_minor + interest_minor > 0", name="something"),
        CheckConstraint(
            "state IN ('reported', 'dunned', 'cured', 'extended', 'claimed')", name="state"
        ),
    )


class DunningRow(Row, table=True):
    """A letter of demand to the borrower, and the proof that it was served.

    Attributes:
        sequence: first, second, … of the case.
        step: `bank`, or `joint` with the insurer.
        sent_on: business date.
        pay_by: last day that the letter gives.
        method: how it is served, see `claims.rules.overdue`.
        served_on: the day it reached the borrower; None while that is not shown.
        proof: number of the slip, receipt or deed that shows it.
    """

    overdue_id: str = Field(foreign_key="overdue.id")
    sequence: int
    number: str
    step: str
    sent_on: date
    pay_by: date
    method: str
    principal_minor: int = Field(sa_type=Minor)
    interest_minor: int = Field(sa_type=Minor)
    served_on: date | None = None
    proof: str | None = None

    __table_args__ = (
        UniqueConstraint("overdue_id", "sequence"),
        UniqueConstraint("number"),
        CheckConstraint("step IN ('bank', 'joint')", name="step"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("(served_on IS NULL) = (proof IS NULL)", name="served"),
    )


class TranscriptRow(Record, table=True):
    """A bank's statement of the loan account, and what was found of it. Only added to.

    Attributes:
        sequence: first, second, … of the case; the newest counts.
        name: of the file; empty where lines were sent.
        sha256: of the bytes, or of the lines as canonical JSON.
        encoding: `utf-8`, `gb18030`, `xlsx` or `lines`.
        received_on: business date.
        actor: at whose desk.
        signed_by: name and post of who signed it for the bank; None where nobody did.
        signed_on: likewise.
        account: the terms as stated.
        assumed: names of those that were assumed.
        lines: every line as read: row, day, kind, debit, credit, balance.
        found: the recomputation, see `claims.rules.transcript.worked_out`.
        findings: every finding.
    """

    overdue_id: str = Field(foreign_key="overdue.id")
    sequence: int
    name: str
    sha256: str
    encoding: str
    received_on: date
    actor: str
    signed_by: str | None = None
    signed_on: date | None = None
    account: dict[str, Any] = Field(sa_type=FrozenJson)
    assumed: list[str] = Field(sa_type=FrozenJson)
    lines: list[Any] = Field(sa_type=FrozenJson)
    found: dict[str, Any] = Field(sa_type=FrozenJson)
    findings: list[Any] = Field(sa_type=FrozenJson)

    __table_args__ = (
        UniqueConstraint("overdue_id", "sequence"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("(signed_by IS NULL) = (signed_on IS NULL)", name="signed"),
    )
