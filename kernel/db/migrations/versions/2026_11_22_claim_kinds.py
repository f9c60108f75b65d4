"""Claims of every kind: items asked, settlements that follow one another."""

import base64
import json
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0008"
down_revision: str | None = "4a10c0de0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ONE_DEFAULT = "ix_claim_client_id_loan_default_date"

ADDED = (
    ("sequence", sa.Integer(), "1"),
    ("purpose", sa.String(), "'final'"),
    ("counts_on", sa.Date(), "settled_on"),
    ("counted_minor", sa.BigInteger(), "eligible_minor"),
    ("paid_out_minor", sa.BigInteger(), "paid_to_bank_minor"),
    ("taken_back_minor", sa.BigInteger(), "0"),
    ("payees", sa.Text(), "'{}'"),
    ("lines", sa.Text(), "'[]'"),
)
"""Columns of a settlement, and what stands in them for those made before."""

CHECKS = {
    "sequence": "sequence >= 1",
    "purpose": "purpose IN ('advance', 'interim', 'early', 'final', 'true_up', 'recomputed')",
    "counted": "counted_minor BETWEEN 0 AND eligible_minor",
    "taken_back": "taken_back_minor >= 0",
    "out": "paid_out_minor >= paid_to_bank_minor + taken_back_minor",
}


def upgrade() -> None:
    """Apply the step; what was asked before becomes one item a line."""
    _create_claim_item()
    op.add_column("claim", sa.Column("loan", sa.String(), nullable=True))
    op.create_index(ONE_DEFAULT, "claim", ["client_id", "loan", "default_date"], unique=True)
    _fill_claims()
    with op.batch_alter_table("settlement") as batch:
        for name, type_, _ in ADDED:
            batch.add_column(sa.Column(name, type_, nullable=True))
    before = ", ".join(f"{name} = {value}" for name, _, value in ADDED)
    op.execute(f"UPDATE settlement SET {before}")  # noqa: S608 - our own words
    with op.batch_alter_table("settlement") as batch:
        for name, type_, _ in ADDED:
            batch.alter_column(name, existing_type=type_, nullable=False)
        batch.drop_constraint(op.f("uq_settlement_claim_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_settlement_claim_id_sequence"), ["claim_id", "sequence"]
        )
        for name, test in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_settlement_{name}"), test)
    for statement in protect("claim_item", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take the step back; a claim settled twice stops it, for its first loss would be lost."""
    connection = op.get_bind()
    later = connection.scalar(sa.text("SELECT count(*) FROM settlement WHERE sequence > 1"))
    assert not later, "a claim has settlements that follow one another"
    for statement in unprotect("claim_item", connection.dialect.name):
        op.execute(statement)
    with op.batch_alter_table("settlement") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_settlement_{name}"), type_="check")
        batch.drop_constraint(op.f("uq_settlement_claim_id_sequence"), type_="unique")
        batch.create_unique_constraint(op.f("uq_settlement_claim_id"), ["claim_id"])
        for name, _, _ in reversed(ADDED):
            batch.drop_column(name)
    op.drop_index(ONE_DEFAULT, table_name="claim")
    op.drop_column("claim", "loan")
    op.drop_table("claim_item")


def _create_claim_item() -> None:
    op.create_table(
        "claim_item",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_claim_item_amount")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_item_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_item")),
        sa.UniqueConstraint("claim_id", "reference", name=op.f("uq_claim_item_claim_id_reference")),
    )


def _fill_claims() -> None:
    """Write an item a line, and the loan of each claim; the first on a default keeps it."""
    connection, taken = op.get_bind(), set()
    claims = connection.execute(
        sa.text(
            "SELECT c.id, c.created_at, c.client_id, c.default_date, c.notified_on, c.asked,"
            " c.file, p.borrower_register_id AS borrower, p.contract"
            " FROM claim c JOIN policy p ON p.id = c.policy_id ORDER BY c.created_at, c.id"
        )
    ).mappings()
    for claim in list(claims):
        loan = json.loads(claim["contract"])["loan"]
        denied = json.loads(claim["file"]).get("denied")
        key = loan and f"{claim['borrower']}:{loan['contract']}"
        if key and not denied and (claim["client_id"], key, claim["default_date"]) not in taken:
            taken.add((claim["client_id"], key, claim["default_date"]))
            named = sa.text("UPDATE claim SET loan = :loan WHERE id = :id")
            connection.execute(named, {"loan": key, "id": claim["id"]})
        for item in _items(claim):
            connection.execute(_ITEM, item)


_ITEM = sa.text(
    "INSERT INTO claim_item (id, created_at, claim_id, line, amount_minor, reference, stage,"
    " stated_on, words) VALUES (:id, :created_at, :claim_id, :line, :amount_minor, :reference,"
    " '', :stated_on, 'notice')"
)


def _items(claim: Any) -> Iterator[dict[str, Any]]:
    for line, minor in json.loads(claim["asked"]).items():
        if minor > 0:
            letters = base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
            yield {
                "id": f"ci_{letters}",
                "created_at": claim["created_at"],
                "claim_id": claim["id"],
                "line": line,
                "amount_minor": minor,
                "reference": f"notice:{line}",
                "stated_on": claim["notified_on"],
            }
