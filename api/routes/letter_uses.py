"""Use of a letter: declarations reserve, tax is paid, customs demands, the house answers."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.letter_acts import demanded
from api.letter_life import once_on_letter
from api.route import HouseRoute
from api.schemas import letter_answers as wire
from api.schemas.common import Listing, PathId
from api.schemas.letters import DemandNumber, DemandRefusalRequest, PaymentRequest
from api.schemas.sent import Sent
from api.sight import letter_seen
from underwriting.guarantees import store
from underwriting.guarantees.stated import DemandStated, UseStated

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
    return once_on_letter(office, key, "reserve", letter_id, sent)


@router.post(
    "/v1/letters/{letter_id}/tax-payments",
    operation_id="release_tax",
    summary="Free what a declaration reserved: its tax was paid",
    status_code=201,
    response_model=wire.UseAnswer,
)
def tax_paid(office: At, key: Key, letter_id: PathId, sent: Sent[UseStated]) -> Response:
    """All of it or a part; each part has a `reference` of its own."""
    return once_on_letter(office, key, "tax_paid", letter_id, sent)


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
        calendar = office.house.calendar
        items = tuple(demanded(session, one, calendar) for one in store.demands(session, row.id))
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
    return once_on_letter(office, key, "demand", letter_id, sent)


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
    return once_on_letter(office, key, "pay", letter_id, sent, number=reference)


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
    return once_on_letter(office, key, "refuse_demand", letter_id, sent, number=reference)
