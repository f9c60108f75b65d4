"""Policies: list and read."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At
from api.route import HouseRoute
from api.schemas.common import After, Limit, Listing, PathId, listing
from api.schemas.policies import PolicyAnswer, PolicySummary, policy_answer, summary
from api.sight import policy_seen
from underwriting import store

router = APIRouter(route_class=HouseRoute, tags=["policies"])


@router.get(
    "/v1/policies",
    operation_id="list_policies",
    summary="List policies",
    response_model=Listing[PolicySummary],
)
def list_policies(office: At, limit: Limit = 50, after: After = None) -> Response:
    """Policies, newest first; a bank sees its own."""

    def act(session: Session) -> BaseModel:
        bank = office.actor.only_client
        rows = store.policies(session, client_id=bank, after=after, limit=limit + 1)
        return listing(rows, limit, summary)

    return office.read(act)


@router.get(
    "/v1/policies/{policy_id}",
    operation_id="read_policy",
    summary="Read one policy",
    response_model=PolicyAnswer,
)
def read_policy(office: At, policy_id: PathId) -> Response:
    """A policy with the terms that were frozen at binding."""
    return office.read(lambda session: policy_answer(policy_seen(session, office.actor, policy_id)))
