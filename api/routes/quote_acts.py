"""Acts on a quote that stands: its letter, another price, its withdrawal."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.schemas.common import PathId, ReasonRequest
from api.schemas.quote_acts import (
    OverrideAnswer,
    OverrideRequest,
    OverridesAnswer,
    override_answer,
)
from api.schemas.quotes import QuoteAnswer, quote_answer
from api.schemas.sent import Sent
from api.schemas.trail import DocumentAnswer, document_answer
from api.sight import quote_seen
from kernel.desk import Desk
from underwriting import store
from underwriting.letter import issue_letter
from underwriting.override import override
from underwriting.withdraw import withdraw

router = APIRouter(route_class=HouseRoute, tags=["quotes"])


@router.post(
    "/v1/quotes/{quote_id}/letter",
    operation_id="issue_quote_letter",
    summary="Issue the letter of a quote",
    status_code=201,
    response_model=DocumentAnswer,
)
def issue_quote_letter(office: At, key: Key, quote_id: PathId) -> Response:
    """Draw the letter up from the receipt and file it; a second time gives the same paper."""

    def act(session: Session, desk: Desk) -> BaseModel:
        quote_seen(session, office.actor, quote_id)
        return document_answer(session, issue_letter(session, quote_id, desk=desk))

    return office.once(key, None, act)


@router.post(
    "/v1/quotes/{quote_id}/overrides",
    operation_id="override_quote",
    summary="Offer a quote at another price",
    status_code=201,
    response_model=OverrideAnswer,
)
def override_quote(office: At, key: Key, quote_id: PathId, sent: Sent[OverrideRequest]) -> Response:
    """Set the premium that is offered, within the caller's authority; the reason stays."""

    def act(session: Session, desk: Desk) -> BaseModel:
        total = sent.premium.money("premium")
        row = override(session, quote_id, total, sent.reason, desk=desk)
        return override_answer(row, store.quote(session, quote_id).currency)

    return office.once(key, sent, act)


@router.get(
    "/v1/quotes/{quote_id}/overrides",
    operation_id="list_quote_overrides",
    summary="List the prices offered for a quote",
    response_model=OverridesAnswer,
)
def list_quote_overrides(office: At, quote_id: PathId) -> Response:
    """Each price with its reason and who decided it, oldest first."""

    def act(session: Session) -> BaseModel:
        row = quote_seen(session, office.actor, quote_id)
        rows = store.overrides(session, row.id)
        return OverridesAnswer(items=tuple(override_answer(one, row.currency) for one in rows))

    return office.read(act)


@router.post(
    "/v1/quotes/{quote_id}/withdrawal",
    operation_id="withdraw_quote",
    summary="Withdraw a quote",
    response_model=QuoteAnswer,
)
def withdraw_quote(office: At, key: Key, quote_id: PathId, sent: Sent[ReasonRequest]) -> Response:
    """Take back a quote that nobody bound; it counts against no limit any more."""

    def act(session: Session, desk: Desk) -> BaseModel:
        quote_seen(session, office.actor, quote_id)
        return quote_answer(withdraw(session, quote_id, sent.reason, desk=desk))

    return office.once(key, sent, act)
