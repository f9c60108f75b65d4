"""Papers and events on the wire."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from api.schemas.common import Answer
from kernel.db.tables import DocumentRow, EventRow


class SubjectType(StrEnum):
    """What papers are filed under."""

    QUOTE = "quote"
    POLICY = "policy"
    CLAIM = "claim"


class DocumentAnswer(Answer):
    """One paper as it left the house."""

    id: str
    subject_type: str
    subject_id: str
    kind: str
    number: str
    sha256: str = Field(description="Of the content")
    size: int = Field(description="Bytes")
    media_type: str
    language: str
    created_at: datetime
    content: str = Field(description="Path of the content")


class EventAnswer(Answer):
    """One thing that was done; each event seals the one before it."""

    id: str
    sequence: int
    kind: str
    actor: str
    payload: dict[str, Any]
    at: datetime
    prev_hash: str
    hash: str


def document_answer(row: DocumentRow) -> DocumentAnswer:
    """Return a paper without its content."""
    plain = (
        "id", "subject_type", "subject_id", "kind", "number", "sha256", "media_type", "language",
        "created_at",
    )  # fmt: skip
    return DocumentAnswer(
        **{name: getattr(row, name) for name in plain},
        size=len(row.content),
        content=f"/v1/documents/{row.id}/content",
    )


def event_answer(row: EventRow) -> EventAnswer:
    """Return an event."""
    plain = ("id", "sequence", "kind", "actor", "payload", "prev_hash", "hash")
    return EventAnswer(**{name: getattr(row, name) for name in plain}, at=row.created_at)
