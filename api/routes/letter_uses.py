"""Use of a letter: declarations reserve, tax is paid, customs demands, the house answers."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.schemas import letter_answers as wire
from api.schemas.common import Listing, PathId
from api.schemas.letters import DemandNumber, DemandRefusalRequest, PaymentRequest
from api.schemas.sent import Sent
from api.sealing import Papers, once_papered
from api.sight import letter_seen
from kernel.desk import Desk
from underwriting.guarantees import store
from underwriting.guarantees.paper import Sheet
from underwriting.guarantees.stated import DemandStated, UseStated
from underwriting.pay_demand import pay_demand, payment_sheets
from underwriting.receive_demand import receive_demand
from underwriting.refuse_demand import refusal_sheets, refuse_demand
from underwriting.reserve_tax import release_tax, reserve_tax

router = APIRouter(route_class=HouseRoute, tags=["letters"])


@router.get(
    "/v1/letters/{letter_id}/uses",
    operation_id="list_letter_uses",
    summary="List the use of a letter",
    response_model=Listing[wire.UseAnswer],
)
def list_letter_uses(office: At, letter_id: PathId) -> Response:
    """Every event in order, each with the account after it."""

    def act(session: Session) -> BaseModel:
        row = letter_seen(session, office.actor, letter_id)
        uses = store.uses(session, row.id)
        items = tuple(wire.use_answer(one, row.currency) for one in uses)
        return Listing[wire.UseAnswer](items=items, next=None)

    return office.read(act)


@router.post(
    "/v1/letters/{letter_id}/reserves",
    operation_id="reserve_tax",
    summary="Reserve the tax of a declaration",
    status_code=201,
    response_model=wire.UseAnswer,
)
def reserve(office: At, key: Key, letter_id: PathId, sent: Sent[UseStated]) -> Response:
    """Never above what is available; the same event sent again gets the first answer."""

    def act(session: Session, desk: Desk) -> BaseModel:
        done = reserve_tax(session, letter_id, sent, desk=desk)
        return wire.use_answer(done, sent.amount.currency)

    return office.once(key, sent, act)


@router.post(
    "/v1/letters/{letter_id}/tax-payments",
    operation_id="release_tax",
    summary="Free what a declaration reserved: its tax was paid",
    status_code=201,
    response_model=wire.UseAnswer,
)
def tax_paid(office: At, key: Key, letter_id: PathId, sent: Sent[UseStated]) -> Response:
    """All of it or a part; each part has a `reference` of its own."""

    def act(session: Session, desk: Desk) -> BaseModel:
        done = release_tax(session, letter_id, sent, desk=desk)
        return wire.use_answer(done, sent.amount.currency)

    return office.once(key, sent, act)


@router.get(
    "/v1/letters/{letter_id}/demands",
    operation_id="list_demands",
    summary="List customs' demands under a letter",
    response_model=Listing[wire.DemandAnswer],
)
def list_demands(office: At, letter_id: PathId) -> Response:
    """Each with its days, its answer, and every discrepancy."""

    def act(session: Session) -> BaseModel:
        row = letter_seen(session, office.actor, letter_id)
        items = tuple(map(wire.demand_answer, store.demands(session, row.id)))
        return Listing[wire.DemandAnswer](items=items, next=None)

    return office.read(act)


@router.post(
    "/v1/letters/{letter_id}/demands",
    operation_id="receive_demand",
    summary="Record customs' demand for payment",
    status_code=201,
    response_model=wire.DemandAnswer,
)
def demand(office: At, key: Key, letter_id: PathId, sent: Sent[DemandStated]) -> Response:
    """It is examined at once; the last days of refusal and of payment run from its receipt."""
    return office.once(
        key,
        sent,
        lambda s, desk: wire.demand_answer(receive_demand(s, letter_id, sent, desk=desk)),
    )


@router.post(
    "/v1/letters/{letter_id}/demands/{reference}/payment",
    operation_id="pay_demand",
    summary="Pay a demand",
    response_model=wire.DemandAnswer,
)
def pay(
    office: At, key: Key, letter_id: PathId, reference: DemandNumber, sent: Sent[PaymentRequest]
) -> Response:
    """Whole, or what is open where it asks for more; the importer owes it back.

    Who recorded the demand does not pay it, and the payer's level suffices for the amount.
    """
    url, about = office.house.settings.public_url, (letter_id, reference, sent.account)

    def sheets(session: Session, desk: Desk) -> tuple[Sheet, ...]:
        return payment_sheets(session, *about, desk=desk, public_url=url, waiver=sent.waiver)

    def keep(session: Session, desk: Desk, papers: Papers) -> BaseModel:
        done = pay_demand(session, *about, papers, desk=desk, public_url=url, waiver=sent.waiver)
        return wire.demand_answer(done)

    return once_papered(office, key, sent, sheets, keep)


@router.post(
    "/v1/letters/{letter_id}/demands/{reference}/refusal",
    operation_id="refuse_demand",
    summary="Refuse a demand",
    response_model=wire.DemandAnswer,
)
def refuse(
    office: At,
    key: Key,
    letter_id: PathId,
    reference: DemandNumber,
    sent: Sent[DemandRefusalRequest],
) -> Response:
    """In one notice with every ground, by the last day of examination; never twice."""
    url, grounds = office.house.settings.public_url, sent.grounds

    def sheets(session: Session, desk: Desk) -> tuple[Sheet, ...]:
        return refusal_sheets(session, letter_id, reference, grounds, desk=desk, public_url=url)

    def keep(session: Session, desk: Desk, papers: Papers) -> BaseModel:
        done = refuse_demand(
            session, letter_id, reference, grounds, papers, desk=desk, public_url=url
        )
        return wire.demand_answer(done)

    return once_papered(office, key, sent, sheets, keep)
