"""Reserves of a claim by line: read beside the modelled figure, set, proposed, approved."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key, Office
from api.route import HouseRoute
from api.schemas.common import Finding, PathId, ReasonRequest
from api.schemas.reserves import (
    ModelledReserve,
    ReserveRequest,
    ReservesAnswer,
    lines_answer,
    proposal_answer,
    set_answer,
)
from api.schemas.sent import Sent
from claims import store as claims
from claims.propose_reserves import Proposed, answer_reserves, propose_reserves
from claims.reserving import store
from claims.reserving.view import side_by_side
from kernel.desk import Desk

router = APIRouter(route_class=HouseRoute, tags=["claims"])


def _answer(session: Session, claim_id: str, desk: Desk) -> ReservesAnswer:
    found = side_by_side(session, claim_id, desk)
    claim = claims.claim(session, claim_id)
    currency = claim.currency
    return ReservesAnswer(
        claim_id=claim_id,
        standing=lines_answer(found.standing, currency),
        modelled=ModelledReserve(
            lines=lines_answer(found.modelled, currency),
            closed_claims=found.closed.claims,
            weight=str(found.of.weight),
            unverified=found.unverified,
        ),
        history=tuple(set_answer(row) for row in store.sets(session, claim_id)),
        waiting=tuple(proposal_answer(row) for row in store.waiting(session, claim)),
        findings=tuple(Finding(**one.json()) for one in found.findings),
    )


@router.get(
    "/v1/claims/{claim_id}/reserves",
    operation_id="read_reserves",
    summary="Read the reserves of a claim",
    response_model=ReservesAnswer,
)
def read_reserves(office: At, claim_id: PathId) -> Response:
    """Case reserves by line, the modelled figure beside them, and how they came about."""
    desk = office.desk()
    return office.read(lambda session: _answer(session, claim_id, desk))


@router.post(
    "/v1/claims/{claim_id}/reserves",
    operation_id="set_reserves",
    summary="Set the reserves of a claim",
    response_model=ReservesAnswer,
)
def set_reserves(office: At, key: Key, claim_id: PathId, sent: Sent[ReserveRequest]) -> Response:
    """What is above the authority of who asks waits for a second person."""

    def act(session: Session, desk: Desk) -> BaseModel:
        currency = claims.claim(session, claim_id).currency
        proposed = Proposed(sent.reserves(currency), sent.reason)
        propose_reserves(session, claim_id, proposed, desk=desk)
        return _answer(session, claim_id, desk)

    return office.once(key, sent, act)


def _answered(
    office: Office, key: str, proposal_id: str, sent: ReasonRequest, *, approved: bool
) -> Response:
    def act(session: Session, desk: Desk) -> BaseModel:
        answer_reserves(session, proposal_id, sent.reason, approved=approved, desk=desk)
        return _answer(session, store.proposal(session, proposal_id).claim_id, desk)

    return office.once(key, sent, act)


@router.post(
    "/v1/reserve-proposals/{proposal_id}/approval",
    operation_id="approve_reserves",
    summary="Approve proposed reserves",
    response_model=ReservesAnswer,
)
def approve_reserves(
    office: At, key: Key, proposal_id: PathId, sent: Sent[ReasonRequest]
) -> Response:
    """By another person than proposed them; refused where they have moved since."""
    return _answered(office, key, proposal_id, sent, approved=True)


@router.post(
    "/v1/reserve-proposals/{proposal_id}/refusal",
    operation_id="refuse_reserves",
    summary="Refuse proposed reserves",
    response_model=ReservesAnswer,
)
def refuse_reserves(
    office: At, key: Key, proposal_id: PathId, sent: Sent[ReasonRequest]
) -> Response:
    """The reserves stay as they are; who proposed them withdraws them so."""
    return _answered(office, key, proposal_id, sent, approved=False)
