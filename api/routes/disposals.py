"""Disposal of a pledge: opened, valued, listed, bid for, sold or licensed, paid, closed."""

from collections.abc import Callable

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key, Office
from api.disposal_view import disposal_answer
from api.route import HouseRoute
from api.schemas.common import Listing, PathId, ReasonRequest
from api.schemas.disposal_answers import DisposalAnswer
from api.schemas.disposals import (
    AgreementRequest,
    BidRequest,
    DisposalRequest,
    ExpenseRequest,
    ForfeitRequest,
    ListingRequest,
    ProceedsRequest,
    ValuationRequest,
)
from api.schemas.sent import Sent
from api.sight import claim_seen, disposal_seen
from claims.award_disposal import Forfeit, award_lot, default_award
from claims.close_disposal import close_disposal, close_lot
from claims.disposal import lots
from claims.note_disposal import bid_on, list_lot, value_lot
from claims.note_expense import note_expense
from claims.open_disposal import open_disposal
from claims.receive_proceeds import receive_proceeds
from claims.sell_lot import license_lot, sell_lot
from kernel.desk import Desk

router = APIRouter(route_class=HouseRoute, tags=["disposals"])

_Act = Callable[[Session, Desk], object]


def _on_lot(office: Office, key: str, lot_id: str, sent: BaseModel | None, do: _Act) -> Response:
    """Do an act on a lot and answer with its whole disposal."""

    def act(session: Session, desk: Desk) -> BaseModel:
        do(session, desk)
        row = lots.disposal(session, lots.lot(session, lot_id).disposal_id)
        return disposal_answer(session, row, house=True)

    return office.once(key, sent, act)


@router.post(
    "/v1/claims/{claim_id}/disposals",
    operation_id="open_disposal",
    summary="Open the enforcement of the securities",
    status_code=201,
    response_model=DisposalAnswer,
)
def open_disposal_(office: At, key: Key, claim_id: PathId, sent: Sent[DisposalRequest]) -> Response:
    """Of a claim that was paid and taken over; each right is a lot of its own."""

    def act(session: Session, desk: Desk) -> BaseModel:
        row = open_disposal(session, claim_id, sent.opening(), desk=desk)
        return disposal_answer(session, row, house=True)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims/{claim_id}/disposals",
    operation_id="list_disposals",
    summary="List the disposals of a claim",
    response_model=Listing[DisposalAnswer],
)
def list_disposals(office: At, claim_id: PathId) -> Response:
    """Oldest first, each with its progress."""
    house = office.actor.only_client is None

    def act(session: Session) -> BaseModel:
        rows = lots.disposals(session, claim_seen(session, office.actor, claim_id).id)
        items = tuple(disposal_answer(session, row, house=house) for row in rows)
        return Listing[DisposalAnswer](items=items, next=None)

    return office.read(act)


@router.get(
    "/v1/disposals/{disposal_id}",
    operation_id="read_disposal",
    summary="Read one disposal",
    response_model=DisposalAnswer,
)
def read_disposal(office: At, disposal_id: PathId) -> Response:
    """Each lot, where it stands, what comes next, and what it fetched."""
    house = office.actor.only_client is None

    def act(session: Session) -> BaseModel:
        row = disposal_seen(session, office.actor, disposal_id)
        return disposal_answer(session, row, house=house)

    return office.read(act)


@router.post(
    "/v1/disposals/{disposal_id}/expenses",
    operation_id="note_expense",
    summary="Record what enforcement cost",
    status_code=201,
    response_model=DisposalAnswer,
)
def note_expense_(
    office: At, key: Key, disposal_id: PathId, sent: Sent[ExpenseRequest]
) -> Response:
    """What was necessary comes off recoveries first, in its place by day."""

    def act(session: Session, desk: Desk) -> BaseModel:
        note_expense(session, disposal_id, sent.expense(), desk=desk)
        return disposal_answer(session, lots.disposal(session, disposal_id), house=True)

    return office.once(key, sent, act)


@router.post(
    "/v1/disposals/{disposal_id}/closing",
    operation_id="close_disposal",
    summary="Close a disposal",
    response_model=DisposalAnswer,
)
def close_disposal_(
    office: At, key: Key, disposal_id: PathId, sent: Sent[ReasonRequest]
) -> Response:
    """When every lot is closed."""

    def act(session: Session, desk: Desk) -> BaseModel:
        row = close_disposal(session, disposal_id, sent.reason, desk=desk)
        return disposal_answer(session, row, house=True)

    return office.once(key, sent, act)


