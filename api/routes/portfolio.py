"""What is held together: accumulations, the insurer's own figures, limits, referral packs."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.schemas import portfolio as wire
from api.schemas.common import Finding, Limit, Listing, PathId
from api.schemas.referral import ReferralAnswer
from api.schemas.sent import Sent
from api.sight import quote_seen
from kernel.desk import Desk
from kernel.wire import Currency
from underwriting.authorise import referral_of
from underwriting.holdings import store
from underwriting.holdings.limits_today import Standing, limits_today
from underwriting.portfolio import keys
from underwriting.portfolio.findings import missed
from underwriting.portfolio.limits import Gate, load_limits
from underwriting.state_means import state_means

router = APIRouter(route_class=HouseRoute, tags=["portfolio"])

Name = Annotated[str, Path(min_length=1, max_length=200, description="Of the key, as a list gives")]
In = Annotated[Currency, Query(description="Amounts of this currency only")]


@router.get(
    "/v1/accumulations",
    operation_id="list_accumulations",
    summary="List what one event could hit",
    response_model=Listing[wire.AccumulationAnswer],
)
def list_accumulations(office: At, dimension: keys.Dimension, limit: Limit = 50) -> Response:
    """The keys of one dimension with the policies that share them, largest sums first."""
    on = office.desk().on

    def act(session: Session) -> BaseModel:
        rows = store.accumulations(session, dimension, on, limit=limit)
        items = tuple(wire.AccumulationAnswer(**row.json()) for row in rows)
        return Listing[wire.AccumulationAnswer](items=items, next=None)

    return office.read(act)


@router.get(
    "/v1/accumulations/{dimension}/{name:path}",
    operation_id="read_accumulation",
    summary="List the policies under one key",
    response_model=Listing[wire.CountedAnswer],
)
def read_accumulation(
    office: At, dimension: keys.Dimension, name: Name, limit: Limit = 50
) -> Response:
    """Which policies one event would hit, largest first."""
    on = office.desk().on

    def act(session: Session) -> BaseModel:
        rows = store.policies_under(session, keys.Key(dimension, name), on, limit=limit)
        items = tuple(map(wire.counted_answer, rows))
        return Listing[wire.CountedAnswer](items=items, next=None)

    return office.read(act)


@router.get(
    "/v1/means",
    operation_id="list_means",
    summary="List the insurer's own figures",
    response_model=Listing[wire.MeansAnswer],
)
def list_means(office: At) -> Response:
    """Statements, newest quarter first."""

    def act(session: Session) -> BaseModel:
        items = tuple(map(wire.means_answer, store.means_stated(session)))
        return Listing[wire.MeansAnswer](items=items, next=None)

    return office.read(act)


@router.post(
    "/v1/means",
    operation_id="create_means",
    summary="State the insurer's own figures",
    status_code=201,
    response_model=wire.MeansAnswer,
)
def create_means(office: At, key: Key, sent: Sent[wire.MeansRequest]) -> Response:
    """Figures of a quarter's end, which statutory limits are measured against; never changed."""
    means = sent.means()

    def act(session: Session, desk: Desk) -> BaseModel:
        return wire.means_answer(state_means(session, means, desk=desk))

    return office.once(key, sent, act)


@router.get(
    "/v1/limits",
    operation_id="list_limits",
    summary="List limits with their headroom",
    response_model=wire.LimitsAnswer,
)
def list_limits(office: At, currency: In = "CNY") -> Response:
    """Statutory limits and the house's own, what uses most of each, and what is left."""
    on, limits = office.desk().on, load_limits()

    def act(session: Session) -> BaseModel:
        standing = limits_today(session, limits, currency, on)
        means = standing.exposures.means
        return wire.LimitsAnswer(
            currency=currency,
            on=on,
            means_as_of=means and means.as_of,
            items=tuple(wire.LimitAnswer(**row.json()) for row in standing.rows),
            gates=tuple(_gate(gate, standing) for gate in limits.gates),
            findings=tuple(Finding(**found.json()) for found in standing.findings),
        )

    return office.read(act)


@router.get(
    "/v1/quotes/{quote_id}/referral",
    operation_id="read_quote_referral",
    summary="Read the referral pack of a quote",
    response_model=ReferralAnswer,
)
def read_quote_referral(office: At, quote_id: PathId) -> Response:
    """What refers, the price and its drivers, headroom, the obligor's others, who may decide."""
    on = office.desk().on

    def act(session: Session) -> BaseModel:
        row = quote_seen(session, office.actor, quote_id)
        return ReferralAnswer.model_validate({"quote_id": row.id, **referral_of(session, row, on)})

    return office.read(act)


def _gate(gate: Gate, standing: Standing) -> wire.GateAnswer:
    means, grounds = standing.exposures.means, gate.grounds
    return wire.GateAnswer(
        code=grounds.code,
        label=grounds.en,
        label_zh=grounds.zh,
        products=tuple(sorted(gate.products)),
        stated=None if means is None else str(getattr(means, gate.figure)),
        least=str(gate.least),
        kept=None if means is None else not missed(gate, means),
        clause=grounds.clause,
        source=grounds.source,
        grade=grounds.grade,
        unverified=grounds.unverified,
    )
