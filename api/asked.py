"""A request under its key: answered before, or answered now and for ever."""

from datetime import datetime
from typing import NamedTuple

from fastapi import Response
from sqlmodel import Session

from api.answers import JSON, respond
from kernel.db import books


def scope_of(party_id: str, operation: str) -> str:
    """Return whose keys they are: a party's own, and of one operation only."""
    return f"{party_id}:{operation}"


class Asked(NamedTuple):
    """A request that acts once.

    Attributes:
        scope: whose key it is, and of which operation.
        key: the caller's name for the act.
        sha256: of place and body.
        status: of the answer when all goes well.
    """

    scope: str
    key: str
    sha256: str
    status: int

    def answered(self, session: Session) -> Response | None:
        """Return the answer that was given before, byte for byte; None to a new request.

        Raises:
            Conflict: `idempotency-key-reused`, where the key came with another request.
        """
        row = books.recall(session, scope=self.scope, key=self.key, request_sha256=self.sha256)
        if row is None:
            return None
        headers = {"Idempotent-Replayed": "true"}
        return respond(row.response, status=row.status, headers=headers)

    def answer(self, session: Session, content: bytes, at: datetime) -> Response:
        """Keep an answer in the transaction of its act, and return it."""
        books.remember(
            session,
            scope=self.scope,
            key=self.key,
            request_sha256=self.sha256,
            status=self.status,
            response=content,
            content_type=JSON,
            at=at,
        )
        return respond(content, status=self.status)
