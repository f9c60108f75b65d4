"""What is remembered of statements and reports that left the house. It only grows."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Record


class IssuedReportRow(Record, table=True):
    """One edition of a statement or report; what came later stands in the next.

    Attributes:
        number: printed on it.
        series: SHA-256 of what was asked: template, whom for, period; its editions follow on.
        edition: 1, 2, 3 … within the series.
        template: code.
        opens_on: first day of the period.
        closes_on: last day of it.
        whom: what it is of: scheme, party, bank, currency, as asked.
        issued_on: business date.
        actor: at whose desk.
        figures: every figure, as it was printed.
        figures_sha256: of them.
        changes: what is other than in the edition before; none in the first.
        document_id: the signed paper.
        file_sha256: of the signed file.
        signer: serial of the certificate that signed.
        prev_sha256: file of the edition before; 64 zeros for the first.
    """

    number: str
    series: str
    edition: int
    template: str
    opens_on: date
    closes_on: date
    whom: dict[str, Any] = Field(sa_type=FrozenJson)
    issued_on: date
    actor: str
    figures: list[Any] = Field(sa_type=FrozenJson)
    figures_sha256: str
    changes: list[Any] = Field(sa_type=FrozenJson)
    document_id: str = Field(foreign_key="document.id")
    file_sha256: str
    signer: str
    prev_sha256: str

    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("series", "edition"),
        Index(None, "created_at"),
        CheckConstraint("edition >= 1", name="edition"),
        CheckConstraint("closes_on >= opens_on", name="period"),
        CheckConstraint(
            "length(series) = 64 AND length(figures_sha256) = 64"
            " AND length(file_sha256) = 64 AND length(prev_sha256) = 64",
            name="sha256",
        ),
    )
