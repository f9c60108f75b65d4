"""Auditing the books: recompute every sum and every hash. Streams; changes nothing.

    verify_journal(session) -> tuple[Fault, ...]
    verify_events(session, anchor: Iterable[Head] = ()) -> tuple[Fault, ...]
    verify_documents(session) -> tuple[Fault, ...]
    event_heads(session) -> Iterator[Head]          # the anchor, to be kept outside

No findings means that the books agree with themselves. That a tail was cut or a chain
rewritten as a whole shows only against an anchor kept elsewhere.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import BigInteger, Text, func, type_coerce
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from kernel.db.seal import FIRST, Sealed, entry_sha256, event_hash
from kernel.db.tables import DocumentRow, EventRow, JournalRow, PostingRow, PrintRow
from kernel.errors import Fault
from kernel.journal import Posting

_ROWS_AT_ONCE: Final = {"yield_per": 500}
_PAPERS_AT_ONCE: Final = {"yield_per": 8}

_SEALED: Final[tuple[Any, ...]] = (
    EventRow.id,
    type_coerce(col(EventRow.created_at), BigInteger),
    EventRow.subject_type,
    EventRow.subject_id,
    EventRow.sequence,
    EventRow.kind,
    EventRow.actor,
    type_coerce(col(EventRow.payload), Text),
    EventRow.prev_hash,
    EventRow.hash,
)
"""The columns of `Sealed` as they are kept, then the two hashes."""

_CURE: Final = "restore it from the last backup that verifies, and find out who wrote to it"


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain of one subject had come, and its hash there."""

    subject_type: str
    subject_id: str
    sequence: int
    hash: str


def verify_journal(session: Session) -> tuple[Fault, ...]:
    """Return what is wrong in the journal: balance of each entry, its seal, lost postings."""
    lines = session.exec(
        select(JournalRow, PostingRow)
        .outerjoin(PostingRow, col(PostingRow.entry_id) == col(JournalRow.id))
        .order_by(col(JournalRow.id), col(PostingRow.line))
        .execution_options(**_ROWS_AT_ONCE)
    )
    faults: list[Fault] = []
    for head, group in groupby(lines, key=itemgetter(0)):
        rows = tuple(row for _, row in group)
        faults += (_fault("journal", head.id, words) for words in _entry_faults(head, rows))
    orphans = session.exec(
        select(PostingRow.entry_id)
        .outerjoin(JournalRow, col(PostingRow.entry_id) == col(JournalRow.id))
        .where(col(JournalRow.id).is_(None))
        .distinct()
    )
    faults += (_fault("journal", entry_id, "has postings but no head") for entry_id in orphans)
    return tuple(faults)


def _entry_faults(head: JournalRow, rows: tuple[PostingRow | None, ...]) -> Iterator[str]:
    postings = tuple(Posting(r.account, r.currency, r.amount_minor) for r in rows if r)
    if not postings:
        yield "has no postings"
        return
    for currency in sorted({posting.currency for posting in postings}):
        over = sum(posting.minor for posting in postings if posting.currency == currency)
        if over:
            yield f"is out of balance by {over} minor units of {currency}"
    if entry_sha256(head.booked_on, head.memo, head.key, postings) != head.sha256:
        yield "is not what was sealed"


def verify_events(session: Session, anchor: Iterable[Head] = ()) -> tuple[Fault, ...]:
    """Return what is wrong in the trails: gaps, broken links, changed events, lost heads.

    `anchor` is what `event_heads` gave at an earlier time: each of its events must still
    be there with the same hash.
    """
    rows = session.execute(
        sa_select(*_SEALED)
        .order_by(col(EventRow.subject_type), col(EventRow.subject_id), col(EventRow.sequence))
        .execution_options(**_ROWS_AT_ONCE)
    )
    trails = groupby((_Link(Sealed(*row[:-2]), *row[-2:]) for row in rows), key=_subject_of)
    faults: list[Fault] = []
    for subject, trail in trails:
        faults += (_fault("event", subject, words) for words in _trail_faults(trail))
    for head in anchor:
        if not _stands(session, head):
            words = f"no longer has event {head.sequence} of the anchor"
            faults.append(_fault("event", f"{head.subject_type}/{head.subject_id}", words))
    return tuple(faults)


