"""Calls on parties: read them, and take part in the dialogue on each."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.as_sent import as_sent
from api.deps import At, Key, Office
from api.route import HouseRoute
from api.schemas.calls import (
    AcceptanceRequest,
    CallAnswer,
    CallDialogue,
    DisputeRequest,
    PaymentRequest,
    ResolutionRequest,
    call_answer,
    call_dialogue,
)
from api.schemas.common import After, Limit, Listing, PathId, listing
from api.schemas.sent import Sent
from api.sight import call_seen, claim_seen
from claims.accept_call import accept_call
from claims.answer_call import answer_call, own_reference
from claims.calls import store
from claims.dispute_call import Dispute, dispute_call
from claims.pay_call import CallPayment, pay_call
from claims.resolve_call import Outcome, Resolution, resolve_call
from kernel.desk import Desk
from kernel.wire import Code

router = APIRouter(route_class=HouseRoute, tags=["calls"])

OfParty = Annotated[Code | None, Query(description="Only calls on this party of a scheme")]
InState = Annotated[Code | None, Query(description="Only calls in this state")]


def dialogue(session: Session, call_id: str) -> CallDialogue:
    """Return a call with all that was said and paid on it."""
    said, paid = store.answers(session, call_id), store.payments(session, call_id)
    return call_dialogue(store.call(session, call_id), said, paid)


def on_call(
    office: Office,
    key: str,
    call_id: str,
    sent: BaseModel | None,
    do: Callable[[Session, Desk], object],
) -> Response:
    """Do an act on a call, and answer with all that was said and paid on it."""

    def act(session: Session, desk: Desk) -> BaseModel:
        do(session, desk)
        return dialogue(session, call_id)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims/{claim_id}/calls",
    operation_id="list_claim_calls",
    summary="List the calls of a claim",
    response_model=Listing[CallAnswer],
)
def list_claim_calls(office: At, claim_id: PathId) -> Response:
    """Every call and refund of a claim, in the order raised, superseded ones among them."""

    def act(session: Session) -> BaseModel:
        rows = store.of_claim(session, claim_seen(session, office.actor, claim_id).id)
        return Listing(items=tuple(call_answer(row) for row in rows), next=None)

    return office.read(act)


@router.get(
    "/v1/calls",
    operation_id="list_calls",
    summary="List calls",
    response_model=Listing[CallAnswer],
)
def list_calls(
    office: At,
    party: OfParty = None,
    state: InState = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Calls on all parties, newest first."""

    def act(session: Session) -> BaseModel:
        rows = store.calls(session, party=party, state=state, after=after, limit=limit + 1)
        return listing(rows, limit, call_answer)

    return office.read(act)


@router.get(
    "/v1/calls/{call_id}",
    operation_id="read_call",
    summary="Read one call",
    response_model=CallDialogue,
)
def read_call(office: At, call_id: PathId) -> Response:
    """A call on one party for its share, with all that was said and paid on it."""
    return office.read(
        lambda session: dialogue(session, call_seen(session, office.actor, call_id).id)
    )


@router.post(
    "/v1/calls/{call_id}/acceptance",
    operation_id="accept_call",
    summary="Accept a call",
    response_model=CallDialogue,
)
def accept(office: At, key: Key, call_id: PathId, sent: Sent[AcceptanceRequest]) -> Response:
    """The party accepts what it is called for."""
    return on_call(
        office, key, call_id, sent, lambda s, d: accept_call(s, call_id, sent.words, desk=d)
    )


@router.post(
    "/v1/calls/{call_id}/dispute",
    operation_id="dispute_call",
    summary="Dispute a call",
    response_model=CallDialogue,
)
def dispute(office: At, key: Key, call_id: PathId, sent: Sent[DisputeRequest]) -> Response:
    """The party disputes its call, in whole or in part, with its reason and its clause."""
    disputed = Dispute(sent.amount.money("amount.amount"), sent.reason, sent.clause)

    return on_call(
        office, key, call_id, sent, lambda s, d: dispute_call(s, call_id, disputed, desk=d)
    )


@router.post(
    "/v1/calls/{call_id}/resolution",
    operation_id="resolve_call",
    summary="Resolve a dispute",
    response_model=CallDialogue,
)
def resolve(office: At, key: Key, call_id: PathId, sent: Sent[ResolutionRequest]) -> Response:
    """Upheld, lowered by settling again, or withdrawn; by somebody who did not raise the call."""
    resolution = Resolution(Outcome(sent.outcome), sent.reason)

    return on_call(
        office, key, call_id, sent, lambda s, d: resolve_call(s, call_id, resolution, desk=d)
    )


@router.post(
    "/v1/calls/{call_id}/payment",
    operation_id="pay_call",
    summary="Record a payment on a call",
    response_model=CallDialogue,
)
def pay(office: At, key: Key, call_id: PathId, sent: Sent[PaymentRequest]) -> Response:
    """The party has paid its share or part of it; of a refund, it was paid back."""
    amount = None if sent.amount is None else sent.amount.money("amount.amount")

    def paid(session: Session, desk: Desk) -> None:
        with as_sent({"value_date": "paid_on"}):
            if amount is None:
                answer_call(session, call_id, sent.paid_on, sent.reference, desk=desk)
            else:
                reference = sent.reference or own_reference(store.call(session, call_id))
                pay_call(session, call_id, CallPayment(amount, sent.paid_on, reference), desk=desk)

    return on_call(office, key, call_id, sent, paid)
