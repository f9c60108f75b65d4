"""Who may call, and the test clock of a sandbox. A token is kept as its SHA-256 only."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Record, Row, UtcInstant


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


class SandboxRow(Row, table=True):
    """That this database is a sandbox; there is one row or none.

    Attributes:
        days: by which its clock runs ahead.
        steps: that walks have taken; each takes the next, so no step is taken twice.
        walking: the advance that is under way; None where none is.
        stepped_at: the unshifted instant of the last step.
    """

    days: int = 0
    steps: int = 0
    walking: str | None = None
    stepped_at: datetime = Field(sa_type=UtcInstant)

    __table_args__ = (
        CheckConstraint("days >= 0", name="days"),
        CheckConstraint("steps >= 0", name="steps"),
        CheckConstraint("id = 'sb_aaaaaaaaaaaaaaaaaaaaaaaaaa'", name="one"),
    )


class SandboxAdvanceRow(Row, table=True):
    """One time that the clock was put forward, under the caller's own key.

    Attributes:
        scope: whose key it is.
        request_sha256: of what was asked.
        from_on: the day on which it began.
        until: the day that it is to reach.
        scenario: what the borrower of a policy does; null where nothing was stated.
        state: `walking`, `arrived` or `stopped`.
    """

    scope: str
    key: str
    request_sha256: str
    from_on: date
    until: date
    scenario: dict[str, Any] | None = Field(sa_type=FrozenJson)
    state: str

    __table_args__ = (
        UniqueConstraint("scope", "key"),
        CheckConstraint("until >= from_on", name="forward"),
        CheckConstraint("state IN ('walking', 'arrived', 'stopped')", name="state"),
    )


class SandboxHappeningRow(Record, table=True):
    """One thing that happened while the clock went forward.

    Attributes:
        sequence: 1, 2, 3 ... in the sandbox.
        name: of this one thing; it happens once. A refusal has a number before it.
        happened_on: the day.
        whose: whose turn it is after it.
        path: of what it concerns.
        client_id: whose business it is.
    """

    advance_id: str = Field(foreign_key="sandbox_advance.id")
    sequence: int
    name: str
    happened_on: date
    code: str
    zh: str
    en: str
    whose: str
    path: str
    client_id: str = Field(foreign_key="party.id")

    __table_args__ = (
        UniqueConstraint("sequence"),
        UniqueConstraint("name"),
        CheckConstraint("sequence >= 1", name="sequence"),
    )
