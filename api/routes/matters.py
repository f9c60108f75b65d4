"""A fought matter: counsel, budgets by stage, later demands of the same cause."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key, Office
from api.matter_view import matter_answer
from api.route import HouseRoute
from api.schemas import matters as wire
from api.schemas.common import PathId
from api.schemas.matter_answers import MatterAnswer
from api.schemas.sent import Sent
from api.sight import claim_seen
from claims.answer_budget import answer_budget
from claims.answer_counsel import answer_counsel
from claims.appoint_counsel import appoint_counsel
from claims.budget_stage import budget_stage
from claims.join_claim import join_claim
from kernel.desk import Desk

Place = Annotated[int, Path(ge=1, le=999, description="Number within the claim")]

router = APIRouter(route_class=HouseRoute, tags=["fought matters"])


def on_matter(
    office: Office,
    key: str,
    claim_id: str,
    sent: BaseModel,
    do: Callable[[Session, Desk], object],
) -> Response:
    """Do an act on a matter that the caller may see, and answer with the whole of it."""

    def act(session: Session, desk: Desk) -> BaseModel:
        claim_seen(session, office.actor, claim_id)
        do(session, desk)
        return matter_answer(session, claim_id, desk.on)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims/{claim_id}/matter",
    operation_id="read_matter",
    summary="Read a fought matter",
    response_model=MatterAnswer,
)
def read_matter(office: At, claim_id: PathId) -> Response:
    """Counsel, budgets by stage, reservations, settlements, demands joined, whose turn it is."""
    on = office.desk().on

    def act(session: Session) -> BaseModel:
        claim_seen(session, office.actor, claim_id)
        return matter_answer(session, claim_id, on)

    return office.read(act)


@router.post(
    "/v1/claims/{claim_id}/counsel",
    operation_id="appoint_counsel",
    summary="Ask for counsel",
    status_code=201,
    response_model=MatterAnswer,
)
def appoint_counsel_route(
    office: At, key: Key, claim_id: PathId, sent: Sent[wire.CounselRequest]
) -> Response:
    """The insurer answers within its days."""
    return on_matter(
        office,
        key,
        claim_id,
        sent,
        lambda s, d: appoint_counsel(s, claim_id, sent.wanted(), desk=d),
    )


@router.post(
    "/v1/claims/{claim_id}/counsel/{sequence}/answer",
    operation_id="answer_counsel",
    summary="Answer for counsel",
    response_model=MatterAnswer,
)
def answer_counsel_route(
    office: At, key: Key, claim_id: PathId, sequence: Place, sent: Sent[wire.CounselAnswerRequest]
) -> Response:
    """Consent, or a refusal with its reason."""
    return on_matter(
        office,
        key,
        claim_id,
        sent,
        lambda s, d: answer_counsel(
            s, claim_id, sequence, sent.reason or "", consented=sent.consented, desk=d
        ),
    )


@router.post(
    "/v1/claims/{claim_id}/budgets",
    operation_id="budget_stage",
    summary="Ask for the budget of a stage",
    status_code=201,
    response_model=MatterAnswer,
)
def budget_stage_route(
    office: At, key: Key, claim_id: PathId, sent: Sent[wire.BudgetRequest]
) -> Response:
    """On top of those before; cost above what is consented is cut."""
    return on_matter(
        office, key, claim_id, sent, lambda s, d: budget_stage(s, claim_id, sent.wanted(), desk=d)
    )


@router.post(
    "/v1/claims/{claim_id}/budgets/{sequence}/answer",
    operation_id="answer_budget",
    summary="Answer for a budget",
    response_model=MatterAnswer,
)
def answer_budget_route(
    office: At, key: Key, claim_id: PathId, sequence: Place, sent: Sent[wire.BudgetAnswerRequest]
) -> Response:
    """Whole, in part, or not at all."""
    return on_matter(
        office,
        key,
        claim_id,
        sent,
        lambda s, d: answer_budget(s, claim_id, sequence, sent.answer(), desk=d),
    )


@router.post(
    "/v1/claims/{claim_id}/demands",
    operation_id="join_claim",
    summary="Join a later demand of the same cause",
    status_code=201,
    response_model=MatterAnswer,
)
def join_claim_route(
    office: At, key: Key, claim_id: PathId, sent: Sent[wire.LaterDemandRequest]
) -> Response:
    """One cause, one claim, one retention, one limit."""
    return on_matter(
        office, key, claim_id, sent, lambda s, d: join_claim(s, claim_id, sent.demand(), desk=d)
    )
