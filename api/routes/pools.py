"""Pools: the means that stand behind the parties of a scheme."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.schemas.common import After, Limit, Listing, PathId, listing
from api.schemas.pools import ContributionRequest, PoolAnswer, PoolRequest, pool_answer
from api.schemas.sent import Sent
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.money import MAX_MINOR, Money
from underwriting import store
from underwriting.register import contribute, register_pool

router = APIRouter(route_class=HouseRoute, tags=["pools"])


@router.get(
    "/v1/pools",
    operation_id="list_pools",
    summary="List pools",
    response_model=Listing[PoolAnswer],
)
def list_pools(office: At, limit: Limit = 50, after: After = None) -> Response:
    """Pools, newest first, with what each has left."""

    def act(session: Session) -> BaseModel:
        rows = store.pools_page(session, after=after, limit=limit + 1)
        return listing(rows, limit, pool_answer)

    return office.read(act)


@router.post(
    "/v1/pools",
    operation_id="create_pool",
    summary="Register a pool",
    status_code=201,
    response_model=PoolAnswer,
)
def create_pool(office: At, key: Key, sent: Sent[PoolRequest]) -> Response:
    """The means of one party of a scheme, and where they stand when they come in."""
    scheme = office.house.scheme(sent.scheme)
    opening = sent.opening()
    contribution = sent.contribution.money("contribution.amount")
    portfolio = sent.portfolio.money("portfolio.amount") if sent.portfolio else None

    def act(session: Session, desk: Desk) -> BaseModel:
        _check_year(session, sent, desk)
        row = register_pool(
            session,
            scheme,
            sent.party,
            contribution,
            portfolio=portfolio,
            opening=opening,
            desk=desk,
        )
        return pool_answer(row)

    return office.once(key, sent, act)


@router.get(
    "/v1/pools/{pool_id}",
    operation_id="read_pool",
    summary="Read one pool",
    response_model=PoolAnswer,
)
def read_pool(office: At, pool_id: PathId) -> Response:
    """A pool and what it has left."""
    return office.read(lambda session: pool_answer(store.pool_by_id(session, pool_id)))


@router.post(
    "/v1/pools/{pool_id}/contributions",
    operation_id="contribute_to_pool",
    summary="Pay into a pool",
    response_model=PoolAnswer,
)
def contribute_to_pool(
    office: At, key: Key, pool_id: PathId, sent: Sent[ContributionRequest]
) -> Response:
    """Money paid in; each reference counts once."""
    money = sent.amount.money("amount.amount")
    if money.minor == 0:
        raise invalid("amount.amount", "is nothing", "give more than nothing")

    def act(session: Session, desk: Desk) -> BaseModel:
        _check_room(session, pool_id, money)
        return pool_answer(contribute(session, pool_id, money, key=sent.reference, desk=desk))

    return office.once(key, sent, act)


def _check_year(session: Session, sent: PoolRequest, desk: Desk) -> None:
    """What a party paid this year is taken over only where these books have paid nothing."""
    currency, year = sent.contribution.currency, desk.on.year
    if sent.paid_this_year and store.pool_year(session, sent.scheme, sent.party, currency, year):
        fault = Fault("paid_this_year", "is counted here already", "leave it out")
        raise Conflict("year-counted", fault)


def _check_room(session: Session, pool_id: str, money: Money) -> None:
    """Refuse what the wire could not carry any more."""
    if store.pool_by_id(session, pool_id).contributed_minor + money.minor > MAX_MINOR:
        raise invalid("amount.amount", "makes the pool too large to state", "give less")
