"""Overdue loans before a claim."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0010"
down_revision: str | None = "4a10c0de0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("overdue", "dunning", "transcript")
"""In the order in which they are made: each refers to those before it only."""

GROWING = ("transcript",)


def upgrade() -> None:
    """Apply the step."""
    _create_overdue()
    _create_dunning()
    _create_transcript()
    for table in GROWING:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Take the step back; overdue loans, letters of demand and transcripts are lost."""
    for table in GROWING:
        for statement in unprotect(table, op.get_bind().dialect.name):
            op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_overdue() -> None:
    op.create_table(
        "overdue",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("loan", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("notice_by", sa.Date(), nullable=False),
        sa.Column("waiting_ends", sa.Date(), nullable=False),
        sa.Column("claim_by", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("principal_minor", sa.BigInteger(), nullable=False),
        sa.Column("interest_minor", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("claim_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "principal_minor >= 0 AND interest_minor >= 0", name=op.f("ck_overdue_amounts")
        ),
        sa.CheckConstraint(
            "principal_minor + interest_minor > 0", name=op.f("ck_overdue_something")
        ),
        sa.CheckConstraint(
            "state IN ('reported', 'dunned', 'cured', 'extended', 'claimed')",
            name=op.f("ck_overdue_state"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_overdue_claim_id")),
        sa.ForeignKeyConstraint(["client_id"], ["party.id"], name=op.f("fk_overdue_client_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_overdue_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overdue")),
        sa.UniqueConstraint(
            "client_id", "loan", "since", name=op.f("uq_overdue_client_id_loan_since")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_overdue_number")),
        sa.UniqueConstraint("policy_id", "since", name=op.f("uq_overdue_policy_id_since")),
    )
    op.create_index(op.f("ix_overdue_claim_id"), "overdue", ["claim_id"], unique=False)


def _create_dunning() -> None:
    op.create_table(
        "dunning",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("overdue_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("pay_by", sa.Date(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("principal_minor", sa.BigInteger(), nullable=False),
        sa.Column("interest_minor", sa.BigInteger(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(), nullable=True),
        sa.CheckConstraint("(served_on IS NULL) = (proof IS NULL)", name=op.f("ck_dunning_served")),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_dunning_sequence")),
        sa.CheckConstraint("step IN ('bank', 'joint')", name=op.f("ck_dunning_step")),
        sa.ForeignKeyConstraint(["overdue_id"], ["overdue.id"], name=op.f("fk_dunning_overdue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dunning")),
        sa.UniqueConstraint("number", name=op.f("uq_dunning_number")),
        sa.UniqueConstraint("overdue_id", "sequence", name=op.f("uq_dunning_overdue_id_sequence")),
    )


def _create_transcript() -> None:
    op.create_table(
        "transcript",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("overdue_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("assumed", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(signed_by IS NULL) = (signed_on IS NULL)", name=op.f("ck_transcript_signed")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_transcript_sha256")),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_transcript_sequence")),
        sa.ForeignKeyConstraint(
            ["overdue_id"], ["overdue.id"], name=op.f("fk_transcript_overdue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript")),
        sa.UniqueConstraint(
            "overdue_id", "sequence", name=op.f("uq_transcript_overdue_id_sequence")
        ),
    )
