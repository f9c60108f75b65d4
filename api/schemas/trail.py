"""Papers and events on the wire."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field
from sqlmodel import Session

from api.schemas.common import Answer
from kernel.db import books
from kernel.db.tables import DocumentRow, EventRow


class SubjectType(StrEnum):
    """What papers are filed under."""

    QUOTE = "quote"
    POLICY = "policy"
    CLAIM = "claim"
    LETTER = "letter"
    SCHEME = "scheme"
    REPORT = "report"


class DocumentAnswer(Answer):
    """One paper: what it says, and its bytes once it is printed."""

    id: str
    subject_type: str
    subject_id: str
    kind: str
    number: str
    stated_sha256: str | None = Field(
        description="Of what it says, the attachment `form.json` of the print; null where it was "
        "filed as finished bytes, such as a signed letter"
    )
    sha256: str | None = Field(description="Of the content; null until it is first printed")
    size: int | None = Field(description="Bytes; null until it is first printed")
    pages: int | None = Field(description="Null until it is printed, and where filed as bytes")
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


def document_answers(session: Session, rows: Sequence[DocumentRow]) -> tuple[DocumentAnswer, ...]:
    """Return papers without their content, in the order given."""
    bytes_of = books.copies(session, rows)
    return tuple(_document(row, bytes_of.get(row.id)) for row in rows)


def document_answer(session: Session, row: DocumentRow) -> DocumentAnswer:
    """Return a paper without its content."""
    (answer,) = document_answers(session, (row,))
    return answer


def _document(row: DocumentRow, copy: books.Copy | None) -> DocumentAnswer:
    plain = (
        "id", "subject_type", "subject_id", "kind", "number", "stated_sha256", "media_type",
        "language", "created_at",
    )  # fmt: skip
    return DocumentAnswer(
        **{name: getattr(row, name) for name in plain},
        sha256=copy and copy.sha256,
        size=copy and copy.size,
        pages=copy and copy.pages,
        content=f"/v1/documents/{row.id}/content",
    )


def event_answer(row: EventRow) -> EventAnswer:
    """Return an event."""
    plain = ("id", "sequence", "kind", "actor", "payload", "prev_hash", "hash")
    return EventAnswer(**{name: getattr(row, name) for name in plain}, at=row.created_at)
