"""Statements and reports that left the house."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0015"
down_revision: str | None = "4a10c0de0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "issued_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("figures_sha256", sa.String(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("prev_sha256", sa.String(), nullable=False),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_issued_report_edition")),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_issued_report_period")),
        sa.CheckConstraint(
            "length(series) = 64 AND length(figures_sha256) = 64"
            " AND length(file_sha256) = 64 AND length(prev_sha256) = 64",
            name=op.f("ck_issued_report_sha256"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_issued_report_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_report")),
        sa.UniqueConstraint("number", name=op.f("uq_issued_report_number")),
        sa.UniqueConstraint("series", "edition", name=op.f("uq_issued_report_series_edition")),
    )
    op.create_index(
        op.f("ix_issued_report_created_at"), "issued_report", ["created_at"], unique=False
    )
    for statement in protect("issued_report", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take the step back; reports that were never issued are no loss, others stop it."""
    issued = op.get_bind().scalar(sa.text("SELECT count(*) FROM issued_report"))
    assert not issued, "issued_report has entries; a register is not thrown away"
    for statement in unprotect("issued_report", op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("issued_report")
