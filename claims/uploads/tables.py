"""What is remembered of papers that came in: each file once, each arrival, each rejection."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import Line, Record, UtcInstant


class UploadRow(Line, table=True):
    """A file under its own hash, whoever sent it and however often; it is never changed.

    Attributes:
        sha256: of the content, 64 hexadecimal digits.
        created_at: when it first came.
        size: bytes.
        form: see `claims.uploads.forms`.
        media_type: as it is handed out.
        content: the bytes as they came.
    """

    sha256: str = Field(primary_key=True)
    created_at: datetime = Field(sa_type=UtcInstant)
    size: int
    form: str
    media_type: str
    content: bytes = Field(sa_type=LargeBinary)

    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("size > 0 AND size = length(content)", name="size"),
    )


class ClaimPaperRow(Record, table=True):
    """A file that came as a paper of a claim. A later version keeps the earlier.

    Attributes:
        code: of the paper on the list of the claim.
        sequence: first, second, … version of that paper.
        received_on: business date.
        actor: who sent it, or recorded it.
    """

    claim_id: str = Field(foreign_key="claim.id")
    code: str
    sequence: int
    sha256: str = Field(foreign_key="upload.sha256")
    received_on: date
    actor: str

    __table_args__ = (
        UniqueConstraint("claim_id", "code", "sequence"),
        UniqueConstraint("claim_id", "code", "sha256"),
        Index(None, "sha256"),
        CheckConstraint("sequence >= 1", name="sequence"),
    )


class PaperRejectionRow(Record, table=True):
    """A paper that was looked at and is missing again.

    Attributes:
        code: of the paper on the list of the claim.
        sequence: first, second, … rejection of that paper.
        through: the last version that it rejects; 0 where the paper was only ticked.
        rejected_on: business date.
        reason: what is wrong with it.
        fact: the new fact that it follows from; empty where it came after the request.
        actor: who rejected it.
    """

    claim_id: str = Field(foreign_key="claim.id")
    code: str
    sequence: int
    through: int
    rejected_on: date
    reason: str
    fact: str
    actor: str

    __table_args__ = (
        UniqueConstraint("claim_id", "code", "sequence"),
        CheckConstraint("sequence >= 1 AND through >= 0", name="sequence"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )
