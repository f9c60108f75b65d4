"""Papers of a claim: the list, a file for each, the one request, rejection; and the clocks."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.answers import respond
from api.deps import At, Key
from api.route import HouseRoute
from api.schemas.claim_papers import (
    ClaimPapersAnswer,
    ClocksAnswer,
    FileSent,
    PapersRequest,
    ReceivedAnswer,
    RejectionRequest,
    asked_answer,
    clock_answer,
    listed_answer,
    received_answer,
)
from api.schemas.common import PathCode, PathId
from api.schemas.sent import Sent
from api.sight import claim_seen
from api.upload import UploadRoute
from claims.facts import case_of, day, missing_papers
from claims.receive_paper import Arrived, receive_paper
from claims.reject_paper import reject_paper
from claims.request_papers import request_papers
from claims.rules.asked import asked
from claims.uploads import store
from claims.uploads.checklist import checklist
from claims.uploads.course import clocks, last_day
from kernel.db.engine import read
from kernel.desk import Desk

router = APIRouter(tags=["claims"], route_class=HouseRoute)

_PAPERS = "/v1/claims/{claim_id}/papers"
_SAFE = {"Content-Security-Policy": "sandbox; default-src 'none'"}
"""A file from outside is never shown as a page of ours."""


@router.get(
    _PAPERS,
    operation_id="list_claim_papers",
    summary="List the papers of a claim: needed, here, rejected",
    response_model=ClaimPapersAnswer,
)
def list_claim_papers(office: At, claim_id: PathId) -> Response:
    """Every paper on the list with the files that came, and every request for papers."""

    def act(session: Session) -> BaseModel:
        claim_seen(session, office.actor, claim_id)
        return _papers(session, claim_id)

    return office.read(act)


def receive_claim_paper(
    request: Request, office: At, key: Key, claim_id: PathId, code: PathCode
) -> Response:
    """The body is the file, at most 20 MB: PDF, PNG, JPEG, XLSX, DOCX, OFD, CSV or text.

    What it is, is read from its bytes: a file that is locked, active, cut off or two forms at
    once is refused with the cure. It is kept once under its SHA-256; the paper is ticked, and the
    clocks run on from the day of the last one. A later version keeps the earlier.
    """
    arrived: Arrived = request.state.arrived

    def act(session: Session, desk: Desk) -> BaseModel:
        row = receive_paper(session, claim_id, code, arrived, desk=desk)
        return received_answer(row, missing_papers(case_of(session, claim_id)))

    return office.once(key, FileSent(sha256=arrived.sha256), act)


router.add_api_route(
    _PAPERS + "/{code}",
    receive_claim_paper,
    methods=["POST"],
    operation_id="receive_claim_paper",
    summary="Send a file as a paper of a claim",
    status_code=201,
    response_model=ReceivedAnswer,
    route_class_override=UploadRoute,
)


@router.get(
    _PAPERS + "/{code}/{sha256}",
    operation_id="read_claim_paper",
    summary="Download a file that came as a paper of a claim",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "The file as it came"}},
)
def read_claim_paper(office: At, claim_id: PathId, code: PathCode, sha256: PathCode) -> Response:
    """The file byte for byte; the ETag is its SHA-256. It comes as an attachment, never a page."""

    def found(session: Session) -> tuple[str, bytes, str]:
        claim = claim_seen(session, office.actor, claim_id)
        row, upload = store.content(session, claim_id, code, sha256)
        name = f"{claim.number}-{row.code}-{row.sequence}.{upload.form}"
        return name, upload.content, upload.media_type

    name, content, media_type = read(office.house.engine, found)
    headers = {
        **_SAFE,
        "ETag": f'"{sha256}"',
        "Content-Disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}",
    }
    return respond(content, media_type=media_type, headers=headers)


@router.post(
    _PAPERS + "/{code}/rejection",
    operation_id="reject_claim_paper",
    summary="Reject a paper of a claim",
    response_model=ClaimPapersAnswer,
)
def reject_claim_paper(
    office: At, key: Key, claim_id: PathId, code: PathCode, sent: Sent[RejectionRequest]
) -> Response:
    """It is missing again, and the sender learns why."""
    fact = sent.fact.fact() if sent.fact else None

    def act(session: Session, desk: Desk) -> BaseModel:
        reject_paper(session, claim_id, code, sent.reason, fact=fact, desk=desk)
        return _papers(session, claim_id)

    return office.once(key, sent, act)


@router.post(
    "/v1/claims/{claim_id}/paper-requests",
    operation_id="request_claim_papers",
    summary="Ask for the papers that a claim lacks, once",
    response_model=ClaimPapersAnswer,
)
def request_claim_papers(
    office: At, key: Key, claim_id: PathId, sent: Sent[PapersRequest]
) -> Response:
    """All that is missing at once; more only on a new fact. The clocks stand still meanwhile."""
    request = sent.request()

    def act(session: Session, desk: Desk) -> BaseModel:
        request_papers(session, claim_id, request, desk=desk)
        return _papers(session, claim_id)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims/{claim_id}/clocks",
    operation_id="read_claim_clocks",
    summary="Read every clock of a claim",
    response_model=ClocksAnswer,
)
def read_claim_clocks(office: At, claim_id: PathId) -> Response:
    """Due, done, late, days left, since when it stands still, and what follows if it is missed."""
    desk = office.desk()

    def act(session: Session) -> BaseModel:
        claim_seen(session, office.actor, claim_id)
        running = clocks(session, case_of(session, claim_id))
        return ClocksAnswer(
            on=desk.on,
            clocks=tuple(
                clock_answer(one, desk.on, one.due and last_day(one.due, desk.calendar))
                for one in running
            ),
        )

    return office.read(act)


def _papers(session: Session, claim_id: str) -> ClaimPapersAnswer:
    case = case_of(session, claim_id)
    return ClaimPapersAnswer(
        papers=tuple(listed_answer(claim_id, one) for one in checklist(session, case)),
        requests=tuple(map(asked_answer, asked(case.claim.file))),
        complete_on=day(case.claim.file, "completed_on"),
    )
