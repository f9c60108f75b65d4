"""Registers: appraisers, their standing, what they valued, and what that fetched."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0005"
down_revision: str | None = "4a10c0de0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GROWING = ("appraiser", "appraiser_standing", "appraisal", "realisation")


def upgrade() -> None:
    """Apply the step."""
    _create_appraiser()
    _create_appraisal()
    for table in GROWING:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Take the step back; the register of appraisers is lost."""
    for table in GROWING:
        for statement in unprotect(table, op.get_bind().dialect.name):
            op.execute(statement)
    op.drop_table("realisation")
    op.drop_table("appraisal")
    op.drop_table("appraiser_standing")
    op.drop_table("appraiser")


def _create_appraiser() -> None:
    op.create_table(
        "appraiser",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_appraiser_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraiser")),
        sa.UniqueConstraint("party_id", name=op.f("uq_appraiser_party_id")),
    )
    op.create_table(
        "appraiser_standing",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("appraiser_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('listed', 'suspended')", name=op.f("ck_appraiser_standing_state")
        ),
        sa.ForeignKeyConstraint(
            ["appraiser_id"], ["appraiser.id"], name=op.f("fk_appraiser_standing_appraiser_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraiser_standing")),
        sa.UniqueConstraint(
            "appraiser_id", "sequence", name=op.f("uq_appraiser_standing_appraiser_id_sequence")
        ),
    )


def _create_appraisal() -> None:
    op.create_table(
        "appraisal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("appraiser_id", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("valued_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("value_minor > 0", name=op.f("ck_appraisal_value")),
        sa.ForeignKeyConstraint(
            ["appraiser_id"], ["appraiser.id"], name=op.f("fk_appraisal_appraiser_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.UniqueConstraint(
            "appraiser_id",
            "office",
            "number",
            "valued_on",
            "method",
            name=op.f("uq_appraisal_appraiser_id_office_number_valued_on_method"),
        ),
    )
    op.create_table(
        "realisation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("appraisal_id", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("realised_on", sa.Date(), nullable=False),
        sa.Column("realised_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("realised_minor >= 0", name=op.f("ck_realisation_realised")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_realisation_appraisal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_realisation")),
        sa.UniqueConstraint("appraisal_id", name=op.f("uq_realisation_appraisal_id")),
    )
