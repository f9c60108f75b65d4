"""Transcripts of overdue loans: sent, worked out again, and read."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.schemas import transcripts as wire
from api.schemas.common import Listing, PathId
from api.schemas.sent import Sent
from api.sight import overdue_seen
from claims.overdue import store
from claims.read_transcript import read_transcript
from kernel.desk import Desk

router = APIRouter(route_class=HouseRoute, tags=["overdue loans"])


@router.post(
    "/v1/overdues/{overdue_id}/transcript",
    operation_id="send_transcript",
    summary="Send the account transcript of an overdue loan",
    status_code=201,
    response_model=wire.TranscriptAnswer,
)
def send_transcript(
    office: At, key: Key, overdue_id: PathId, sent: Sent[wire.TranscriptRequest]
) -> Response:
    """Work the account out again, compare it line by line, strip what is not covered."""

    def act(session: Session, desk: Desk) -> BaseModel:
        row = overdue_seen(session, office.actor, overdue_id)
        read = read_transcript(session, overdue_id, sent.transcript(row.currency), desk=desk)
        return wire.transcript_answer(read, row.currency)

    return office.once(key, sent, act)


@router.get(
    "/v1/overdues/{overdue_id}/transcript",
    operation_id="list_transcripts",
    summary="Read the account transcripts of an overdue loan",
    response_model=Listing[wire.TranscriptAnswer],
)
def list_transcripts(office: At, overdue_id: PathId) -> Response:
    """Every transcript of the case, the newest last; that one counts."""

    def act(session: Session) -> BaseModel:
        row = overdue_seen(session, office.actor, overdue_id)
        found = store.transcripts(session, overdue_id)
        items = tuple(wire.transcript_answer(one, row.currency) for one in found)
        return Listing[wire.TranscriptAnswer](items=items, next=None)

    return office.read(act)
