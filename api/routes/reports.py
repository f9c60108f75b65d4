"""Statements and reports: templates, editions that left the house, their figures."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.answers import respond
from api.deps import At, Key
from api.route import HouseRoute
from api.schemas import reports as wire
from api.schemas.common import After, Limit, Listing, PathId, listing
from api.schemas.sent import Sent
from api.sealing import Papers, signed_papers
from claims.issue_report import issue_report, report_sheets
from claims.reports import store
from claims.reports.templates import templates
from claims.rules.reporting.figure import Figure, csv_of
from kernel.db.engine import read
from kernel.desk import Desk
from kernel.wire import Code

router = APIRouter(route_class=HouseRoute, tags=["reports"])

_SHOWN: Final = Figure("示范银行 / CNY", "accounts", "贷款户数", "accounts", "count", "12")
CSV: Final = csv_of((_SHOWN,)).decode("utf-8-sig")
OfTemplate = Annotated[Code | None, Query(description="Editions of this template only")]


@router.get(
    "/v1/reports",
    operation_id="list_report_templates",
    summary="List the reports that may be asked for",
    response_model=Listing[wire.ReportTemplateAnswer],
)
def list_report_templates(office: At) -> Response:
    """What each counts, of whom, by which rule."""

    def act(_: Session) -> BaseModel:
        items = tuple(map(wire.template_answer, templates().values()))
        return Listing[wire.ReportTemplateAnswer](items=items, next=None)

    return office.read(act)


@router.post(
    "/v1/reports",
    operation_id="issue_report",
    summary="Issue a statement or report",
    status_code=201,
    response_model=wire.ReportAnswer,
)
def issue_report_(office: At, key: Key, sent: Sent[wire.ReportRequest]) -> Response:
    """Signed and entered into the register; unchanged, the edition that stands is returned.

    A fact that became known later makes the next edition, which names every change.
    """
    asked = sent.asked()

    def make(desk: Desk) -> Papers:
        return signed_papers(office.house, lambda s, by: report_sheets(s, asked, desk=by), desk)

    def keep(session: Session, desk: Desk, papers: Papers) -> BaseModel:
        return wire.report_answer(issue_report(session, asked, papers, desk=desk))

    return office.once_made(key, sent, make, keep)


@router.get(
    "/v1/reports/issued",
    operation_id="list_issued_reports",
    summary="List the editions that left the house",
    response_model=Listing[wire.IssuedReportAnswer],
)
def list_issued_reports(
    office: At, limit: Limit = 50, after: After = None, template: OfTemplate = None
) -> Response:
    """Newest first; none is ever changed or taken out."""

    def act(session: Session) -> BaseModel:
        rows = store.issued_page(session, template=template, after=after, limit=limit + 1)
        return listing(rows, limit, wire.issued_answer)

    return office.read(act)


@router.get(
    "/v1/reports/issued/{report_id}",
    operation_id="read_issued_report",
    summary="Read one edition",
    response_model=wire.ReportAnswer,
)
def read_issued_report(office: At, report_id: PathId) -> Response:
    """Its figures as they were printed, and what changed since the edition before."""
    return office.read(lambda session: wire.report_answer(store.issued(session, report_id)))


@router.get(
    "/v1/reports/issued/{report_id}/csv",
    operation_id="read_issued_report_csv",
    summary="Read the figures of an edition as CSV",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"example": CSV}}}},
)
def read_issued_report_csv(office: At, report_id: PathId) -> Response:
    """One line a figure, UTF-8, headings first."""
    row = read(office.house.engine, lambda session: store.issued(session, report_id))
    return respond(csv_of(store.figures_of(row)), media_type="text/csv")
