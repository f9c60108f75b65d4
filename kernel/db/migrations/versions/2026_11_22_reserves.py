"""Reserves by line."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0013"
down_revision: str | None = "4a10c0de0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("reserve", "reserve_proposal", "reserve_answer")
LINES = ("indemnity", "defence", "adjustment", "recovery")


def upgrade() -> None:
    """Apply the step; a claim whose lines were never kept holds indemnity only."""
    op.create_table(
        "reserve",
        *_head(),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        *_lines(),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=True),
        *_floor("reserve"),
        sa.CheckConstraint("cause IN ('claim', 'person')", name=op.f("ck_reserve_cause")),
        sa.CheckConstraint("approver <> actor", name=op.f("ck_reserve_four_eyes")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_reserve_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve")),
        sa.UniqueConstraint("claim_id", "sequence", name=op.f("uq_reserve_claim_id_sequence")),
    )
    op.create_table(
        "reserve_proposal",
        *_head(),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("after_sequence", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        *_lines(),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        *_floor("reserve_proposal"),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_reserve_proposal_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve_proposal")),
    )
    op.create_index(
        op.f("ix_reserve_proposal_claim_id"), "reserve_proposal", ["claim_id"], unique=False
    )
    op.create_table(
        "reserve_answer",
        *_head(),
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('approved', 'refused', 'overtaken')",
            name=op.f("ck_reserve_answer_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["reserve_proposal.id"], name=op.f("fk_reserve_answer_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve_answer")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_reserve_answer_proposal_id")),
    )
    for table in TABLES:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Undo the step, unless reserves were kept by line."""
    bind = op.get_bind()
    written = bind.scalar(sa.text("SELECT count(*) FROM reserve"))
    assert not written, "reserve has entries; what was set aside by line is not thrown away"
    for table in reversed(TABLES):
        for statement in unprotect(table, bind.dialect.name):
            op.execute(statement)
        op.drop_table(table)


def _head() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )


def _lines() -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(f"{line}_minor", sa.BigInteger(), nullable=False) for line in LINES)


def _floor(table: str) -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint(
            "indemnity_minor >= 0 AND defence_minor >= 0", name=op.f(f"ck_{table}_loss")
        ),
        sa.CheckConstraint(
            "adjustment_minor >= 0 AND recovery_minor >= 0", name=op.f(f"ck_{table}_beside")
        ),
    )
