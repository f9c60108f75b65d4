"""A matter is kept by right and infringer, or accuser and court: two of one day are two claims."""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "4a10c0de0019"
down_revision: str | None = "4a10c0de0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

APART = {
    "infringement_loss": ("right_number", "infringer"),
    "infringement_liability": ("counterparty", "court"),
}


def upgrade() -> None:
    """Write the key of each matter that stands in the books."""
    connection = op.get_bind()
    for id_, product, file in _matters(connection):
        parts = [str(json.loads(file).get(name) or "") for name in APART[product]]
        _name(connection, id_, "/".join(parts) if any(parts) else "")


def downgrade() -> None:
    """Take the keys back; two matters of one day stop it, for one of them would be lost."""
    connection = op.get_bind()
    twice = connection.scalar(
        sa.text(
            "SELECT count(*) FROM (SELECT policy_id FROM claim JOIN policy"
            " ON policy.id = claim.policy_id WHERE policy.product IN :products"
            " GROUP BY policy_id, default_date HAVING count(*) > 1) AS twice"
        ).bindparams(sa.bindparam("products", list(APART), expanding=True))
    )
    assert not twice, "a day has several matters"
    for id_, _, _ in _matters(connection):
        _name(connection, id_, "")


def _matters(connection: sa.Connection) -> Sequence[tuple[str, str, str]]:
    """Return id, product and file of every claim of these products."""
    query = sa.text(
        "SELECT claim.id, policy.product, claim.file FROM claim JOIN policy"
        " ON policy.id = claim.policy_id WHERE policy.product IN :products"
    ).bindparams(sa.bindparam("products", list(APART), expanding=True))
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def _name(connection: sa.Connection, id_: str, key: str) -> None:
    named = sa.text("UPDATE claim SET event_key = :key WHERE id = :id")
    connection.execute(named, {"key": key, "id": id_})
