"""A claim of customs is kept by its demand: two demands of one day are two claims."""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "4a10c0de0018"
down_revision: str | None = "4a10c0de0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = "uq_claim_policy_id_default_date"
AFTER = "uq_claim_policy_id_default_date_event_key"


def upgrade() -> None:
    """Apply the step; claims of demands that stand in the books get their key."""
    op.add_column("claim", sa.Column("event_key", sa.String(), nullable=True))
    _fill()
    with op.batch_alter_table("claim") as batch:
        batch.alter_column("event_key", existing_type=sa.String(), nullable=False)
        batch.drop_constraint(op.f(BEFORE), type_="unique")
        batch.create_unique_constraint(op.f(AFTER), ["policy_id", "default_date", "event_key"])


def downgrade() -> None:
    """Take the step back; two claims of one day stop it, for one of them would be lost."""
    twice = op.get_bind().scalar(
        sa.text(
            "SELECT count(*) FROM (SELECT policy_id FROM claim"
            " GROUP BY policy_id, default_date HAVING count(*) > 1) AS twice"
        )
    )
    assert not twice, "a day has several demands"
    with op.batch_alter_table("claim") as batch:
        batch.drop_constraint(op.f(AFTER), type_="unique")
        batch.create_unique_constraint(op.f(BEFORE), ["policy_id", "default_date"])
        batch.drop_column("event_key")


def _fill() -> None:
    """Write letter and reference of the demand as the key, where the file of a claim has them."""
    connection = op.get_bind()
    claims = connection.execute(sa.text("SELECT id, file FROM claim")).mappings()
    named = sa.text("UPDATE claim SET event_key = :key WHERE id = :id")
    for claim in list(claims):
        demand = json.loads(claim["file"]).get("demand") or {}
        parts = [str(demand.get(name) or "") for name in ("letter", "reference")]
        key = "/".join(parts) if any(parts) else ""
        connection.execute(named, {"key": key, "id": claim["id"]})
