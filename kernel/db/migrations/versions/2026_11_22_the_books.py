"""The books: journal, postings, events, documents, answers given, outbox."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "df427b67ad53"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ONLY_GROWS = ("journal", "posting", "event", "document", "idempotency")
OUTBOX_FIXED = ("id", "created_at", "subject_type", "subject_id", "sequence", "topic", "payload")


def upgrade() -> None:
    """Create the tables and the triggers that let them only grow."""
    _create_journal()
    _create_event()
    _create_document()
    _create_idempotency()
    _create_outbox()
    dialect = op.get_bind().dialect.name
    for table in ONLY_GROWS:
        _run(protect(table, dialect))
    _run(protect("outbox", dialect, changing=OUTBOX_FIXED))


def downgrade() -> None:
    """Drop the books, unless something is written in them."""
    bind = op.get_bind()
    tables = ("posting", "journal", "event", "document", "idempotency", "outbox")
    for table in tables:
        written = bind.scalar(
            sa.select(sa.exists(sa.select(sa.text("1")).select_from(sa.table(table))))
        )
        assert not written, f"{table} has entries; books are not thrown away"
    for table in tables:
        _run(unprotect(table, bind.dialect.name))
        op.drop_table(table)
    if bind.dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _run(statements: tuple[str, ...]) -> None:
    for statement in statements:
        op.execute(statement)


def _identity() -> tuple[sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )


def _subject() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
    )


def _create_journal() -> None:
    op.create_table(
        "journal",
        *_identity(),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("memo", sa.String(), nullable=False),
        *_subject(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_journal_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("key", name=op.f("uq_journal_key")),
    )
    op.create_index(
        op.f("ix_journal_subject_type_subject_id"), "journal", ["subject_type", "subject_id"]
    )
    op.create_table(
        "posting",
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_posting_amount")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_posting_currency")),
        sa.CheckConstraint("line >= 1", name=op.f("ck_posting_line")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_posting_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "line", name=op.f("pk_posting")),
    )
    op.create_index(op.f("ix_posting_account_currency"), "posting", ["account", "currency"])


def _create_event() -> None:
    op.create_table(
        "event",
        *_identity(),
        *_subject(),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(hash) = 64 AND length(prev_hash) = 64", name=op.f("ck_event_hash")
        ),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_event_sequence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint(
            "subject_type",
            "subject_id",
            "sequence",
            name=op.f("uq_event_subject_type_subject_id_sequence"),
        ),
    )


def _create_document() -> None:
    op.create_table(
        "document",
        *_identity(),
        *_subject(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_document_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "subject_type",
            "subject_id",
            "kind",
            "number",
            name=op.f("uq_document_subject_type_subject_id_kind_number"),
        ),
    )
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"])


def _create_idempotency() -> None:
    op.create_table(
        "idempotency",
        *_identity(),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request_sha256", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("response", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(request_sha256) = 64", name=op.f("ck_idempotency_request_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency")),
        sa.UniqueConstraint("scope", "key", name=op.f("uq_idempotency_scope_key")),
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        *_identity(),
        *_subject(),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_outbox_sequence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint(
            "subject_type",
            "subject_id",
            "sequence",
            name=op.f("uq_outbox_subject_type_subject_id_sequence"),
        ),
    )
    unsent = sa.text("sent_at IS NULL")
    op.create_index(
        "ix_outbox_unsent",
        "outbox",
        ["created_at"],
        sqlite_where=unsent,
        postgresql_where=unsent,
    )
