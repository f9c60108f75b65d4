"""Sharing a loss without a policy: what a scheme would do."""

from fastapi import APIRouter, Response

from api.answers import respond
from api.deps import At
from api.route import HouseRoute
from api.schemas.sent import Sent
from api.schemas.split import SplitAnswer, SplitRequest, answer_split
from kernel.canonical import canonical_json
from underwriting.schemes import load_schemes

router = APIRouter(route_class=HouseRoute, tags=["schemes"])


@router.post(
    "/v1/split",
    operation_id="split_loss",
    summary="Share a loss under a scheme",
    response_model=SplitAnswer,
)
def split_loss(office: At, sent: Sent[SplitRequest]) -> Response:
    """Who bears what, to the minor unit and with every step; nothing is written."""
    shared = answer_split(sent, load_schemes(office.house.schemes_folder))
    return respond(canonical_json(shared).encode())
