"""Policy life: what was done with each policy, sealed; the issue of those in the books."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect

revision: str = "4a10c0de0002"
down_revision: str | None = "4a10c0de0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GROWING = ("policy_transaction", "amendment")
WITHOUT_CENTS = ("JPY", "KRW")
FIRST = "0" * 64


def upgrade() -> None:
    """Apply the step; policies in the books get the transaction that issued them."""
    _create_policy_transaction()
    _create_amendment()
    _issue()
    for table in GROWING:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Take the step back, unless something was done with a policy since it was issued."""
    bind = op.get_bind()
    since = bind.scalar(sa.text("SELECT count(*) FROM policy_transaction WHERE seq > 1"))
    assert not since, "policies have changed; what was done with them is not thrown away"
    for table in GROWING:
        for statement in unprotect(table, bind.dialect.name):
            op.execute(statement)
    op.drop_table("amendment")
    op.drop_table("policy_transaction")


def _create_policy_transaction() -> None:
    op.create_table(
        "policy_transaction",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reverses_id", sa.String(), nullable=True),
        sa.Column("quote_id", sa.String(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("premium_minor", sa.BigInteger(), nullable=True),
        sa.Column("tax_minor", sa.BigInteger(), nullable=True),
        sa.Column("subsidy_minor", sa.BigInteger(), nullable=True),
        sa.Column("delta_minor", sa.BigInteger(), nullable=False),
        sa.Column("delta_tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("delta_subsidy_minor", sa.BigInteger(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(hash) = 64 AND length(prev_hash) = 64", name=op.f("ck_policy_transaction_hash")
        ),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_policy_transaction_seq")),
        sa.CheckConstraint(
            "subsidy_minor BETWEEN 0 AND premium_minor", name=op.f("ck_policy_transaction_subsidy")
        ),
        sa.CheckConstraint(
            "tax_minor BETWEEN 0 AND premium_minor", name=op.f("ck_policy_transaction_tax")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_policy_transaction_policy_id")
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name=op.f("fk_policy_transaction_quote_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["policy_transaction.id"],
            name=op.f("fk_policy_transaction_reverses_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_transaction")),
        sa.UniqueConstraint("number", name=op.f("uq_policy_transaction_number")),
        sa.UniqueConstraint("policy_id", "seq", name=op.f("uq_policy_transaction_policy_id_seq")),
        sa.UniqueConstraint("quote_id", name=op.f("uq_policy_transaction_quote_id")),
    )


def _create_amendment() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("quote_id", sa.String(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_amendment_policy_id")),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_amendment_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("quote_id", name=op.f("uq_amendment_quote_id")),
    )


def _issue() -> None:
    """Write what issued each policy, from the policy and the receipt of its quote."""
    bind = op.get_bind()
    names = (
        "id", "created_at", "number", "quote_id", "currency", "premium_minor", "starts_on",
        "contract",
    )  # fmt: skip
    policy = sa.table("policy", *(sa.column(name) for name in names))
    starts = sa.type_coerce(policy.c.starts_on, sa.Date).label("starts_on")
    quote = sa.table("quote", sa.column("id"), sa.column("receipt"))
    others = [policy.c[name] for name in names if name != "starts_on"]
    query = sa.select(*others, starts, quote.c.receipt).join_from(
        policy, quote, quote.c.id == policy.c.quote_id
    )
    written = sa.MetaData()
    into = sa.Table("policy_transaction", written, autoload_with=bind)
    for row in bind.execute(query).mappings().all():
        bind.execute(into.insert().values(_row(dict(row))))


def _row(policy: Mapping[str, Any]) -> dict[str, Any]:
    premium = json.loads(policy["receipt"])["premium"]
    unit, total = policy["currency"], policy["premium_minor"]
    tax = sum(_minor(one["amount"], unit) for one in premium["lines"] if one["code"] == "tax")
    public = sum(_minor(payer["amount"], unit) for payer in premium["payers"][:-1])
    row = {
        "id": f"tx{policy['id'][2:]}",
        "created_at": policy["created_at"],
        "number": f"IS-{policy['number'].partition('-')[2]}",
        "policy_id": policy["id"],
        "seq": 1,
        "kind": "issue",
        "effective_on": policy["starts_on"],
        "booked_on": _booked(policy["number"]),
        "actor": "not recorded",
        "reason": "issued",
        "reverses_id": None,
        "quote_id": policy["quote_id"],
        "after": json.loads(policy["contract"]),
        "agreed": {},
        "currency": unit,
        "premium_minor": total,
        "tax_minor": tax,
        "subsidy_minor": public,
        "delta_minor": total,
        "delta_tax_minor": tax,
        "delta_subsidy_minor": public,
        "prev_hash": FIRST,
    }
    return {
        **row,
        "hash": _hash(row),
        "after": _canonical(row["after"]),
        "agreed": _canonical(row["agreed"]),
    }


def _hash(row: Mapping[str, Any]) -> str:
    """Seal a row, in the form that was in use when this step was written."""
    plain = (
        "id", "number", "policy_id", "seq", "kind", "actor", "reason", "reverses_id", "quote_id",
        "after", "agreed", "currency", "premium_minor", "tax_minor", "subsidy_minor",
        "delta_minor", "delta_tax_minor", "delta_subsidy_minor",
    )  # fmt: skip
    days = (row["effective_on"].isoformat(), row["booked_on"].isoformat())
    sealed = [1, row["prev_hash"], row["created_at"], *days, *(row[name] for name in plain)]
    return hashlib.sha256(_canonical(sealed).encode()).hexdigest()


def _booked(number: str) -> date:
    """Return the business date in a policy's number, PG-20260302-..."""
    return date.fromisoformat(number.split("-")[1])


def _minor(text: str, currency: str) -> int:
    return int(Decimal(text) * (1 if currency in WITHOUT_CENTS else 100))


def _canonical(value: Any) -> str:
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
