"""Calls on parties as a dialogue: answers, disputes, defaults."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0009"
down_revision: str | None = "4a10c0de0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GROWING = ("call_answer", "call_payment")
_TEXT, _DAY, _MINOR = sa.String(), sa.Date(), sa.BigInteger()
ADDED = (
    ("claim_id", _TEXT), ("sequence", sa.Integer()), ("direction", _TEXT), ("paid_minor", _MINOR),
    ("disputed_minor", _MINOR), ("raised_on", _DAY), ("raised_by", _TEXT),
)  # fmt: skip
"""Columns of a call that were not kept before; each call gets them from its settlement."""


def upgrade() -> None:
    """Apply the step; calls in the books get their claim, their number and what was paid."""
    with op.batch_alter_table("call") as batch:
        for name, kind in ADDED:
            batch.add_column(sa.Column(name, kind, nullable=True))
        batch.add_column(sa.Column("cure_until", sa.Date(), nullable=True))
    op.execute(
        "UPDATE call SET direction = 'call', disputed_minor = 0, raised_by = 'not recorded',"
        " paid_minor = CASE WHEN state = 'paid' THEN amount_minor ELSE 0 END,"
        " claim_id = (SELECT s.claim_id FROM settlement s WHERE s.id = call.settlement_id),"
        " raised_on = (SELECT s.settled_on FROM settlement s WHERE s.id = call.settlement_id)"
    )
    op.execute(
        "UPDATE call SET sequence = (SELECT count(*) FROM call c"
        " WHERE c.claim_id = call.claim_id AND c.id <= call.id)"
    )
    with op.batch_alter_table("call") as batch:
        for name, kind in ADDED:
            batch.alter_column(name, existing_type=kind, nullable=False)
        batch.create_foreign_key(op.f("fk_call_claim_id"), "claim", ["claim_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_call_claim_id_sequence"), ["claim_id", "sequence"])
        batch.create_check_constraint(op.f("ck_call_paid"), "paid_minor BETWEEN 0 AND amount_minor")
        batch.create_check_constraint(
            op.f("ck_call_disputed"), "disputed_minor BETWEEN 0 AND amount_minor"
        )
        batch.create_check_constraint(op.f("ck_call_direction"), "direction IN ('call', 'refund')")
        batch.create_index(op.f("ix_call_party_state"), ["party", "state"], unique=False)
    _create_call_answer()
    _create_call_payment()
    _create_pool_filing()
    op.execute(
        "INSERT INTO call_payment (id, created_at, call_id, claim_id, party, reference, value_date,"
        " currency, amount_minor, held) SELECT 'cp_' || substr(id, 4), created_at, id, claim_id,"
        " party, 'paid:' || id, coalesce(paid_on, raised_on), currency, amount_minor,"
        " (1 = 0) FROM call WHERE state = 'paid'"
    )
    for table in GROWING:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Take the step back, unless something was said or paid since."""
    bind = op.get_bind()
    for table in ("call_answer", "pool_filing"):
        written = bind.scalar(sa.text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own name
        assert not written, f"{table} has entries; what parties said is not thrown away"
    since = "SELECT count(*) FROM call_payment WHERE reference NOT LIKE 'paid:%'"
    paid = bind.scalar(sa.text(since))
    assert not paid, "call_payment has entries; payments are not thrown away"
    for table in GROWING:
        for statement in unprotect(table, bind.dialect.name):
            op.execute(statement)
    for table in ("pool_filing", "call_payment", "call_answer"):
        op.drop_table(table)
    with op.batch_alter_table("call") as batch:
        batch.drop_index(op.f("ix_call_party_state"))
        for name in ("direction", "disputed", "paid"):
            batch.drop_constraint(op.f(f"ck_call_{name}"), type_="check")
        batch.drop_constraint(op.f("uq_call_claim_id_sequence"), type_="unique")
        batch.drop_constraint(op.f("fk_call_claim_id"), type_="foreignkey")
        for name in ("cure_until", *(name for name, _ in reversed(ADDED))):
            batch.drop_column(name)


def _create_call_answer() -> None:
    op.create_table(
        "call_answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_call_answer_amount")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_answer_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_answer")),
        sa.UniqueConstraint("call_id", "sequence", name=op.f("uq_call_answer_call_id_sequence")),
    )


def _create_call_payment() -> None:
    op.create_table(
        "call_payment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("value_date", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_call_payment_amount")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_payment_call_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_call_payment_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_payment")),
        sa.UniqueConstraint(
            "claim_id", "reference", name=op.f("uq_call_payment_claim_id_reference")
        ),
    )
    op.create_index(op.f("ix_call_payment_call_id"), "call_payment", ["call_id"], unique=False)


def _create_pool_filing() -> None:
    op.create_table(
        "pool_filing",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("file_by", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("late_words", sa.String(), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_pool_filing_amount")),
        sa.CheckConstraint(
            "state IN ('waiting', 'fixed', 'filed')", name=op.f("ck_pool_filing_state")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_pool_filing_claim_id")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_pool_filing_settlement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_filing")),
        sa.UniqueConstraint("claim_id", "party", name=op.f("uq_pool_filing_claim_id_party")),
    )
