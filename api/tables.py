"""Who may call. A token is kept as its SHA-256 only."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from kernel.db.row import Row, UtcInstant


class AccessRow(Row, table=True):
    """One bearer token.

    Attributes:
        token_sha256: of the token, in hex.
        party_id: on whose behalf it acts.
        role: `underwriter`, `bank`, `firm` or `adjuster`.
        authority: how far an underwriter may go alone.
        label: what its holder calls it.
        revoked_at: from when it no longer opens anything.
    """

    token_sha256: str
    party_id: str = Field(foreign_key="party.id")
    role: str
    authority: str
    label: str
    revoked_at: datetime | None = Field(default=None, sa_type=UtcInstant, nullable=True)

    __table_args__ = (UniqueConstraint("token_sha256"),)
