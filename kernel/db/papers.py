"""Papers as they left the house, byte for byte."""

import hashlib
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from kernel.db.page import Subject, write
from kernel.db.row import new_id
from kernel.db.tables import DocumentRow

PDF: Final = "application/pdf"


def file(
    session: Session,
    subject: Subject,
    kind: str,
    *,
    number: str,
    content: bytes,
    at: datetime,
    media_type: str = PDF,
    language: str = "zh-CN",
) -> DocumentRow:
    """Keep a paper as it leaves the house, under its SHA-256."""
    return write(
        session,
        DocumentRow(
            id=new_id("dc"),
            created_at=at,
            subject_type=subject.type,
            subject_id=subject.id,
            kind=kind,
            number=number,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            media_type=media_type,
            language=language,
        ),
    )


def documents(session: Session, subject: Subject) -> tuple[DocumentRow, ...]:
    """Return the papers of a subject, oldest first."""
    found = session.exec(
        select(DocumentRow)
        .where(DocumentRow.subject_type == subject.type, DocumentRow.subject_id == subject.id)
        .order_by(col(DocumentRow.created_at), col(DocumentRow.id))
    )
    return tuple(found)
