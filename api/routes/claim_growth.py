"""What happens to a claim over the years: more is asked, a part is paid, it is taken up again."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.claim_view import claim_answer
from api.deps import At, Key
from api.route import HouseRoute
from api.routes.settlements import settled
from api.schemas.claim_answers import ClaimAnswer, ItemAnswer
from api.schemas.claim_growth import (
    ItemsRequest,
    OnAccountRequest,
    RepaymentRequest,
    item_answer,
)
from api.schemas.common import Listing, PathId, ReasonRequest
from api.schemas.sent import Sent
from api.schemas.settlements import SettlementAnswer
from api.sight import claim_seen
from claims import store
from claims.ask_more import ask_more
from claims.pay_on_account import pay_on_account
from claims.revise import revise
from claims.take_back import take_back
from kernel.desk import Desk

router = APIRouter(route_class=HouseRoute, tags=["claims"])


@router.post(
    "/v1/claims/{claim_id}/items",
    operation_id="ask_more",
    summary="Ask more on a claim",
    status_code=201,
    response_model=ClaimAnswer,
)
def ask_more_on_claim(office: At, key: Key, claim_id: PathId, sent: Sent[ItemsRequest]) -> Response:
    """Further bills, interest run on, damages put at a figure: all items are taken or none."""
    items = sent.read()

    def act(session: Session, desk: Desk) -> BaseModel:
        claim_seen(session, office.actor, claim_id)
        ask_more(session, claim_id, items, desk=desk)
        return claim_answer(session, claim_id, desk, actor=office.actor)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims/{claim_id}/items",
    operation_id="list_claim_items",
    summary="List what is asked on a claim",
    response_model=Listing[ItemAnswer],
)
def list_claim_items(office: At, claim_id: PathId) -> Response:
    """Everything that was asked, in the order in which it was stated."""

    def act(session: Session) -> BaseModel:
        row = claim_seen(session, office.actor, claim_id)
        items = store.items(session, row.id)
        return Listing(items=tuple(item_answer(item, row.currency) for item in items), next=None)

    return office.read(act)


@router.post(
    "/v1/claims/{claim_id}/payments-on-account",
    operation_id="pay_on_account",
    summary="Pay a part of a claim before the decision",
    status_code=201,
    response_model=SettlementAnswer,
)
def pay_claim_on_account(
    office: At, key: Key, claim_id: PathId, sent: Sent[OnAccountRequest]
) -> Response:
    """In advance, as costs arise, or early by agreement; the decision takes it into its total.

    Early is at a level of authority and within the waiting period, as from an overdue case.
    """
    agreed = sent.agreed()

    def act(session: Session, desk: Desk) -> BaseModel:
        amounts = sent.minor(store.claim(session, claim_id).currency)
        row = pay_on_account(session, claim_id, amounts, sent.purpose, agreed=agreed, desk=desk)
        return settled(session, row)

    return office.once(key, sent, act)


@router.post(
    "/v1/claims/{claim_id}/revision",
    operation_id="revise_claim",
    summary="Take a settled claim up again",
    response_model=ClaimAnswer,
)
def revise_claim(office: At, key: Key, claim_id: PathId, sent: Sent[ReasonRequest]) -> Response:
    """It is assessed and settled anew; until then its settlements stand."""

    def act(session: Session, desk: Desk) -> BaseModel:
        revise(session, claim_id, sent.reason, desk=desk)
        return claim_answer(session, claim_id, desk, actor=office.actor)

    return office.once(key, sent, act)


@router.post(
    "/v1/claims/{claim_id}/repayments",
    operation_id="take_back",
    summary="Record what the insured paid back",
    status_code=201,
    response_model=SettlementAnswer,
)
def take_back_on_claim(
    office: At, key: Key, claim_id: PathId, sent: Sent[RepaymentRequest]
) -> Response:
    """Of what it was paid too much, once a new settlement came to less."""
    repayment = sent.repayment()

    def act(session: Session, desk: Desk) -> BaseModel:
        return settled(session, take_back(session, claim_id, repayment, desk=desk))

    return office.once(key, sent, act)
