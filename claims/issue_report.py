"""ACT: a statement or report leaves the house, signed; what changed later is its next edition."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlmodel import Session

from claims.papers.issued_report import issued_report
from claims.reports import store
from claims.reports.known import check_whom
from claims.reports.made import made
from claims.reports.period import Asked, check_asked
from claims.reports.store import IssuedReportRow
from claims.reports.templates import template
from claims.rules.reporting.changes import Change, changes
from claims.rules.reporting.figure import Figure
from documents.forms.issued_report import IssuedReport
from kernel.canonical import canonical_sha256
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from underwriting import store as contracts
from underwriting.guarantees.paper import Drawn, Sheet, check_same

_NONE: Final = "0" * 64
KIND: Final = "issued_report"


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as it is worked out.

    Attributes:
        figures: every figure.
        changes: since the edition before.
        before: that edition; None where this is the first.
        form: as it is printed; None where nothing changed, and the edition before stands.
    """

    figures: tuple[Figure, ...]
    changes: tuple[Change, ...]
    before: IssuedReportRow | None
    form: IssuedReport | None


def preview_report(session: Session, asked: Asked, *, desk: Desk) -> Edition:
    """Return what the next edition would say; nothing is written.

    Raises:
        NotFound: no such template or bank.
        Invalid: the period is upside down or not over, or whom the report is of is not said or
            not known: no such scheme, no such party of it.
    """
    stated = template(asked.template)
    check_asked(asked, stated.audience, desk.on)
    check_whom(session, asked)
    whom = _whom(session, asked)
    before = store.newest(session, asked.series)
    figures = made(session, stated, asked)
    changed = changes(store.figures_of(before), figures) if before else ()
    if before and not changed:
        return Edition(figures, (), before, None)
    edition = before.edition + 1 if before else 1
    number = f"RP-{asked.closes_on:%Y%m%d}-{asked.series[:10].upper()}-{edition}"
    form = issued_report(
        stated, asked, figures, changed,
        number=number, edition=edition, whom=whom, insurer=desk.insurer, on=desk.on,
    )  # fmt: skip
    return Edition(figures, changed, before, form)


def report_sheets(session: Session, asked: Asked, *, desk: Desk) -> tuple[Sheet, ...]:
    """Return the paper to be printed and signed; none where the edition before still stands.

    Raises:
        As `preview_report`.
    """
    form = preview_report(session, asked, desk=desk).form
    return (Sheet(form=form, number=form.number, place=desk.insurer),) if form else ()


def issue_report(
    session: Session, asked: Asked, papers: Sequence[Drawn], *, desk: Desk
) -> IssuedReportRow:
    """Keep the signed paper of the next edition, or return the one that stands unchanged.

    Raises:
        As `preview_report`; Conflict `changed-meanwhile`.
    """
    found = preview_report(session, asked, desk=desk)
    form = found.form
    sheets = (Sheet(form=form, number=form.number, place=desk.insurer),) if form else ()
    check_same(papers, sheets)
    if form is None:
        assert found.before is not None, "what did not change was issued before"
        return found.before
    return _kept(session, asked, found, form, papers[0], desk=desk)


def _kept(
    session: Session, asked: Asked, found: Edition, form: IssuedReport, paper: Drawn, *, desk: Desk
) -> IssuedReportRow:
    id_ = new_id("rp")
    subject = books.Subject("report", id_)
    filed = books.file(
        session, subject, KIND, number=form.number, content=paper.content, at=desk.at
    )
    figures = [asdict(one) for one in found.figures]
    row = IssuedReportRow(
        id=id_, created_at=desk.at, number=form.number, series=asked.series,
        edition=form.edition, template=asked.template, opens_on=asked.opens_on,
        closes_on=asked.closes_on, whom=dict(asked.whom), issued_on=desk.on, actor=desk.actor,
        figures=figures, figures_sha256=canonical_sha256(figures),
        changes=[asdict(one) for one in found.changes], document_id=filed.id,
        file_sha256=paper.sha256, signer=paper.signer,
        prev_sha256=found.before.file_sha256 if found.before else _NONE,
    )  # fmt: skip
    write(session, row)
    payload = {
        "number": row.number, "edition": row.edition, "changes": len(found.changes),
        "file_sha256": row.file_sha256, "figures_sha256": row.figures_sha256,
    }  # fmt: skip
    books.note(session, subject, "report_issued", payload, actor=desk.actor, at=desk.at)
    books.enqueue(session, subject, "report.issued", payload, at=desk.at)
    return row


def _whom(session: Session, asked: Asked) -> str:
    """Return whom a report is of, in words; it is known."""
    whom = dict(asked.whom)
    if "bank_id" in whom:
        whom["bank_id"] = contracts.party(session, whom["bank_id"]).name
    return " / ".join(
        whom[name] for name in ("bank_id", "scheme", "party", "currency") if name in whom
    )
