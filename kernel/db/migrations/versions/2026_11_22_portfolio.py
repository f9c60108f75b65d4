"""Portfolio: what policies accumulate under, what the insurer keeps of them, and its own means."""

import json
from base64 import b32encode
from collections.abc import Iterator, Sequence
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0003"
down_revision: str | None = "4a10c0de0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GROWING = ("retention", "means")


def upgrade() -> None:
    """Apply the step; policies in the books count under their obligor, bank and rights."""
    _create_accumulation()
    _create_retention()
    _create_means()
    _count_policies()
    op.execute(
        "INSERT INTO retention (id, created_at, policy_id, product, currency, retained_minor,"
        " premium_minor, moved_on) SELECT 'rt' || substr(id, 3), created_at, id, product,"
        " currency, sum_insured_minor, premium_minor, starts_on FROM policy"
    )
    for table in GROWING:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Take the step back; what was stated of the insurer's means is lost."""
    for table in GROWING:
        for statement in unprotect(table, op.get_bind().dialect.name):
            op.execute(statement)
    op.drop_table("means")
    for index, table in (
        ("ix_retention_moved", "retention"),
        ("ix_retention_policy_id", "retention"),
        ("ix_accumulation_key", "accumulation"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(index))
    op.drop_table("retention")
    op.drop_table("accumulation")


def _create_accumulation() -> None:
    op.create_table(
        "accumulation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("retained_minor", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("minor >= 0", name=op.f("ck_accumulation_minor")),
        sa.CheckConstraint(
            "retained_minor BETWEEN 0 AND minor", name=op.f("ck_accumulation_retained")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_accumulation_policy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accumulation")),
        sa.UniqueConstraint(
            "policy_id", "dimension", "name", name=op.f("uq_accumulation_policy_id_dimension_name")
        ),
    )
    with op.batch_alter_table("accumulation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accumulation_key"),
            ["dimension", "name", "ends_on", "currency", "product", "minor", "retained_minor"],
            unique=False,
        )


def _create_retention() -> None:
    op.create_table(
        "retention",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("retained_minor", sa.BigInteger(), nullable=False),
        sa.Column("premium_minor", sa.BigInteger(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_retention_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention")),
    )
    with op.batch_alter_table("retention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_retention_moved"),
            ["currency", "moved_on", "product", "retained_minor", "premium_minor"],
            unique=False,
        )


def _create_means() -> None:
    op.create_table(
        "means",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("net_assets", sa.BigInteger(), nullable=False),
        sa.Column("capital_and_reserves", sa.BigInteger(), nullable=False),
        sa.Column("retained_premium", sa.BigInteger(), nullable=False),
        sa.Column("retained_guarantee", sa.BigInteger(), nullable=False),
        sa.Column("retained_financing", sa.BigInteger(), nullable=False),
        sa.Column("small_business_share", sa.String(), nullable=False),
        sa.Column("core_solvency", sa.String(), nullable=False),
        sa.Column("comprehensive_solvency", sa.String(), nullable=False),
        sa.CheckConstraint("retained_premium >= 0", name=op.f("ck_means_premium")),
        sa.CheckConstraint("retained_financing >= 0", name=op.f("ck_means_financing")),
        sa.CheckConstraint(
            "retained_guarantee >= retained_financing", name=op.f("ck_means_guarantee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_means")),
        sa.UniqueConstraint("currency", "as_of", name=op.f("uq_means_currency_as_of")),
    )


def _count_policies() -> None:
    """Let every policy count under what its quote says of it; all of it is taken as kept.

    What others bear of it stands in its scheme and not in a column.
    """
    told = sa.text(
        "SELECT policy.id, policy.created_at, policy.product, policy.currency,"
        " policy.sum_insured_minor, policy.starts_on, policy.ends_on, policy.client_id,"
        " policy.borrower_register_id, quote.receipt"
        " FROM policy JOIN quote ON quote.id = policy.quote_id"
    )
    written = sa.text(
        "INSERT INTO accumulation (id, created_at, version, policy_id, dimension, name, currency,"
        " product, minor, retained_minor, starts_on, ends_on) VALUES (:row_id, :created_at, 1,"
        " :id, :dimension, :name, :currency, :product, :sum_insured_minor, :sum_insured_minor,"
        " :starts_on, :ends_on)"
    )
    bind = op.get_bind()
    for policy in bind.execute(told).mappings().all():
        for dimension, name in dict.fromkeys(_keys(policy)):
            mark = sha256(f"{policy['id']}:{dimension}:{name}".encode()).digest()[:16]
            row_id = f"au_{b32encode(mark).decode().rstrip('=').lower()}"
            bind.execute(
                written, {**policy, "row_id": row_id, "dimension": dimension, "name": name}
            )


def _keys(policy: sa.RowMapping) -> Iterator[tuple[str, str]]:
    yield "obligor", policy["borrower_register_id"]
    yield "group", policy["borrower_register_id"]
    yield "bank", policy["client_id"]
    for right in json.loads(policy["receipt"])["inputs"]["risk"]["rights"]:
        yield "right_holder", right["owner"]
        yield "family", right["number"]
