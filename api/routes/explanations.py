"""The explanation of exemption clauses: what to show, what is on record, what is missing."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.schemas.common import Finding, PathId
from api.schemas.explanations import (
    ExplanationRequest,
    ExplanationsAnswer,
    ReadinessAnswer,
    explanations_answer,
)
from api.schemas.sent import Sent
from api.sight import policy_seen, quote_seen
from kernel.desk import Desk
from underwriting import store
from underwriting.explained import explanations, unexplained_at_binding
from underwriting.note_explanation import exemptions_of_quote, note_explanation

router = APIRouter(route_class=HouseRoute, tags=["quotes"])


@router.post(
    "/v1/quotes/{quote_id}/explanations",
    operation_id="note_explanation",
    summary="Record that exemption clauses were explained",
    status_code=201,
    response_model=ExplanationsAnswer,
)
def note_explanation_(
    office: At, key: Key, quote_id: PathId, sent: Sent[ExplanationRequest]
) -> Response:
    """Which clauses were shown how, when and by whom, who acknowledged it, with its proof."""

    def act(session: Session, desk: Desk) -> BaseModel:
        recorded = note_explanation(session, quote_id, sent.explained(), desk=desk)
        wording = exemptions_of_quote(store.quote(session, quote_id))
        return explanations_answer(quote_id, wording, recorded)

    return office.once(key, sent, act)


@router.get(
    "/v1/quotes/{quote_id}/explanations",
    operation_id="list_explanations",
    summary="Read what must be explained and what was",
    response_model=ExplanationsAnswer,
)
def list_explanations(office: At, quote_id: PathId) -> Response:
    """The exemption clauses with their hash, the records, and what they leave open."""

    def act(session: Session) -> BaseModel:
        row = quote_seen(session, office.actor, quote_id)
        return explanations_answer(
            quote_id, exemptions_of_quote(row), explanations(session, quote_id)
        )

    return office.read(act)


@router.get(
    "/v1/policies/{policy_id}/readiness",
    operation_id="read_policy_readiness",
    summary="Read whether the exclusions of a policy have effect",
    response_model=ReadinessAnswer,
)
def read_policy_readiness(office: At, policy_id: PathId) -> Response:
    """What was missing in the explanation of its exemption clauses when it was bound."""

    def act(session: Session) -> BaseModel:
        policy_seen(session, office.actor, policy_id)
        missing = unexplained_at_binding(session, policy_id)
        found = tuple(Finding(**one) for one in missing)
        return ReadinessAnswer(policy_id=policy_id, ready=not found, findings=found)

    return office.read(act)
