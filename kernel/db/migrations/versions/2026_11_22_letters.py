"""Letters of guarantee: their editions, their use, their register."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0006"
down_revision: str | None = "4a10c0de0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GROWING = ("letter_use", "letter_register")
SAID = ("id", "created_at", "letter_id", "edition", "kind", "terms", "content_hash", "maker")
"""What of an edition is never changed; how it stands may be."""

TABLES = (
    "letter",
    "letter_version",
    "letter_declaration",
    "letter_use",
    "letter_demand",
    "letter_register",
    "letter_register_head",
)
"""In the order in which they are made: each refers to those before it only."""


def upgrade() -> None:
    """Apply the step; the register begins with nothing."""
    _create_letter()
    _create_letter_version()
    _create_letter_declaration()
    _create_letter_use()
    _create_letter_demand()
    _create_letter_register()
    _create_letter_register_head()
    op.execute(
        "INSERT INTO letter_register_head (id, created_at, version, sequence, hash)"
        " VALUES ('rh_aaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 1, 0,"
        " '0000000000000000000000000000000000000000000000000000000000000000')"
    )
    dialect = op.get_bind().dialect.name
    for table in GROWING:
        for statement in protect(table, dialect):
            op.execute(statement)
    for statement in protect("letter_version", dialect, changing=SAID):
        op.execute(statement)


def downgrade() -> None:
    """Take the step back; letters that were not written yet are no loss, others stop it."""
    written = op.get_bind().scalar(sa.text("SELECT count(*) FROM letter_register"))
    assert not written, "letter_register has entries; a register is not thrown away"
    for table in (*GROWING, "letter_version"):
        for statement in unprotect(table, op.get_bind().dialect.name):
            op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_letter() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("limit_minor", sa.BigInteger(), nullable=False),
        sa.Column("reserved_minor", sa.BigInteger(), nullable=False),
        sa.Column("drawn_minor", sa.BigInteger(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("usable_from", sa.Date(), nullable=False),
        sa.Column("usable_until", sa.Date(), nullable=False),
        sa.Column("claim_until", sa.Date(), nullable=False),
        sa.Column("record_no", sa.String(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.CheckConstraint("drawn_minor >= 0", name=op.f("ck_letter_drawn")),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_letter_edition")),
        sa.CheckConstraint("length(number) <= 16", name=op.f("ck_letter_number")),
        sa.CheckConstraint("limit_minor >= 0", name=op.f("ck_letter_limit")),
        sa.CheckConstraint(
            "reserved_minor + drawn_minor <= limit_minor", name=op.f("ck_letter_available")
        ),
        sa.CheckConstraint("reserved_minor >= 0", name=op.f("ck_letter_reserved")),
        sa.ForeignKeyConstraint(["client_id"], ["party.id"], name=op.f("fk_letter_client_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_letter_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("number", name=op.f("uq_letter_number")),
        sa.UniqueConstraint("year", "sequence", name=op.f("uq_letter_year_sequence")),
    )
    op.create_index(
        op.f("ix_letter_client_id_created_at"), "letter", ["client_id", "created_at"], unique=False
    )
    op.create_index(op.f("ix_letter_policy_id"), "letter", ["policy_id"], unique=False)


def _create_letter_version() -> None:
    op.create_table(
        "letter_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("file_sha256", sa.String(), nullable=True),
        sa.Column("signer", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("approver <> maker", name=op.f("ck_letter_version_four_eyes")),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_letter_version_edition")),
        sa.CheckConstraint(
            "length(content_hash) = 64", name=op.f("ck_letter_version_content_hash")
        ),
        sa.CheckConstraint("length(file_sha256) = 64", name=op.f("ck_letter_version_file_sha256")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_version_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_version")),
        sa.UniqueConstraint(
            "letter_id", "edition", name=op.f("uq_letter_version_letter_id_edition")
        ),
    )
    op.create_index(
        op.f("ix_letter_version_file_sha256"), "letter_version", ["file_sha256"], unique=False
    )


def _create_letter_declaration() -> None:
    op.create_table(
        "letter_declaration",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("reserved_minor", sa.BigInteger(), nullable=False),
        sa.Column("demanded_minor", sa.BigInteger(), nullable=False),
        sa.Column("added_minor", sa.BigInteger(), nullable=False),
        sa.Column("beyond_minor", sa.BigInteger(), nullable=False),
        sa.Column("released_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_beyond_minor", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "0 <= added_minor AND added_minor <= demanded_minor"
            " AND demanded_minor <= reserved_minor",
            name=op.f("ck_letter_declaration_demanded"),
        ),
        sa.CheckConstraint(
            "beyond_minor >= 0 AND paid_beyond_minor >= 0",
            name=op.f("ck_letter_declaration_beyond"),
        ),
        sa.CheckConstraint("paid_minor >= 0", name=op.f("ck_letter_declaration_paid")),
        sa.CheckConstraint("released_minor >= 0", name=op.f("ck_letter_declaration_released")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_declaration_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_declaration")),
        sa.UniqueConstraint(
            "letter_id", "number", name=op.f("uq_letter_declaration_letter_id_number")
        ),
    )


def _create_letter_use() -> None:
    op.create_table(
        "letter_use",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("letter_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("declaration", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("taxes", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("surcharge_minor", sa.BigInteger(), nullable=False),
        sa.Column("reserved_change_minor", sa.BigInteger(), nullable=False),
        sa.Column("drawn_change_minor", sa.BigInteger(), nullable=False),
        sa.Column("limit_minor", sa.BigInteger(), nullable=False),
        sa.Column("reserved_minor", sa.BigInteger(), nullable=False),
        sa.Column("drawn_minor", sa.BigInteger(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.CheckConstraint("drawn_minor >= 0", name=op.f("ck_letter_use_drawn")),
        sa.CheckConstraint(
            "reserved_minor + drawn_minor <= limit_minor", name=op.f("ck_letter_use_available")
        ),
        sa.CheckConstraint("reserved_minor >= 0", name=op.f("ck_letter_use_reserved")),
        sa.CheckConstraint("surcharge_minor >= 0", name=op.f("ck_letter_use_surcharge")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_use_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_use")),
        sa.UniqueConstraint(
            "letter_id",
            "declaration",
            "event",
            "reference",
            name=op.f("uq_letter_use_letter_id_declaration_event_reference"),
        ),
        sa.UniqueConstraint("letter_id", "seq", name=op.f("uq_letter_use_letter_id_seq")),
    )


def _create_letter_demand() -> None:
    op.create_table(
        "letter_demand",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("declaration", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("surcharge_minor", sa.BigInteger(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("refuse_by", sa.Date(), nullable=False),
        sa.Column("pay_by", sa.Date(), nullable=False),
        sa.Column("extend_to", sa.Date(), nullable=True),
        sa.Column("suspended_until", sa.Date(), nullable=True),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.CheckConstraint("paid_minor >= 0", name=op.f("ck_letter_demand_paid")),
        sa.CheckConstraint("surcharge_minor >= 0", name=op.f("ck_letter_demand_surcharge")),
        sa.CheckConstraint("tax_minor >= 0", name=op.f("ck_letter_demand_tax")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_demand_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_demand")),
        sa.UniqueConstraint(
            "letter_id", "reference", name=op.f("uq_letter_demand_letter_id_reference")
        ),
    )


def _create_letter_register() -> None:
    op.create_table(
        "letter_register",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(file_sha256) IN (0, 64)", name=op.f("ck_letter_register_file_sha256")
        ),
        sa.CheckConstraint(
            "length(hash) = 64 AND length(prev_hash) = 64", name=op.f("ck_letter_register_hash")
        ),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_letter_register_sequence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_register")),
        sa.UniqueConstraint("sequence", name=op.f("uq_letter_register_sequence")),
    )
    op.create_index(
        op.f("ix_letter_register_file_sha256"), "letter_register", ["file_sha256"], unique=False
    )
    op.create_index(
        op.f("ix_letter_register_letter_sequence"),
        "letter_register",
        ["letter", "sequence"],
        unique=False,
    )


def _create_letter_register_head() -> None:
    op.create_table(
        "letter_register_head",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_register_head")),
    )
