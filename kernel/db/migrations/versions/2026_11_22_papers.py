"""Papers are kept as what they say, and printed once."""

revision = "4a10c0de0007"
down_revision = "4a10c0de0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
