"""Counsel, budgets, consents and reservations."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0012"
down_revision: str | None = "4a10c0de0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("counsel", "stage_budget", "reservation", "consent_asked", "joined_demand")
"""In the order in which they are made: each refers to those before it only."""

GROWING = ("joined_demand",)


def upgrade() -> None:
    """Apply the step."""
    _create_counsel()
    _create_stage_budget()
    _create_reservation()
    _create_consent_asked()
    _create_joined_demand()
    for table in GROWING:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Take the step back; counsel, budgets, reservations, consents and demands are lost."""
    for table in GROWING:
        for statement in unprotect(table, op.get_bind().dialect.name):
            op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_counsel() -> None:
    op.create_table(
        "counsel",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'asked') = (answered_on IS NULL)", name=op.f("ck_counsel_answered")
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR length(reason) > 0", name=op.f("ck_counsel_reason")
        ),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_counsel_sequence")),
        sa.CheckConstraint("source IN ('panel', 'off_panel')", name=op.f("ck_counsel_source")),
        sa.CheckConstraint(
            "state IN ('asked', 'consented', 'refused')", name=op.f("ck_counsel_state")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_counsel_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counsel")),
        sa.UniqueConstraint("claim_id", "sequence", name=op.f("uq_counsel_claim_id_sequence")),
    )


def _create_stage_budget() -> None:
    op.create_table(
        "stage_budget",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("asked_minor", sa.BigInteger(), nullable=False),
        sa.Column("consented_minor", sa.BigInteger(), nullable=True),
        sa.Column("spent_too", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(consented_minor IS NULL) = (answered_on IS NULL)",
            name=op.f("ck_stage_budget_answered"),
        ),
        sa.CheckConstraint("asked_minor > 0", name=op.f("ck_stage_budget_asked")),
        sa.CheckConstraint(
            "consented_minor BETWEEN 0 AND asked_minor", name=op.f("ck_stage_budget_consented")
        ),
        sa.CheckConstraint(
            "consented_minor IS NULL OR consented_minor = asked_minor OR length(reason) > 0",
            name=op.f("ck_stage_budget_reason"),
        ),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_stage_budget_sequence")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_stage_budget_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_budget")),
        sa.UniqueConstraint("claim_id", "sequence", name=op.f("uq_stage_budget_claim_id_sequence")),
    )


def _create_reservation() -> None:
    op.create_table(
        "reservation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'reserved') = (ended_on IS NULL)", name=op.f("ck_reservation_ended")
        ),
        sa.CheckConstraint("sent_on >= known_on", name=op.f("ck_reservation_sent")),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_reservation_sequence")),
        sa.CheckConstraint(
            "state IN ('reserved', 'lifted', 'decided')", name=op.f("ck_reservation_state")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_reservation_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sa.UniqueConstraint("claim_id", "sequence", name=op.f("uq_reservation_claim_id_sequence")),
        sa.UniqueConstraint("number", name=op.f("uq_reservation_number")),
    )


def _create_consent_asked() -> None:
    op.create_table(
        "consent_asked",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("counterparty", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("merits", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("consented_minor", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("concluded_minor", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_consent_asked_amount")),
        sa.CheckConstraint(
            "(state = 'asked') = (answered_on IS NULL)", name=op.f("ck_consent_asked_answered")
        ),
        sa.CheckConstraint("concluded_minor > 0", name=op.f("ck_consent_asked_concluded")),
        sa.CheckConstraint(
            "consented_minor BETWEEN 1 AND amount_minor", name=op.f("ck_consent_asked_consented")
        ),
        sa.CheckConstraint(
            "(state = 'consented') = (consented_minor IS NOT NULL)",
            name=op.f("ck_consent_asked_given"),
        ),
        sa.CheckConstraint(
            "payer IN ('insurer', 'insured', 'both')", name=op.f("ck_consent_asked_payer")
        ),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_consent_asked_sequence")),
        sa.CheckConstraint(
            "(concluded_on IS NULL) = (concluded_minor IS NULL)",
            name=op.f("ck_consent_asked_signed"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'consented', 'refused')", name=op.f("ck_consent_asked_state")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_consent_asked_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_asked")),
        sa.UniqueConstraint(
            "claim_id", "sequence", name=op.f("uq_consent_asked_claim_id_sequence")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_consent_asked_number")),
    )


def _create_joined_demand() -> None:
    op.create_table(
        "joined_demand",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("counterparty", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_joined_demand_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joined_demand")),
        sa.UniqueConstraint(
            "claim_id", "reference", name=op.f("uq_joined_demand_claim_id_reference")
        ),
    )
