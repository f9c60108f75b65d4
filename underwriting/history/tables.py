"""What is remembered of a policy's life. Both tables only grow."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Minor, Record


class PolicyTransactionRow(Record, table=True):
    """One thing that was done with a policy; each seals the one before it.

    `created_at` is when the books knew of it, `effective_on` from when it holds.

    Attributes:
        number: for people; also of its paper.
        seq: 1, 2, 3 ... within the policy.
        kind: as in `rules.history.Kind`.
        effective_on: first day on which it holds.
        booked_on: business date of the act.
        actor: who did it.
        reason: why, in words.
        reverses_id: the transaction that it takes out of force.
        quote_id: the quote whose receipt prices its terms.
        after: the frozen contract; null where the kind states no terms.
        agreed: what else was agreed: ground, consent, declaration, what is kept, return terms.
        premium_minor: of its terms for their whole period, all payers, with tax; likewise null.
        tax_minor: of it.
        subsidy_minor: of the total, the public payer's part.
        delta_minor: what it charges (above zero) or returns, all payers, with tax.
        delta_tax_minor: of it.
        delta_subsidy_minor: of the total, the public payer's part.
        prev_hash: hash of the transaction before, 64 zeros for the first.
        hash: see `history.seal`.
    """

    number: str
    policy_id: str = Field(foreign_key="policy.id")
    seq: int
    kind: str
    effective_on: date
    booked_on: date
    actor: str
    reason: str
    reverses_id: str | None = Field(default=None, foreign_key="policy_transaction.id")
    quote_id: str | None = Field(default=None, foreign_key="quote.id")
    after: dict[str, Any] | None = Field(default=None, sa_type=FrozenJson)
    agreed: dict[str, Any] = Field(sa_type=FrozenJson)
    currency: str
    premium_minor: int | None = Field(default=None, sa_type=Minor)
    tax_minor: int | None = Field(default=None, sa_type=Minor)
    subsidy_minor: int | None = Field(default=None, sa_type=Minor)
    delta_minor: int = Field(sa_type=Minor)
    delta_tax_minor: int = Field(sa_type=Minor)
    delta_subsidy_minor: int = Field(sa_type=Minor)
    prev_hash: str
    hash: str

    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("policy_id", "seq"),
        UniqueConstraint("quote_id"),
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("tax_minor BETWEEN 0 AND premium_minor", name="tax"),
        CheckConstraint("subsidy_minor BETWEEN 0 AND premium_minor", name="subsidy"),
        CheckConstraint("length(hash) = 64 AND length(prev_hash) = 64", name="hash"),
    )


class AmendmentRow(Record, table=True):
    """That a quote is no proposal for a new policy, but for terms of one that is there.

    Attributes:
        quote_id: the quote.
        policy_id: the policy.
        kind: `change` or `renewal`.
        effective_on: from when its terms are meant to hold.
    """

    quote_id: str = Field(foreign_key="quote.id")
    policy_id: str = Field(foreign_key="policy.id")
    kind: str
    effective_on: date

    __table_args__ = (UniqueConstraint("quote_id"),)
