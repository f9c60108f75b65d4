"""Claims: notify, list, read, and what was done."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.claim_view import claim_answer
from api.deps import At, Key
from api.route import HouseRoute
from api.routes.case_room import seen_by
from api.schemas.claim_answers import ClaimAnswer, ClaimSummary, summary
from api.schemas.claims import NoticeRequest
from api.schemas.common import After, Limit, Listing, PathId, listing
from api.schemas.sent import Sent
from api.schemas.trail import EventAnswer, event_answer
from api.sight import claim_seen, policy_seen
from claims import store
from claims.notify import notify
from claims.room.view import heard
from claims.rules.lifecycle import State
from kernel.db import books
from kernel.desk import Desk

InState = Annotated[State | None, Query(description="Only claims in this state")]

router = APIRouter(route_class=HouseRoute, tags=["claims"])


@router.post(
    "/v1/claims",
    operation_id="create_claim",
    summary="Notify an insured event",
    status_code=201,
    response_model=ClaimAnswer,
)
def create_claim(office: At, key: Key, sent: Sent[NoticeRequest]) -> Response:
    """Open a claim with a first reserve and a receipt that names every clock."""
    notice = sent.notice()

    def act(session: Session, desk: Desk) -> BaseModel:
        policy_seen(session, office.actor, sent.policy_id)
        claim = notify(session, notice, desk=desk)
        return claim_answer(session, claim.id, desk, actor=office.actor)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims",
    operation_id="list_claims",
    summary="List claims",
    response_model=Listing[ClaimSummary],
)
def list_claims(
    office: At, limit: Limit = 50, after: After = None, state: InState = None
) -> Response:
    """Claims, newest first, of one state or of all; a bank sees its own."""

    def act(session: Session) -> BaseModel:
        bank = office.actor.only_client
        rows = store.claims(session, client_id=bank, after=after, limit=limit + 1, state=state)
        return listing(rows, limit, partial(summary, to_house=bank is None))

    return office.read(act)


@router.get(
    "/v1/claims/{claim_id}",
    operation_id="read_claim",
    summary="Read one claim",
    response_model=ClaimAnswer,
)
def read_claim(office: At, claim_id: PathId) -> Response:
    """A claim with findings, papers, clocks, reserve and what may be done next."""
    desk = office.desk()

    def act(session: Session) -> BaseModel:
        claim_seen(session, office.actor, claim_id)
        return claim_answer(session, claim_id, desk, actor=office.actor)

    return office.read(act)


@router.get(
    "/v1/claims/{claim_id}/events",
    operation_id="list_claim_events",
    summary="List what was done with a claim",
    response_model=Listing[EventAnswer],
)
def list_claim_events(office: At, claim_id: PathId) -> Response:
    """Every act in order, each sealing the one before it; of reserves the house alone hears."""

    def act(session: Session) -> BaseModel:
        case, view = seen_by(session, office.actor, claim_id)
        events = books.events(session, books.Subject("claim", case.claim.id))
        heard_of = (one for one in events if heard(one.kind, one.payload, view) is not None)
        return Listing(items=tuple(event_answer(event) for event in heard_of), next=None)

    return office.read(act)
