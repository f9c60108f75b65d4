"""Papers that come in with a claim."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0011"
down_revision: str | None = "4a10c0de0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GROWING = ("upload", "claim_paper", "paper_rejection")
"""In the order in which they are made: each refers to those before it only."""


def upgrade() -> None:
    """Apply the step; papers that were only ticked before stay ticked."""
    _create_upload()
    _create_claim_paper()
    _create_paper_rejection()
    for table in GROWING:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Take the step back; files that were not sent yet are no loss, others stop it."""
    kept = op.get_bind().scalar(sa.text("SELECT count(*) FROM upload"))
    assert not kept, "upload has files; what came in is not thrown away"
    for table in reversed(GROWING):
        for statement in unprotect(table, op.get_bind().dialect.name):
            op.execute(statement)
        op.drop_table(table)


def _create_upload() -> None:
    op.create_table(
        "upload",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_upload_sha256")),
        sa.CheckConstraint("size > 0 AND size = length(content)", name=op.f("ck_upload_size")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_upload")),
    )


def _create_claim_paper() -> None:
    op.create_table(
        "claim_paper",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_claim_paper_sequence")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_paper_claim_id")),
        sa.ForeignKeyConstraint(["sha256"], ["upload.sha256"], name=op.f("fk_claim_paper_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_paper")),
        sa.UniqueConstraint(
            "claim_id", "code", "sequence", name=op.f("uq_claim_paper_claim_id_code_sequence")
        ),
        sa.UniqueConstraint(
            "claim_id", "code", "sha256", name=op.f("uq_claim_paper_claim_id_code_sha256")
        ),
    )
    op.create_index(op.f("ix_claim_paper_sha256"), "claim_paper", ["sha256"], unique=False)


def _create_paper_rejection() -> None:
    op.create_table(
        "paper_rejection",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("through", sa.Integer(), nullable=False),
        sa.Column("rejected_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_paper_rejection_reason")),
        sa.CheckConstraint(
            "sequence >= 1 AND through >= 0", name=op.f("ck_paper_rejection_sequence")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_paper_rejection_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_rejection")),
        sa.UniqueConstraint(
            "claim_id", "code", "sequence", name=op.f("uq_paper_rejection_claim_id_code_sequence")
        ),
    )
