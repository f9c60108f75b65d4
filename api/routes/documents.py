"""Papers: list, read, download."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.answers import respond
from api.deps import At
from api.route import HouseRoute
from api.schemas.common import Listing, PathId
from api.schemas.trail import DocumentAnswer, SubjectType, document_answer
from api.sight import document_seen, subject_seen
from kernel.db import books
from kernel.db.engine import read
from kernel.wire import Identifier

router = APIRouter(route_class=HouseRoute, tags=["documents"])

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
        return Listing(items=tuple(document_answer(paper) for paper in papers), next=None)

    return office.read(act)


@router.get(
    "/v1/documents/{document_id}",
    operation_id="read_document",
    summary="Read about one paper",
    response_model=DocumentAnswer,
)
def read_document(office: At, document_id: PathId) -> Response:
    """What it is, and the SHA-256 of its bytes."""
    return office.read(
        lambda session: document_answer(document_seen(session, office.actor, document_id))
    )


@router.get(
    "/v1/documents/{document_id}/content",
    operation_id="read_document_content",
    summary="Download one paper",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "The paper's bytes"}},
)
def read_document_content(office: At, document_id: PathId) -> Response:
    """The paper byte for byte as it left the house; the ETag is its SHA-256."""
    row = read(
        office.house.engine, lambda session: document_seen(session, office.actor, document_id)
    )
    name = f"{row.number}-{row.kind}.pdf"
    headers = {
        "ETag": f'"{row.sha256}"',
        "Content-Disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}",
    }
    return respond(row.content, media_type=row.media_type, headers=headers)
