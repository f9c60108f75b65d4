"""The claim of a demand that was paid under a letter."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.claim_view import claim_answer
from api.deps import At, Key
from api.route import HouseRoute
from api.schemas.claim_answers import ClaimAnswer
from api.schemas.common import PathId
from api.schemas.letters import DemandNumber
from claims.claim_demand import claim_demand
from kernel.desk import Desk

router = APIRouter(route_class=HouseRoute, tags=["claims"])


@router.post(
    "/v1/letters/{letter_id}/demands/{reference}/claim",
    operation_id="claim_demand",
    summary="Open the claim of a paid demand",
    status_code=201,
    response_model=ClaimAnswer,
)
def open_claim(office: At, key: Key, letter_id: PathId, reference: DemandNumber) -> Response:
    """What customs was paid under the letter becomes a claim, with the facts of the demand.

    Its settlement pays no cash again: it meets what the payment left owing by the importer.
    """

    def act(session: Session, desk: Desk) -> BaseModel:
        row = claim_demand(session, letter_id, reference, desk=desk)
        return claim_answer(session, row.id, desk, actor=office.actor)

    return office.once(key, None, act)
