"""Four products: a client that need not be a bank, three prices, who made a quote, authority."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "4a10c0de0001"
down_revision: str | None = "72a4be7c3241"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OF_A_CLIENT = ("quote", "policy", "claim")


def upgrade() -> None:
    """Apply the step."""
    for table in _OF_A_CLIENT:
        _rename(table, "bank_id", "client_id")
    with op.batch_alter_table("quote") as batch:
        batch.alter_column("loan_minor", existing_type=sa.BigInteger(), nullable=True)
        batch.add_column(sa.Column("technical_minor", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("challenger_minor", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("maker", sa.String(), nullable=True))
        batch.create_check_constraint(op.f("ck_quote_technical"), "technical_minor >= 0")
        batch.create_check_constraint(op.f("ck_quote_challenger"), "challenger_minor >= 0")
    op.execute("UPDATE quote SET technical_minor = premium_minor, maker = 'not recorded'")
    with op.batch_alter_table("quote") as batch:
        batch.alter_column("technical_minor", existing_type=sa.BigInteger(), nullable=False)
        batch.alter_column("maker", existing_type=sa.String(), nullable=False)
    op.create_table(
        "quote_override",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("quote_id", sa.String(), nullable=False),
        sa.Column("technical_minor", sa.BigInteger(), nullable=False),
        sa.Column("offered_minor", sa.BigInteger(), nullable=False),
        sa.Column("deviation", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.CheckConstraint("offered_minor > 0", name=op.f("ck_quote_override_offered")),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name=op.f("fk_quote_override_quote_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_override")),
    )
    op.create_index(op.f("ix_quote_override_quote_id"), "quote_override", ["quote_id"])
    with op.batch_alter_table("access") as batch:
        batch.add_column(sa.Column("authority", sa.String(), nullable=True))
    op.execute("UPDATE access SET authority = 'clerk'")
    with op.batch_alter_table("access") as batch:
        batch.alter_column("authority", existing_type=sa.String(), nullable=False)


def downgrade() -> None:
    """Undo the step; quotes without a loan stop it, for it would lose them."""
    with op.batch_alter_table("access") as batch:
        batch.drop_column("authority")
    op.drop_table("quote_override")
    with op.batch_alter_table("quote") as batch:
        batch.drop_constraint(op.f("ck_quote_challenger"), type_="check")
        batch.drop_constraint(op.f("ck_quote_technical"), type_="check")
        for column in ("maker", "challenger_minor", "technical_minor"):
            batch.drop_column(column)
        batch.alter_column("loan_minor", existing_type=sa.BigInteger(), nullable=False)
    for table in reversed(_OF_A_CLIENT):
        _rename(table, "client_id", "bank_id")


def _rename(table: str, old: str, new: str) -> None:
    """Rename a column together with its index and its foreign key."""
    with op.batch_alter_table(table) as batch:
        batch.drop_index(op.f(f"ix_{table}_{old}_created_at"))
        batch.drop_constraint(op.f(f"fk_{table}_{old}"), type_="foreignkey")
        batch.alter_column(old, new_column_name=new, existing_type=sa.String())
    with op.batch_alter_table(table) as batch:
        batch.create_foreign_key(op.f(f"fk_{table}_{new}"), "party", [new], ["id"])
        batch.create_index(op.f(f"ix_{table}_{new}_created_at"), [new, "created_at"], unique=False)
