"""Papers: kept as what they say and printed once, or byte for byte as they left the house."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from kernel.db.gather import row_of
from kernel.db.page import Subject, write
from kernel.db.row import new_id
from kernel.db.tables import DocumentRow, PrintRow

PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class Copy:
    """What is known of the bytes of a paper, without the bytes.

    Attributes:
        sha256: of the bytes.
        size: how many bytes.
        pages: how many; None where the paper was filed as bytes.
    """

    sha256: str
    size: int
    pages: int | None


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
        row_of(
            DocumentRow,
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


def file_form(
    session: Session,
    subject: Subject,
    kind: str,
    *,
    number: str,
    stated: str,
    at: datetime,
    language: str = "zh-CN",
) -> DocumentRow:
    """Keep what a paper says, canonical JSON, under its SHA-256; it is printed when wanted."""
    return write(
        session,
        row_of(
            DocumentRow,
            id=new_id("dc"),
            created_at=at,
            subject_type=subject.type,
            subject_id=subject.id,
            kind=kind,
            number=number,
            stated=stated,
            stated_sha256=hashlib.sha256(stated.encode()).hexdigest(),
            media_type=PDF,
            language=language,
        ),
    )


def documents(session: Session, subject: Subject) -> tuple[DocumentRow, ...]:
    """Return the papers of a subject, oldest first; those of one instant by their number."""
    found = session.exec(
        select(DocumentRow).where(
            DocumentRow.subject_type == subject.type, DocumentRow.subject_id == subject.id
        )
    )
    return tuple(sorted(found, key=lambda one: (one.created_at, counted(one.number), one.id)))


def counted(number: str) -> tuple[tuple[int, str], ...]:
    """Return a number as it is put in order: what is counted in it by its worth.

    >>> sorted(["CL-1-C10", "CL-1-S1", "CL-1-C2"], key=counted)
    ['CL-1-C2', 'CL-1-C10', 'CL-1-S1']
    """
    found = re.findall(r"(\d+)|(\D+)", number)
    return tuple((int(digits or -1), words) for digits, words in found)


def print_of(session: Session, document_id: str) -> PrintRow | None:
    """Return the print of a paper; None before it is printed."""
    return session.get(PrintRow, document_id)


def keep_print(
    session: Session, paper: DocumentRow, content: bytes, *, pages: int, edition: str, at: datetime
) -> PrintRow:
    """Keep the print of a paper and return it; where there is one already, that one stands.

    A paper that was filed as bytes has no print: asserted.
    """
    assert paper.content is None, "a paper filed as bytes is not printed"
    return print_of(session, paper.id) or write(
        session,
        PrintRow(
            document_id=paper.id,
            printed_at=at,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            pages=pages,
            edition=edition,
        ),
    )


def copies(session: Session, papers: Iterable[DocumentRow]) -> dict[str, Copy]:
    """Return id -> what is known of the bytes, of those papers that have any yet."""
    papers = tuple(papers)
    bytes_of = {
        paper.id: Copy(paper.sha256, len(paper.content), None)
        for paper in papers
        if paper.content is not None and paper.sha256 is not None
    }
    prints = session.execute(
        sa_select(
            col(PrintRow.document_id),
            col(PrintRow.sha256),
            func.length(PrintRow.content),
            col(PrintRow.pages),
        ).where(col(PrintRow.document_id).in_([paper.id for paper in papers]))
    )
    return bytes_of | {id_: Copy(sha256, size, pages) for id_, sha256, size, pages in prints}