@router.post(
    "/v1/lots/{lot_id}/valuations",
    operation_id="value_lot",
    summary="Record a valuation",
    status_code=201,
    response_model=DisposalAnswer,
)
def value_lot_(office: At, key: Key, lot_id: PathId, sent: Sent[ValuationRequest]) -> Response:
    """The newest holds."""
    asked = sent.valued()
    return _on_lot(office, key, lot_id, sent, lambda s, d: value_lot(s, lot_id, asked, desk=d))


@router.post(
    "/v1/lots/{lot_id}/listings",
    operation_id="offer_lot",
    summary="Put a lot up for auction",
    status_code=201,
    response_model=DisposalAnswer,
)
def offer_lot(office: At, key: Key, lot_id: PathId, sent: Sent[ListingRequest]) -> Response:
    """Under the rules of court auctions; every fault of the listing at once."""
    asked = sent.listed()
    return _on_lot(office, key, lot_id, sent, lambda s, d: list_lot(s, lot_id, asked, desk=d))


@router.post(
    "/v1/lots/{lot_id}/bids",
    operation_id="bid_on_lot",
    summary="Record a bid",
    status_code=201,
    response_model=DisposalAnswer,
)
def bid_on_lot(office: At, key: Key, lot_id: PathId, sent: Sent[BidRequest]) -> Response:
    """As the venue recorded it."""
    asked = sent.made()
    return _on_lot(office, key, lot_id, sent, lambda s, d: bid_on(s, lot_id, asked, desk=d))


@router.post(
    "/v1/lots/{lot_id}/award",
    operation_id="award_lot",
    summary="Award a lot",
    response_model=DisposalAnswer,
)
def award_lot_(office: At, key: Key, lot_id: PathId) -> Response:
    """To the highest valid bid, the earlier of two alike; without one it is unsold."""
    return _on_lot(office, key, lot_id, None, lambda s, d: award_lot(s, lot_id, desk=d))


@router.post(
    "/v1/lots/{lot_id}/default",
    operation_id="default_award",
    summary="Record that the buyer did not pay",
    response_model=DisposalAnswer,
)
def default_award_(office: At, key: Key, lot_id: PathId, sent: Sent[ForfeitRequest]) -> Response:
    """Its deposit is kept and the next valid bid gets the lot."""
    asked = Forfeit(sent.reason, sent.reference, sent.value_date)
    return _on_lot(office, key, lot_id, sent, lambda s, d: default_award(s, lot_id, asked, desk=d))


@router.post(
    "/v1/lots/{lot_id}/sale",
    operation_id="sell_lot",
    summary="Sell a lot by agreement",
    response_model=DisposalAnswer,
)
def sell_lot_(office: At, key: Key, lot_id: PathId, sent: Sent[AgreementRequest]) -> Response:
    """With a valuation for what the market pays."""
    asked = sent.agreed()
    return _on_lot(office, key, lot_id, sent, lambda s, d: sell_lot(s, lot_id, asked, desk=d))


@router.post(
    "/v1/lots/{lot_id}/licence",
    operation_id="license_lot",
    summary="License a lot",
    response_model=DisposalAnswer,
)
def license_lot_(office: At, key: Key, lot_id: PathId, sent: Sent[AgreementRequest]) -> Response:
    """For a term; its fees come in by period."""
    asked = sent.agreed()
    return _on_lot(office, key, lot_id, sent, lambda s, d: license_lot(s, lot_id, asked, desk=d))


@router.post(
    "/v1/lots/{lot_id}/proceeds",
    operation_id="receive_proceeds",
    summary="Take in the money of a lot",
    status_code=201,
    response_model=DisposalAnswer,
)
def receive_proceeds_(
    office: At, key: Key, lot_id: PathId, sent: Sent[ProceedsRequest]
) -> Response:
    """It becomes a recovery and goes back to those who bore the loss."""
    asked = sent.proceeds()
    return _on_lot(
        office, key, lot_id, sent, lambda s, d: receive_proceeds(s, lot_id, asked, desk=d)
    )


@router.post(
    "/v1/lots/{lot_id}/closing",
    operation_id="close_lot",
    summary="Close a lot",
    response_model=DisposalAnswer,
)
def close_lot_(office: At, key: Key, lot_id: PathId, sent: Sent[ReasonRequest]) -> Response:
    """It is paid for, its licence has ended, or nobody wants it."""
    return _on_lot(
        office, key, lot_id, sent, lambda s, d: close_lot(s, lot_id, sent.reason, desk=d)
    )
