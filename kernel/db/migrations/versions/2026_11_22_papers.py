"""Papers are kept as what they say, and printed once."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0007"
down_revision: str | None = "4a10c0de0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CHECKS = {
    "stated_sha256": "length(stated_sha256) = 64",
    "content": "(content IS NULL) = (sha256 IS NULL)",
    "stated": "(stated IS NULL) = (stated_sha256 IS NULL)",
    "said": "stated IS NOT NULL OR content IS NOT NULL",
}
UNPRINTED = "application/vnd.zhibao.form+json"
AS_TEXT = {"sqlite": "CAST(content AS TEXT)", "postgresql": "convert_from(content, 'UTF8')"}
AS_BYTES = {"sqlite": "CAST(stated AS BLOB)", "postgresql": "convert_to(stated, 'UTF8')"}


def upgrade() -> None:
    """Apply the step; papers in the books keep their bytes.

    What an undone step left as JSON becomes again what it was.
    """
    dialect = op.get_bind().dialect.name
    _let_change("document")
    with op.batch_alter_table("document") as batch:
        batch.alter_column("sha256", existing_type=sa.String(), nullable=True)
        batch.alter_column("content", existing_type=sa.LargeBinary(), nullable=True)
        batch.add_column(sa.Column("stated", sa.Text(), nullable=True))
        batch.add_column(sa.Column("stated_sha256", sa.String(), nullable=True))
        batch.create_index(op.f("ix_document_stated_sha256"), ["stated_sha256"], unique=False)
    op.execute(
        f"UPDATE document SET stated = {AS_TEXT[dialect]}, stated_sha256 = sha256, "  # noqa: S608 - words of this file
        "content = NULL, sha256 = NULL, media_type = 'application/pdf' "
        f"WHERE media_type = '{UNPRINTED}'"
    )
    with op.batch_alter_table("document") as batch:
        for name, words in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_document_{name}"), words)
    _create_print()
    for table in ("document", "print"):
        _run(protect(table, dialect))


def downgrade() -> None:
    """Undo the step: a print goes where bytes were kept, and what was never printed as JSON."""
    dialect = op.get_bind().dialect.name
    _let_change("document")
    _run(unprotect("print", dialect))
    with op.batch_alter_table("document") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_document_{name}"), type_="check")
    op.execute(
        "UPDATE document SET content = print.content, sha256 = print.sha256 "
        "FROM print WHERE print.document_id = document.id"
    )
    op.execute(
        f"UPDATE document SET content = {AS_BYTES[dialect]}, sha256 = stated_sha256, "  # noqa: S608 - words of this file
        f"media_type = '{UNPRINTED}' WHERE content IS NULL"
    )
    op.drop_table("print")
    with op.batch_alter_table("document") as batch:
        batch.drop_index(op.f("ix_document_stated_sha256"))
        batch.drop_column("stated_sha256")
        batch.drop_column("stated")
        batch.alter_column("content", existing_type=sa.LargeBinary(), nullable=False)
        batch.alter_column("sha256", existing_type=sa.String(), nullable=False)
    _run(protect("document", dialect))


def _let_change(table: str) -> None:
    _run(unprotect(table, op.get_bind().dialect.name))


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        op.execute(statement)


def _create_print() -> None:
    op.create_table(
        "print",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("printed_at", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_print_sha256")),
        sa.CheckConstraint("length(content) > 0", name=op.f("ck_print_content")),
        sa.CheckConstraint("pages >= 1", name=op.f("ck_print_pages")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_print_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_print")),
    )
    op.create_index(op.f("ix_print_sha256"), "print", ["sha256"])
