"""Would a policy pay, and what may be repaired: tests of cover, asked without an act."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At
from api.route import HouseRoute
from api.schemas.claim_readiness import (
    ClaimReadinessAnswer,
    ClaimRepairsAnswer,
    readiness_answer,
    repairs_answer,
)
from api.schemas.common import PathId
from api.sight import claim_seen, policy_seen
from claims.cover import open_repairs
from claims.facts import case_of
from claims.readiness import readiness
from kernel.wire import Day

router = APIRouter(route_class=HouseRoute, tags=["claims"])

AsOf = Annotated[
    Day | None, Query(description="Day on which the event is supposed; today without it")
]


@router.get(
    "/v1/policies/{policy_id}/claim-readiness",
    operation_id="read_claim_readiness",
    summary="Read what a policy would pay if its loan went into default on a day",
    response_model=ClaimReadinessAnswer,
)
def read_claim_readiness(office: At, policy_id: PathId, as_of: AsOf = None) -> Response:
    """The tests and sums of a real decision: amount, parts, papers, breaches, cures and days.

    Of a policy that guarantees no loan: what would be missing for a matter notified that day.
    Whether exclusions were explained when it was bound is read at `/readiness`.
    """
    desk = office.desk()

    def act(session: Session) -> BaseModel:
        row = policy_seen(session, office.actor, policy_id)
        return readiness_answer(readiness(session, row.id, as_of, desk=desk))

    return office.read(act)


@router.get(
    "/v1/claims/{claim_id}/repairs",
    operation_id="list_claim_repairs",
    summary="List the breaches of a claim that may be repaired",
    response_model=ClaimRepairsAnswer,
)
def list_claim_repairs(office: At, claim_id: PathId) -> Response:
    """Each with the clause and what the books say it cost: taken or replaced when assessed."""
    desk = office.desk()

    def act(session: Session) -> BaseModel:
        claim_seen(session, office.actor, claim_id)
        case = case_of(session, claim_id)
        return repairs_answer(claim_id, case.claim.currency, open_repairs(session, case, desk.on))

    return office.read(act)
