"""The test clock of a sandbox."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0017"
down_revision: str | None = "4a10c0de0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GROWING = "sandbox_happening"


def upgrade() -> None:
    """Apply the step; no database is a sandbox before it is marked."""
    _create_sandbox()
    _create_sandbox_advance()
    _create_sandbox_happening()
    for statement in protect(GROWING, op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Undo the step; what a sandbox tried out is no loss."""
    for statement in unprotect(GROWING, op.get_bind().dialect.name):
        op.execute(statement)
    for table in (GROWING, "sandbox_advance", "sandbox"):
        op.drop_table(table)


def _create_sandbox() -> None:
    op.create_table(
        "sandbox",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("walking", sa.String(), nullable=True),
        sa.Column("stepped_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("ck_sandbox_days")),
        sa.CheckConstraint("steps >= 0", name=op.f("ck_sandbox_steps")),
        sa.CheckConstraint("id = 'sb_aaaaaaaaaaaaaaaaaaaaaaaaaa'", name=op.f("ck_sandbox_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandbox")),
    )


def _create_sandbox_advance() -> None:
    op.create_table(
        "sandbox_advance",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request_sha256", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("until >= from_on", name=op.f("ck_sandbox_advance_forward")),
        sa.CheckConstraint(
            "state IN ('walking', 'arrived', 'stopped')", name=op.f("ck_sandbox_advance_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandbox_advance")),
        sa.UniqueConstraint("scope", "key", name=op.f("uq_sandbox_advance_scope_key")),
    )


def _create_sandbox_happening() -> None:
    op.create_table(
        "sandbox_happening",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("advance_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_sandbox_happening_sequence")),
        sa.ForeignKeyConstraint(
            ["advance_id"], ["sandbox_advance.id"], name=op.f("fk_sandbox_happening_advance_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["party.id"], name=op.f("fk_sandbox_happening_client_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandbox_happening")),
        sa.UniqueConstraint("name", name=op.f("uq_sandbox_happening_name")),
        sa.UniqueConstraint("sequence", name=op.f("uq_sandbox_happening_sequence")),
    )
