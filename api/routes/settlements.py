"""Settlements and recoveries: read."""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At
from api.route import HouseRoute
from api.schemas.common import Listing, PathId
from api.schemas.settlements import (
    RecoveryAnswer,
    SettlementAnswer,
    recovery_answer,
    settlement_answer,
)
from api.sight import claim_seen, recovery_seen, settlement_seen
from claims import store
from claims.calls import store as calls
from claims.rules.kinds import kind_of
from claims.store import ClaimRow, SettlementRow
from underwriting.store import missing, policy

router = APIRouter(route_class=HouseRoute, tags=["settlements"])


def settled(session: Session, row: SettlementRow) -> SettlementAnswer:
    """Return a settlement with its shares and calls."""
    return _answer(session, row, _words_of(session, store.claim(session, row.claim_id)))


def _answer(session: Session, row: SettlementRow, words: Mapping[str, str]) -> SettlementAnswer:
    shares, called = store.shares(session, row.id), calls.of_settlement(session, row.id)
    return settlement_answer(row, shares, called, words)


def _words_of(session: Session, claim: ClaimRow) -> Mapping[str, str]:
    """Return the words of each line of a claim; its product says them, no case is put together."""
    return kind_of(policy(session, claim.policy_id).product).lines


@router.get(
    "/v1/claims/{claim_id}/settlement",
    operation_id="read_claim_settlement",
    summary="Read the newest settlement of a claim",
    response_model=SettlementAnswer,
)
def read_claim_settlement(office: At, claim_id: PathId) -> Response:
    """Who bears what of the loss, step by step, and who was called for it."""

    def act(session: Session) -> BaseModel:
        row = store.settlement_of(session, claim_seen(session, office.actor, claim_id).id)
        if row is None:
            raise missing("settlement", "claim_id")
        return settled(session, row)

    return office.read(act)


@router.get(
    "/v1/claims/{claim_id}/settlements",
    operation_id="list_claim_settlements",
    summary="List the settlements of a claim",
    response_model=Listing[SettlementAnswer],
)
def list_claim_settlements(office: At, claim_id: PathId) -> Response:
    """Payments on account, the decision, and what made it true: each holds all before it."""

    def act(session: Session) -> BaseModel:
        claim = claim_seen(session, office.actor, claim_id)
        words = _words_of(session, claim)
        rows = store.settlements(session, claim.id)
        return Listing(items=tuple(_answer(session, row, words) for row in rows), next=None)

    return office.read(act)


@router.get(
    "/v1/settlements/{settlement_id}",
    operation_id="read_settlement",
    summary="Read one settlement",
    response_model=SettlementAnswer,
)
def read_settlement(office: At, settlement_id: PathId) -> Response:
    """Who bears what of the loss, step by step, and who was called for it."""
    return office.read(
        lambda session: settled(session, settlement_seen(session, office.actor, settlement_id))
    )


@router.get(
    "/v1/claims/{claim_id}/recoveries",
    operation_id="list_claim_recoveries",
    summary="List the recoveries of a claim",
    response_model=Listing[RecoveryAnswer],
)
def list_claim_recoveries(office: At, claim_id: PathId) -> Response:
    """Money that came back, in order, and to whom it was given."""

    def act(session: Session) -> BaseModel:
        rows = store.recoveries(session, claim_seen(session, office.actor, claim_id).id)
        return Listing(items=tuple(recovery_answer(row) for row in rows), next=None)

    return office.read(act)


@router.get(
    "/v1/recoveries/{recovery_id}",
    operation_id="read_recovery",
    summary="Read one recovery",
    response_model=RecoveryAnswer,
)
def read_recovery(office: At, recovery_id: PathId) -> Response:
    """Money that came back and to whom it was given."""
    return office.read(
        lambda session: recovery_answer(recovery_seen(session, office.actor, recovery_id))
    )
