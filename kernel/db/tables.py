"""The books of the house: what only ever grows. Triggers refuse UPDATE and DELETE.

`books.py` is the only writer and `verify.py` the only auditor. Hashes are SHA-256 as 64
hexadecimal digits.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from kernel.db.row import FrozenJson, Line, Minor, Record, UtcInstant


class JournalRow(Record, table=True):
    """The head of one balanced entry.

    Attributes:
        booked_on: business date in Asia/Shanghai.
        memo: what happened, in words of the trade.
        subject_type: what the entry is about, such as `policy`.
        subject_id: id of that subject.
        key: names the act; unique, so that one act posts once.
        sha256: of the entry's canonical form, see `seal.entry_sha256`.
    """

    booked_on: date
    memo: str
    subject_type: str
    subject_id: str
    key: str
    sha256: str

    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "subject_type", "subject_id"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )


class PostingRow(Line, table=True):
    """One side of an entry: a debit above zero, a credit below."""

    entry_id: str = Field(primary_key=True, foreign_key="journal.id")
    line: int = Field(primary_key=True)
    account: str
    currency: str
    amount_minor: int = Field(sa_type=Minor)

    __table_args__ = (
        Index(None, "account", "currency"),
        CheckConstraint("amount_minor <> 0", name="amount"),
        CheckConstraint("length(currency) = 3", name="currency"),
        CheckConstraint("line >= 1", name="line"),
    )


class EventRow(Record, table=True):
    """What was done to a subject, by whom; each event seals the one before it.

    The chain runs per subject, not per installation: one chain for all would make its
    head a row that every act has to win. `verify.event_heads` is the anchor to keep
    outside, without which a cut tail or a rewritten chain cannot be seen.

    Attributes:
        sequence: 1, 2, 3 … within the subject.
        kind: dotted name such as `policy.bound`.
        actor: id of the party or clerk that acted.
        payload: what matters of the act; personal matters by reference only.
        prev_hash: hash of the event before, 64 zeros for the first.
        hash: see `seal.event_hash`.
    """

    subject_type: str
    subject_id: str
    sequence: int
    kind: str
    actor: str
    payload: dict[str, Any] = Field(sa_type=FrozenJson)
    prev_hash: str
    hash: str

    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id", "sequence"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("length(hash) = 64 AND length(prev_hash) = 64", name="hash"),
    )


class DocumentRow(Record, table=True):
    """One paper: as what it says, to be printed when it is wanted, or as the bytes that left.

    Attributes:
        kind: form, such as `policy_schedule`.
        number: the number printed on it.
        stated: what it says, canonical JSON; none where it was filed as bytes.
        stated_sha256: of `stated` in UTF-8.
        content: the bytes it was filed with, such as a signed file; none where it is printed
            from `stated`, see `PrintRow`.
        sha256: of `content`.
        media_type: such as `application/pdf`; of the print where there are no bytes yet.
        language: BCP 47 tag, such as `zh-CN` or `en`.
    """

    subject_type: str
    subject_id: str
    kind: str
    number: str
    sha256: str | None = None
    content: bytes | None = None
    media_type: str
    language: str
    stated: str | None = Field(default=None, sa_type=Text)
    stated_sha256: str | None = None

    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id", "kind", "number"),
        Index(None, "sha256"),
        Index(None, "stated_sha256"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("length(stated_sha256) = 64", name="stated_sha256"),
        CheckConstraint("(content IS NULL) = (sha256 IS NULL)", name="content"),
        CheckConstraint("(stated IS NULL) = (stated_sha256 IS NULL)", name="stated"),
        CheckConstraint("stated IS NOT NULL OR content IS NOT NULL", name="said"),
    )


class PrintRow(Line, table=True):
    """The one print of a paper that was filed as what it says, byte for byte.

    Attributes:
        printed_at: when, aware, UTC.
        sha256: of `content`.
        pages: how many.
        edition: of the house that printed it; the same edition prints the same bytes.
    """

    document_id: str = Field(primary_key=True, foreign_key="document.id")
    printed_at: datetime = Field(sa_type=UtcInstant)
    sha256: str
    content: bytes
    pages: int
    edition: str

    __table_args__ = (
        Index(None, "sha256"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("length(content) > 0", name="content"),
        CheckConstraint("pages >= 1", name="pages"),
    )


class IdempotencyRow(Record, table=True):
    """The answer that a request got, to be given again for ever.

    Attributes:
        scope: party id and operation, so that another party's key is another key.
        key: the Idempotency-Key header.
        request_sha256: of the request; another request under the same key is refused.
        status: HTTP status of the answer.
        response: its body, byte for byte.
        content_type: its media type.
    """

    scope: str
    key: str
    request_sha256: str
    status: int
    response: bytes
    content_type: str

    __table_args__ = (
        UniqueConstraint("scope", "key"),
        CheckConstraint("length(request_sha256) = 64", name="request_sha256"),
    )


class OutboxRow(Record, table=True):
    """What must reach the world, committed with the act that caused it.

    Sent at least once, with `id` stable and `sequence` in order within the subject.

    Attributes:
        sequence: 1, 2, 3 … within the subject.
        topic: dotted name such as `letter.issued`.
        payload: body of the message.
        sent_at: when it was taken over by the receiver; empty until then.
    """

    subject_type: str
    subject_id: str
    sequence: int
    topic: str
    payload: dict[str, Any] = Field(sa_type=FrozenJson)
    sent_at: datetime | None = Field(default=None, sa_type=UtcInstant)

    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id", "sequence"),
        CheckConstraint("sequence >= 1", name="sequence"),
        Index(
            "ix_outbox_unsent",
            "created_at",
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )
