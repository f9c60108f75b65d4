"""Appeals against the decision on a claim, and the panel that hears them."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.routes.case_room import seen_by
from api.schemas.appeals import (
    AppealAnswer,
    AppealAnswerRequest,
    AppealRequest,
    OpinionAnswer,
    OpinionRequest,
    appeal_answer,
    opinion_answer,
)
from api.schemas.common import Listing, PathId
from api.schemas.sent import Sent
from claims import store as claims
from claims.answer_appeal import answer_appeal
from claims.appeal import appeal
from claims.hear_appeal import hear_appeal
from claims.room import store
from kernel.desk import Desk

router = APIRouter(route_class=HouseRoute, tags=["case room"])


@router.post(
    "/v1/claims/{claim_id}/appeals",
    operation_id="appeal",
    summary="Appeal against the decision",
    status_code=201,
    response_model=AppealAnswer,
)
def file_appeal(office: At, key: Key, claim_id: PathId, sent: Sent[AppealRequest]) -> Response:
    """A new panel hears it: nobody who decided sits on it. One appeal a party and decision."""
    party_id = office.actor.party_id

    def act(session: Session, desk: Desk) -> BaseModel:
        _, view = seen_by(session, office.actor, claim_id)
        row = appeal(session, claim_id, sent.grounds, view=view, party_id=party_id, desk=desk)
        return appeal_answer(row)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims/{claim_id}/appeals",
    operation_id="list_appeals",
    summary="List the appeals",
    response_model=Listing[AppealAnswer],
)
def list_appeals(office: At, claim_id: PathId) -> Response:
    """Each with its answer, where it has one, and who heard it."""

    def act(session: Session) -> BaseModel:
        seen_by(session, office.actor, claim_id)
        rows = store.appeals(session, claim_id)
        return Listing(items=tuple(appeal_answer(row) for row in rows), next=None)

    return office.read(act)


@router.post(
    "/v1/appeals/{appeal_id}/opinions",
    operation_id="hear_appeal",
    summary="Give an opinion as a member of the panel",
    status_code=201,
    response_model=OpinionAnswer,
)
def hear(office: At, key: Key, appeal_id: PathId, sent: Sent[OpinionRequest]) -> Response:
    """Who decided before, or is of too low a level, is refused."""

    def act(session: Session, desk: Desk) -> BaseModel:
        said = (sent.outcome, sent.words)
        return opinion_answer(hear_appeal(session, appeal_id, *said, name=sent.name, desk=desk))

    return office.once(key, sent, act)


@router.post(
    "/v1/appeals/{appeal_id}/answer",
    operation_id="answer_appeal",
    summary="Answer an appeal",
    response_model=AppealAnswer,
)
def answer(office: At, key: Key, appeal_id: PathId, sent: Sent[AppealAnswerRequest]) -> Response:
    """The decision is upheld, or changed by an assessment of the panel; or it is dismissed."""

    def act(session: Session, desk: Desk) -> BaseModel:
        claim = claims.claim(session, store.appeal(session, appeal_id).claim_id)
        found = None if sent.assessment is None else sent.assessment.assessment(claim.currency)
        row = answer_appeal(
            session, appeal_id, sent.outcome, sent.words, assessment=found, desk=desk
        )
        return appeal_answer(row)

    return office.once(key, sent, act)
