"""Audit of prints: each carries what was filed, and prints again to the same bytes."""

from collections.abc import Iterator
from typing import Final

from sqlmodel import Session, col, select

from documents.edition import edition
from documents.mark import SANDBOX
from documents.press import print_stated
from documents.printed import stated_of
from kernel.db.tables import DocumentRow, PrintRow
from kernel.errors import Fault, Invalid

_AT_ONCE: Final = {"yield_per": 8}
_CURE: Final = "restore it from the last backup that verifies, and find out who wrote to it"


def verify_prints(session: Session) -> tuple[Fault, ...]:
    """Return the prints that are not what their papers say.

    Each carries its text, so that is compared whatever the edition of the house; prints of this
    edition are printed again, at some tens of milliseconds a paper.
    """
    rows = session.exec(
        select(DocumentRow, PrintRow)
        .where(col(PrintRow.document_id) == col(DocumentRow.id))
        .order_by(col(DocumentRow.id))
        .execution_options(**_AT_ONCE)
    )
    return tuple(
        Fault(f"document {paper.id}", f"number {paper.number} {words}", _CURE)
        for paper, kept in rows
        for words in _faults(paper, kept)
    )


def _faults(paper: DocumentRow, kept: PrintRow) -> Iterator[str]:
    if paper.stated is None:
        yield "has a print but does not say what it says"
        return
    try:
        carried = stated_of(kept.content)
    except Invalid as trouble:
        yield f"has a print that {trouble.faults[0].problem}"
        return
    if carried != paper.stated:
        yield "has a print that says something else"
    elif kept.edition == edition() and not _prints_again(paper.stated, kept.sha256):
        yield "does not print again to the same bytes"


def _prints_again(text: str, sha256: str) -> bool:
    """Whether a paper is printed again to the same bytes, bare or with the mark of a sandbox."""
    return any(print_stated(text, mark).sha256 == sha256 for mark in ("", SANDBOX))
