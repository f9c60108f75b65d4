"""The case room: signatures, dissent, appeals."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0016"
down_revision: str | None = "4a10c0de0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GROWING = ("seat", "share_signature", "dissent", "appeal_opinion")
TABLES = ("seat", "share_signature", "dissent", "appeal", "appeal_opinion")
"""In the order in which they are made: each refers to those before it only."""
OUTCOME = "outcome IN ('upheld', 'changed', 'dismissed')"


def upgrade() -> None:
    """Apply the step."""
    _create_seat()
    _create_share_signature()
    _create_dissent()
    _create_appeal()
    _create_appeal_opinion()
    for table in GROWING:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Take the step back; what was signed or appealed stops it."""
    for table in TABLES:
        written = op.get_bind().scalar(sa.text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - a table of ours
        assert not written, f"{table} has rows; what was said is not thrown away"
    for table in GROWING:
        for statement in unprotect(table, op.get_bind().dialect.name):
            op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_seat() -> None:
    op.create_table(
        "seat",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_seat_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint(
            "scheme_code", "party", "party_id", name=op.f("uq_seat_scheme_code_party_party_id")
        ),
    )


def _create_share_signature() -> None:
    op.create_table(
        "share_signature",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_share_signature_sha256")),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_share_signature_amount")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_share_signature_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_share_signature_settlement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_signature")),
        sa.UniqueConstraint(
            "settlement_id", "party", name=op.f("uq_share_signature_settlement_id_party")
        ),
    )


def _create_dissent() -> None:
    op.create_table(
        "dissent",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_dissent_reason")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_dissent_call_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_dissent_claim_id")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_dissent_settlement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissent")),
    )


def _create_appeal() -> None:
    op.create_table(
        "appeal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("appellant", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("deciders", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("panel", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_on IS NULL)", name=op.f("ck_appeal_answered")
        ),
        sa.CheckConstraint(OUTCOME, name=op.f("ck_appeal_outcome")),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_appeal_sequence")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_appeal_claim_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_appeal_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("claim_id", "sequence", name=op.f("uq_appeal_claim_id_sequence")),
    )


def _create_appeal_opinion() -> None:
    op.create_table(
        "appeal_opinion",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("appeal_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.CheckConstraint(OUTCOME, name=op.f("ck_appeal_opinion_outcome")),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_opinion_appeal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_opinion")),
        sa.UniqueConstraint("appeal_id", "actor", name=op.f("uq_appeal_opinion_appeal_id_actor")),
    )
