"""What an adjuster does with a claim: assess, settle, recover, close, reopen."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.claim_view import claim_answer
from api.deps import At, Key
from api.route import HouseRoute
from api.routes.settlements import settled
from api.schemas.claim_answers import ClaimAnswer
from api.schemas.claims import AssessmentRequest
from api.schemas.common import Listing, PathId, ReasonRequest
from api.schemas.sent import Sent
from api.schemas.settlements import (
    RecoveryAnswer,
    RecoveryRequest,
    SettlementAnswer,
    SettlementSummary,
    SettleRequest,
    recovery_answer,
    settlement_summary,
)
from claims import store
from claims.assess import assess
from claims.close import close, reopen
from claims.recover import recover
from claims.settle import settle
from claims.settle_many import settle_many
from kernel.desk import Desk

router = APIRouter(route_class=HouseRoute, tags=["claims"])


@router.post(
    "/v1/claims/{claim_id}/assessment",
    operation_id="assess_claim",
    summary="Assess a claim",
    response_model=ClaimAnswer,
)
def assess_claim(office: At, key: Key, claim_id: PathId, sent: Sent[AssessmentRequest]) -> Response:
    """Test cover: the claim is accepted, denied with every ground, or sent back for papers."""

    def act(session: Session, desk: Desk) -> BaseModel:
        row = store.claim(session, claim_id)
        assess(session, claim_id, sent.assessment(row.currency), desk=desk)
        return claim_answer(session, claim_id, desk, actor=office.actor)

    return office.once(key, sent, act)


@router.post(
    "/v1/claims/{claim_id}/settlement",
    operation_id="settle_claim",
    summary="Settle an accepted claim",
    status_code=201,
    response_model=SettlementAnswer,
)
def settle_claim(office: At, key: Key, claim_id: PathId) -> Response:
    """Share the loss under the policy's own scheme, pay the bank and call on the parties."""

    def act(session: Session, desk: Desk) -> BaseModel:
        return settled(session, settle(session, claim_id, desk=desk))

    return office.once(key, None, act)


@router.post(
    "/v1/settlements",
    operation_id="settle_claims",
    summary="Settle several accepted claims in one act",
    status_code=201,
    response_model=Listing[SettlementSummary],
)
def settle_claims(office: At, key: Key, sent: Sent[SettleRequest]) -> Response:
    """All of them or none, in the order given: each by what those before it left of the pools."""

    def act(session: Session, desk: Desk) -> BaseModel:
        rows = settle_many(session, sent.claim_ids, desk=desk)
        return Listing(items=tuple(settlement_summary(row) for row in rows), next=None)

    return office.once(key, sent, act)


@router.post(
    "/v1/claims/{claim_id}/recoveries",
    operation_id="recover_claim",
    summary="Give a recovery back",
    status_code=201,
    response_model=RecoveryAnswer,
)
def recover_claim(office: At, key: Key, claim_id: PathId, sent: Sent[RecoveryRequest]) -> Response:
    """Costs come off first, the rest goes to those who bore, what is over to the debtor."""
    receipts = sent.receipts()

    def act(session: Session, desk: Desk) -> BaseModel:
        return recovery_answer(recover(session, claim_id, receipts, desk=desk))

    return office.once(key, sent, act)


@router.post(
    "/v1/claims/{claim_id}/closing",
    operation_id="close_claim",
    summary="Close a claim",
    response_model=ClaimAnswer,
)
def close_claim(office: At, key: Key, claim_id: PathId, sent: Sent[ReasonRequest]) -> Response:
    """End a claim on which nothing is open."""

    def act(session: Session, desk: Desk) -> BaseModel:
        close(session, claim_id, sent.reason, desk=desk)
        return claim_answer(session, claim_id, desk, actor=office.actor)

    return office.once(key, sent, act)


@router.post(
    "/v1/claims/{claim_id}/reopening",
    operation_id="reopen_claim",
    summary="Open a claim that ended again",
    response_model=ClaimAnswer,
)
def reopen_claim(office: At, key: Key, claim_id: PathId, sent: Sent[ReasonRequest]) -> Response:
    """A settled claim for money that still comes; a denied one is looked at anew, closed or not.

    What a denied claim was paid on account is taken into the next decision.
    """

    def act(session: Session, desk: Desk) -> BaseModel:
        reopen(session, claim_id, sent.reason, desk=desk)
        return claim_answer(session, claim_id, desk, actor=office.actor)

    return office.once(key, sent, act)
