"""Letters of guarantee: their versions, their use, their register."""

revision = "4a10c0de0006"
down_revision = "4a10c0de0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
