"""Papers: list, read, download, print again, compare."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.answers import content_of, respond
from api.deps import At, Office
from api.paper_bytes import bytes_of, form_said, reprint
from api.route import HouseRoute
from api.schemas.common import Listing, PathId
from api.schemas.papers import (
    DifferenceAnswer,
    ReprintAnswer,
    difference_answer,
    reprint_answer,
)
from api.schemas.trail import DocumentAnswer, SubjectType, document_answer, document_answers
from api.sight import document_seen, subject_seen
from documents.differ import difference
from kernel.db import books
from kernel.db.engine import read
from kernel.db.tables import DocumentRow
from kernel.wire import Identifier

router = APIRouter(route_class=HouseRoute, tags=["documents"])

Against = Annotated[Identifier, Query(description="Id of the earlier paper")]
Subject = Annotated[Identifier, Query(description="Id of the quote, policy or claim")]


@router.get(
    "/v1/documents",
    operation_id="list_documents",
    summary="List the papers of a quote, a policy or a claim",
    response_model=Listing[DocumentAnswer],
)
def list_documents(office: At, subject_type: SubjectType, subject_id: Subject) -> Response:
    """Papers of one subject, oldest first."""

    def act(session: Session) -> BaseModel:
        subject_seen(session, office.actor, subject_type, subject_id)
        papers = books.documents(session, books.Subject(subject_type.value, subject_id))
        return Listing(items=document_answers(session, papers), next=None)

    return office.read(act)


@router.get(
    "/v1/documents/{document_id}",
    operation_id="read_document",
    summary="Read about one paper",
    response_model=DocumentAnswer,
)
def read_document(office: At, document_id: PathId) -> Response:
    """What it is, the SHA-256 of what it says, and of its bytes once it is printed."""

    def act(session: Session) -> BaseModel:
        return document_answer(session, document_seen(session, office.actor, document_id))

    return office.read(act)


@router.get(
    "/v1/documents/{document_id}/content",
    operation_id="read_document_content",
    summary="Download one paper",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "The paper's bytes"}},
)
def read_document_content(office: At, document_id: PathId) -> Response:
    """The paper byte for byte, printed the first time it is asked for; the ETag is its SHA-256."""
    house, paper = office.house, _seen(office, document_id)
    copy = bytes_of(house.engine, house.press, paper, at=house.clock.now())
    name = f"{paper.number}-{paper.kind}.pdf"
    headers = {
        "ETag": f'"{copy.sha256}"',
        "Content-Disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}",
    }
    return respond(copy.content, media_type=paper.media_type, headers=headers)


@router.get(
    "/v1/documents/{document_id}/reprint",
    operation_id="reprint_document",
    summary="Print a paper again and compare",
    response_model=ReprintAnswer,
)
def reprint_document(office: At, document_id: PathId) -> Response:
    """Whether what is kept still prints to the bytes that left; nothing is kept of it."""
    paper = _seen(office, document_id)
    again = reprint(office.house.engine, office.house.press, paper)
    return respond(content_of(reprint_answer(paper, again)))


@router.get(
    "/v1/documents/{document_id}/diff",
    operation_id="diff_documents",
    summary="Compare the text of two papers",
    response_model=DifferenceAnswer,
)
def diff_documents(office: At, document_id: PathId, against: Against) -> Response:
    """Every passage in which the paper reads otherwise than an earlier one."""
    later, earlier = _seen(office, document_id), _seen(office, against)
    passages = difference(form_said(earlier, "against"), form_said(later, "document_id"))
    return respond(content_of(difference_answer(later, earlier, passages)))


def _seen(office: Office, document_id: str) -> DocumentRow:
    return read(
        office.house.engine, lambda session: document_seen(session, office.actor, document_id)
    )
