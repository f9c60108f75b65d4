"""The end of a letter, and its text as a message between banks."""

from typing import Final, Literal

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.answers import respond
from api.deps import At, Key
from api.letter_life import once_on_letter
from api.letter_messages import message_of
from api.route import HouseRoute
from api.schemas import letter_answers as wire
from api.schemas.common import PathId
from api.schemas.letters import Edition
from api.schemas.sent import Sent
from api.sight import letter_seen
from kernel.db.engine import read
from underwriting.guarantees.stated import EndStated, PledgePaperStated

router = APIRouter(route_class=HouseRoute, tags=["letters"])

_SHOWN: Final = {
    "text/plain": {"example": ":15A:\r\n:27:1/1\r\n:22A:ISSU"},
    "application/xml": {"example": "<Document><UdrtkgIssnc/></Document>"},
}


@router.post(
    "/v1/letters/{letter_id}/release",
    operation_id="release_letter",
    summary="Release a letter",
    response_model=wire.LetterAnswer,
)
def release(office: At, key: Key, letter_id: PathId, sent: Sent[EndStated]) -> Response:
    """Once nothing is open, or on the beneficiary's written release."""
    return once_on_letter(office, key, "release", letter_id, sent)


@router.post(
    "/v1/letters/{letter_id}/revocation",
    operation_id="revoke_letter",
    summary="Revoke a letter",
    response_model=wire.LetterAnswer,
)
def revoke(office: At, key: Key, letter_id: PathId, sent: Sent[EndStated]) -> Response:
    """Before customs accepts it, or with customs' written release; the register says so."""
    return once_on_letter(office, key, "revoke", letter_id, sent)


@router.post(
    "/v1/letters/{letter_id}/pledge-papers",
    operation_id="issue_pledge_paper",
    summary="Issue a paper of the pledge behind a letter",
    response_model=wire.LetterAnswer,
)
def pledge_paper(
    office: At, key: Key, letter_id: PathId, sent: Sent[PledgePaperStated]
) -> Response:
    """The certificate while the letter counts; the release of rights once nothing is owed."""
    return once_on_letter(office, key, "pledge_paper", letter_id, sent)


@router.post(
    "/v1/letters/{letter_id}/expiry",
    operation_id="expire_letter",
    summary="Let a letter expire",
    response_model=wire.LetterAnswer,
)
def expire(office: At, key: Key, letter_id: PathId) -> Response:
    """After its last day of demand, once every demand that came in time is answered."""
    return once_on_letter(office, key, "expire", letter_id, None)


@router.get(
    "/v1/letters/{letter_id}/editions/{edition}/messages/{kind}",
    operation_id="read_letter_message",
    summary="Read an edition as a message between banks",
    response_class=Response,
    responses={200: {"content": _SHOWN, "description": "MT 760 or tsrv.001"}},
)
def message(
    office: At, letter_id: PathId, edition: Edition, kind: Literal["mt760", "tsrv.001"]
) -> Response:
    """MT 760 as text, or ISO 20022 tsrv.001 as XML."""

    def act(session: Session) -> bytes:
        row = letter_seen(session, office.actor, letter_id)
        return message_of(session, row.id, edition, kind)

    content = read(office.house.engine, act)
    media = "text/plain; charset=us-ascii" if kind == "mt760" else "application/xml"
    return respond(content, media_type=media)
