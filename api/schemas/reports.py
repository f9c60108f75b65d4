"""Statements and reports on the wire."""

from dataclasses import asdict
from datetime import date, datetime

from pydantic import Field

from api.schemas.common import Answer
from claims.reports import store
from claims.reports.period import WHOM, Asked
from claims.reports.store import IssuedReportRow
from claims.rules.reporting.template import Template
from kernel.wire import Code, Currency, Day, Identifier, Wire


class ReportColumnAnswer(Answer):
    """A figure that a report states."""

    code: str
    label: str
    label_zh: str
    measure: str
    unit: str
    would_record: str | None = Field(description="What would record it, where it may be missing")


class ReportTemplateAnswer(Answer):
    """A report that may be asked for."""

    code: str
    title: str
    title_zh: str
    audience: str
    whom: tuple[str, ...] = Field(description="What names whom it is of")
    records: str
    group_by: tuple[str, ...]
    columns: tuple[ReportColumnAnswer, ...]
    clause: str
    source: str
    grade: str
    unverified: str
    notes: tuple[str, ...]


class WhomRequest(Wire):
    """Whom a report is of; a template says which of these it needs."""

    bank_id: Identifier | None = None
    scheme: Code | None = None
    party: Code | None = None
    currency: Currency = "CNY"


class ReportRequest(Wire):
    """A report for a period that is over, its last day included."""

    template: Code
    opens_on: Day
    closes_on: Day
    whom: WhomRequest = WhomRequest()

    def asked(self) -> Asked:
        """Read what is asked."""
        whom = self.whom.model_dump(exclude_none=True)
        return Asked(
            template=self.template, opens_on=self.opens_on, closes_on=self.closes_on, whom=whom
        )


class FigureAnswer(Answer):
    """One figure, exact."""

    row: str
    code: str
    zh: str
    en: str
    unit: str
    value: str = Field(description="Exact text: an amount, a count, a fraction; empty: not known")
    currency: str
    recorded: bool = Field(description="False: the books do not hold it; that is not nothing")
    note: str


class ChangeAnswer(Answer):
    """A figure that is other than in the edition before."""

    row: str
    code: str
    zh: str
    en: str
    before: str
    after: str


class IssuedReportAnswer(Answer):
    """One edition in the register."""

    id: str
    number: str
    template: str
    edition: int
    series: str
    opens_on: date
    closes_on: date
    whom: dict[str, str]
    issued_on: date
    figures_sha256: str
    file_sha256: str
    prev_sha256: str = Field(description="File of the edition before; 64 zeros for the first")
    signer: str = Field(description="Serial of the certificate that signed")
    changed: int = Field(description="Figures that are other than in the edition before")
    document_id: str
    content: str = Field(description="Path of the signed PDF")
    csv: str = Field(description="Path of the figures as CSV")
    created_at: datetime


class ReportAnswer(Answer):
    """An edition with its figures and what changed."""

    report: IssuedReportAnswer
    figures: tuple[FigureAnswer, ...]
    changes: tuple[ChangeAnswer, ...]


def template_answer(one: Template) -> ReportTemplateAnswer:
    """Return a template."""
    plain = ("code", "audience", "records", "group_by", "clause", "source", "grade", "unverified",
             "notes")  # fmt: skip
    return ReportTemplateAnswer(
        title=one.en,
        title_zh=one.zh,
        whom=WHOM[one.audience],
        columns=tuple(
            ReportColumnAnswer(
                code=column.code, label=column.en, label_zh=column.zh, measure=column.measure,
                unit=column.unit, would_record=column.would or None,
            )
            for column in one.columns
        ),
        **{name: getattr(one, name) for name in plain},
    )  # fmt: skip


def issued_answer(row: IssuedReportRow) -> IssuedReportAnswer:
    """Return an edition as the register holds it."""
    plain = ("id", "number", "template", "edition", "series", "opens_on", "closes_on", "whom",
             "issued_on", "figures_sha256", "file_sha256", "prev_sha256", "signer",
             "document_id", "created_at")  # fmt: skip
    return IssuedReportAnswer(
        **{name: getattr(row, name) for name in plain},
        changed=len(row.changes),
        content=f"/v1/documents/{row.document_id}/content",
        csv=f"/v1/reports/issued/{row.id}/csv",
    )


def report_answer(row: IssuedReportRow) -> ReportAnswer:
    """Return an edition with its figures."""
    return ReportAnswer(
        report=issued_answer(row),
        figures=tuple(FigureAnswer(**asdict(one)) for one in store.figures_of(row)),
        changes=tuple(ChangeAnswer(**asdict(one)) for one in store.changes_of(row)),
    )
