"""Answers already given, so that a repeated request gets the same one and acts once."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from kernel.db.page import append, table_of
from kernel.db.row import new_id
from kernel.db.tables import IdempotencyRow
from kernel.errors import Conflict, Fault

_TABLE = table_of(IdempotencyRow)
_EARLIER = select(_TABLE).where(
    _TABLE.c.scope == bindparam("scope"), _TABLE.c.key == bindparam("key")
)


_KEPT = select(_TABLE.c.id).where(
    _TABLE.c.scope == bindparam("scope"), _TABLE.c.key == bindparam("key")
)


def is_kept(session: Session, *, scope: str, key: str) -> bool:
    """Say whether an answer is kept under a key, whatever request it was to."""
    return session.execute(_KEPT, {"scope": scope, "key": key}).first() is not None


def recall(session: Session, *, scope: str, key: str, request_sha256: str) -> IdempotencyRow | None:
    """Return the answer that this request got before; None when the key is new.

    The same key with another request is refused with `Conflict("idempotency-key-reused")`.
    """
    found = session.execute(_EARLIER, {"scope": scope, "key": key}).mappings().one_or_none()
    if found is None:
        return None
    row = IdempotencyRow(**found)
    if row.request_sha256 != request_sha256:
        fault = Fault("Idempotency-Key", "was used for another request", "send a new key")
        raise Conflict("idempotency-key-reused", fault)
    return row


def remember(
    session: Session,
    *,
    scope: str,
    key: str,
    request_sha256: str,
    status: int,
    response: bytes,
    content_type: str,
    at: datetime,
) -> IdempotencyRow:
    """Keep the answer to a request, in the same transaction as what it did."""
    return append(
        session,
        IdempotencyRow(
            id=new_id("ik"),
            created_at=at,
            scope=scope,
            key=key,
            request_sha256=request_sha256,
            status=status,
            response=response,
            content_type=content_type,
        ),
    )
