"""What is remembered of loans, consents and collateral after issue. All of it only grows."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Minor, Record


class LoanEventRow(Record, table=True):
    """One thing that happened to a guaranteed loan; see `watch.loan_event.LoanEvent`.

    `created_at` is when the books knew of it, `happened_on` when it was.

    Attributes:
        seq: 1, 2, 3 ... within the policy.
        key: the bank's own name for it.
        booked_on: business date on which it was reported.
        actor: who reported it.
    """

    policy_id: str = Field(foreign_key="policy.id")
    seq: int
    key: str
    kind: str
    happened_on: date
    booked_on: date
    actor: str
    currency: str
    principal_minor: int = Field(sa_type=Minor)
    interest_minor: int = Field(sa_type=Minor)
    since: date | None = None
    until: date | None = None
    loan_class: str | None = None
    withdraws: str | None = None
    consent_id: str | None = Field(default=None, foreign_key="consent.id")
    reference: str | None = None

    __table_args__ = (
        UniqueConstraint("policy_id", "key"),
        UniqueConstraint("policy_id", "seq"),
        CheckConstraint("principal_minor >= 0", name="principal"),
        CheckConstraint("interest_minor >= 0", name="interest"),
    )


class ConsentRow(Record, table=True):
    """A leave that was asked; what came of it stands in its answer.

    Attributes:
        number: for people; also of its letter.
        kind: as in `watch.consent_kind.ConsentKind`.
        effective_on: first day of the change.
        asked_on: business date.
        reason: why, in words.
        maker: who asked; a person's answer needs another.
        law: version of the rules of consent.
        need: level of authority that an answer needs; None: nobody may grant it.
        findings: every finding, as JSON.
        risk: the proposal as it shall be; None where the terms stand.
        quote_id: the quote that holds the new terms and their price; None where refused at once.
        due: last day on which the loan falls due under it.
        most_minor: the loan under it.
        loan: number of the loan contract under it.
        old_minor: premium of the whole policy before, all payers, with tax.
        new_minor: after.
        change_policyholder_minor: what of the difference the policyholder pays, or is returned.
        change_subsidy_minor: what of it the public payer does.
    """

    number: str
    policy_id: str = Field(foreign_key="policy.id")
    kind: str
    effective_on: date
    asked_on: date
    reason: str
    maker: str
    law: str
    need: str | None
    findings: list[dict[str, Any]] = Field(sa_type=FrozenJson)
    risk: dict[str, Any] | None = Field(sa_type=FrozenJson)
    quote_id: str | None = Field(default=None, foreign_key="quote.id")
    currency: str
    due: date
    most_minor: int = Field(sa_type=Minor)
    loan: str
    old_minor: int = Field(sa_type=Minor)
    new_minor: int = Field(sa_type=Minor)
    change_policyholder_minor: int = Field(sa_type=Minor)
    change_subsidy_minor: int = Field(sa_type=Minor)

    __table_args__ = (
        UniqueConstraint("number"),
        Index(None, "policy_id", "created_at"),
        CheckConstraint("old_minor >= 0", name="old"),
        CheckConstraint("new_minor >= 0", name="new"),
        CheckConstraint("most_minor > 0", name="most"),
    )


class ConsentAnswerRow(Record, table=True):
    """The one answer to a leave that was asked.

    Attributes:
        outcome: `granted` or `refused`.
        decided_by: `rules` or `person`.
        actor: at whose desk.
        authority: that person's level then.
        answered_on: business date.
        valid_until: last day on which the change may be made; None where refused.
        conditions: English and Chinese of each, as JSON.
        reason: why, in words.
        transaction_id: what it did to the policy; None where it did nothing.
    """

    consent_id: str = Field(foreign_key="consent.id")
    outcome: str
    decided_by: str
    actor: str
    authority: str
    answered_on: date
    valid_until: date | None = None
    conditions: list[list[str]] = Field(sa_type=FrozenJson)
    reason: str
    transaction_id: str | None = Field(default=None, foreign_key="policy_transaction.id")

    __table_args__ = (
        UniqueConstraint("consent_id"),
        CheckConstraint("outcome IN ('granted', 'refused')", name="outcome"),
        CheckConstraint("decided_by IN ('rules', 'person')", name="decided_by"),
    )


class ConsentBreachRow(Record, table=True):
    """A change of the loan that no leave covers.

    Attributes:
        event_id: the loan event.
        found_on: business date.
        findings: why nothing covers it, as JSON.
    """

    policy_id: str = Field(foreign_key="policy.id")
    event_id: str = Field(foreign_key="loan_event.id")
    found_on: date
    findings: list[dict[str, Any]] = Field(sa_type=FrozenJson)

    __table_args__ = (UniqueConstraint("event_id"), Index(None, "policy_id"))


class PledgedRightRow(Record, table=True):
    """That the terms of one quote, once in force, pledge or insure a right.

    Attributes:
        policy_id: the policy.
        quote_id: whose terms.
        office: two letters; blank where those terms name no right.
        number: of the right; blank likewise.
        family: that it belongs to; its number where none is stated.
    """

    policy_id: str = Field(foreign_key="policy.id")
    quote_id: str = Field(foreign_key="quote.id")
    office: str
    number: str
    family: str

    __table_args__ = (
        UniqueConstraint("quote_id", "office", "number"),
        Index(None, "number"),
        Index(None, "family"),
    )


class WatchEventRow(Record, table=True):
    """One thing that was noted of a right or an obligor; see `watch.alert.Noted`.

    Attributes:
        subject: `right` or `obligor`.
        name: office and number of the right, or register number of the obligor.
        seq: 1, 2, 3 ... of that subject.
        key: the teller's own name for it.
        noted_on: business date on which the house was told.
        deadline: last day for the cure, as it was worked out then.
        actor: at whose desk.
        told_by: who says so, such as a register or a provider.
        note: in words.
    """

    subject: str
    name: str
    seq: int
    key: str
    kind: str
    happened_on: date
    noted_on: date
    deadline: date | None = None
    actor: str
    told_by: str
    note: str | None = None

    __table_args__ = (
        UniqueConstraint("subject", "name", "key"),
        UniqueConstraint("subject", "name", "seq"),
        CheckConstraint("subject IN ('right', 'obligor')", name="subject"),
    )