@dataclass(frozen=True, slots=True)
class _Link:
    """One event as it stands in the database, nothing of it interpreted."""

    event: Sealed
    prev_hash: str
    hash: str


def _subject_of(link: _Link) -> str:
    return f"{link.event.subject_type}/{link.event.subject_id}"


def _trail_faults(trail: Iterable[_Link]) -> Iterator[str]:
    sequence, prev_hash = 0, FIRST
    for link in trail:
        sequence += 1
        if link.event.sequence != sequence:
            yield f"has event {link.event.sequence} where {sequence} should be"
            sequence = link.event.sequence
        if link.prev_hash != prev_hash:
            yield f"has event {sequence} that does not follow the one before"
        if event_hash(link.prev_hash, link.event) != link.hash:
            yield f"has event {sequence} that is not what was sealed"
        prev_hash = link.hash


def _stands(session: Session, head: Head) -> bool:
    found = session.exec(
        select(EventRow.hash).where(
            EventRow.subject_type == head.subject_type,
            EventRow.subject_id == head.subject_id,
            EventRow.sequence == head.sequence,
        )
    ).one_or_none()
    return found == head.hash


def event_heads(session: Session) -> Iterator[Head]:
    """Yield the newest event of every subject: write it down outside, signed and dated."""
    newest: Any = (
        select(EventRow.subject_type, EventRow.subject_id, func.max(EventRow.sequence).label("at"))
        .group_by(col(EventRow.subject_type), col(EventRow.subject_id))
        .subquery()
    )
    heads = session.exec(
        select(EventRow.subject_type, EventRow.subject_id, EventRow.sequence, EventRow.hash)
        .join(
            newest,
            (newest.c.subject_type == EventRow.subject_type)
            & (newest.c.subject_id == EventRow.subject_id)
            & (newest.c.at == EventRow.sequence),
        )
        .order_by(col(EventRow.subject_type), col(EventRow.subject_id))
        .execution_options(**_ROWS_AT_ONCE)
    )
    for head in heads:
        yield Head(*head)


def verify_documents(session: Session) -> tuple[Fault, ...]:
    """Return the papers whose words or bytes, filed or printed, are no longer those of their hash.

    Whether what a paper says still prints to the same bytes is for those who print.
    """
    papers = session.exec(
        select(DocumentRow, PrintRow)
        .outerjoin(PrintRow, col(PrintRow.document_id) == col(DocumentRow.id))
        .order_by(col(DocumentRow.id))
        .execution_options(**_PAPERS_AT_ONCE)
    )
    faults: list[Fault] = []
    for paper, print_ in papers:
        faults += (_fault("document", paper.id, words) for words in _paper_faults(paper, print_))
    orphans = session.exec(
        select(PrintRow.document_id)
        .outerjoin(DocumentRow, col(PrintRow.document_id) == col(DocumentRow.id))
        .where(col(DocumentRow.id).is_(None))
    )
    faults += (_fault("document", id_, "has a print but was never filed") for id_ in orphans)
    return tuple(faults)


def _paper_faults(paper: DocumentRow, print_: PrintRow | None) -> Iterator[str]:
    name = f"number {paper.number}"
    if paper.content is not None and _hash(paper.content) != paper.sha256:
        yield f"{name} is not the paper that was filed"
    if paper.stated is not None and _hash(paper.stated.encode()) != paper.stated_sha256:
        yield f"{name} does not say what was filed"
    if print_ and _hash(print_.content) != print_.sha256:
        yield f"{name} is not the paper that was printed"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _fault(book: str, place: str, problem: str) -> Fault:
    return Fault(f"{book} {place}", problem, _CURE)
