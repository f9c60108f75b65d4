"""The evidence behind a policy: every test before binding, passed or failed."""

import json

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At
from api.route import HouseRoute
from api.schemas.common import PathId
from api.schemas.evidence import EvidencePack, evidence_pack
from api.sight import policy_seen
from underwriting import store
from underwriting.evidence import evidence_of

router = APIRouter(route_class=HouseRoute, tags=["policies"])


@router.get(
    "/v1/policies/{policy_id}/evidence",
    operation_id="read_evidence",
    summary="Read what a policy was underwritten on",
    response_model=EvidencePack,
)
def read_evidence(office: At, policy_id: PathId) -> Response:
    """Every test with its result, evidence, date and clause, made again from the receipt."""

    def act(session: Session) -> BaseModel:
        policy = policy_seen(session, office.actor, policy_id)
        quote = store.quote(session, policy.quote_id)
        file = evidence_of(json.loads(quote.receipt))
        return evidence_pack(policy.id, quote.id, quote.receipt_sha256, file)

    return office.read(act)
