"""Loan events, consents, breaches, and what is noted of rights and obligors. All only grow."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0004"
down_revision: str | None = "4a10c0de0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GROWING = (
    "consent",
    "consent_answer",
    "loan_event",
    "consent_breach",
    "pledged_right",
    "watch_event",
)
"""In the order in which they are made: each refers to those before it only."""


def upgrade() -> None:
    """Apply the step."""
    _create_consent()
    _create_consent_answer()
    _create_loan_event()
    _create_consent_breach()
    _create_pledged_right()
    _create_watch_event()
    for table in GROWING:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Take the step back; loan events, consents and what was noted are lost."""
    for table in reversed(GROWING):
        for statement in unprotect(table, op.get_bind().dialect.name):
            op.execute(statement)
        op.drop_table(table)


def _create_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("need", sa.String(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=True),
        sa.Column("quote_id", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("most_minor", sa.BigInteger(), nullable=False),
        sa.Column("loan", sa.String(), nullable=False),
        sa.Column("old_minor", sa.BigInteger(), nullable=False),
        sa.Column("new_minor", sa.BigInteger(), nullable=False),
        sa.Column("change_policyholder_minor", sa.BigInteger(), nullable=False),
        sa.Column("change_subsidy_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("most_minor > 0", name=op.f("ck_consent_most")),
        sa.CheckConstraint("new_minor >= 0", name=op.f("ck_consent_new")),
        sa.CheckConstraint("old_minor >= 0", name=op.f("ck_consent_old")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_consent_policy_id")),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_consent_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("number", name=op.f("uq_consent_number")),
    )
    op.create_index(
        op.f("ix_consent_policy_id_created_at"),
        "consent",
        ["policy_id", "created_at"],
        unique=False,
    )


def _create_consent_answer() -> None:
    op.create_table(
        "consent_answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("consent_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("transaction_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "decided_by IN ('rules', 'person')", name=op.f("ck_consent_answer_decided_by")
        ),
        sa.CheckConstraint(
            "outcome IN ('granted', 'refused')", name=op.f("ck_consent_answer_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_consent_answer_consent_id")
        ),
        sa.ForeignKeyConstraint(
            ["transaction_id"],
            ["policy_transaction.id"],
            name=op.f("fk_consent_answer_transaction_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_answer")),
        sa.UniqueConstraint("consent_id", name=op.f("uq_consent_answer_consent_id")),
    )


def _create_loan_event() -> None:
    op.create_table(
        "loan_event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("principal_minor", sa.BigInteger(), nullable=False),
        sa.Column("interest_minor", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("loan_class", sa.String(), nullable=True),
        sa.Column("withdraws", sa.String(), nullable=True),
        sa.Column("consent_id", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.CheckConstraint("interest_minor >= 0", name=op.f("ck_loan_event_interest")),
        sa.CheckConstraint("principal_minor >= 0", name=op.f("ck_loan_event_principal")),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_loan_event_consent_id")
        ),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_loan_event_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_event")),
        sa.UniqueConstraint("policy_id", "key", name=op.f("uq_loan_event_policy_id_key")),
        sa.UniqueConstraint("policy_id", "seq", name=op.f("uq_loan_event_policy_id_seq")),
    )


def _create_consent_breach() -> None:
    op.create_table(
        "consent_breach",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["loan_event.id"], name=op.f("fk_consent_breach_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_consent_breach_policy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_breach")),
        sa.UniqueConstraint("event_id", name=op.f("uq_consent_breach_event_id")),
    )
    op.create_index(
        op.f("ix_consent_breach_policy_id"), "consent_breach", ["policy_id"], unique=False
    )


def _create_pledged_right() -> None:
    op.create_table(
        "pledged_right",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("quote_id", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_pledged_right_policy_id")
        ),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_pledged_right_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledged_right")),
        sa.UniqueConstraint(
            "quote_id", "office", "number", name=op.f("uq_pledged_right_quote_id_office_number")
        ),
    )
    op.create_index(op.f("ix_pledged_right_family"), "pledged_right", ["family"], unique=False)
    op.create_index(op.f("ix_pledged_right_number"), "pledged_right", ["number"], unique=False)


def _create_watch_event() -> None:
    op.create_table(
        "watch_event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("subject IN ('right', 'obligor')", name=op.f("ck_watch_event_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_event")),
        sa.UniqueConstraint("subject", "name", "key", name=op.f("uq_watch_event_subject_name_key")),
        sa.UniqueConstraint("subject", "name", "seq", name=op.f("uq_watch_event_subject_name_seq")),
    )
