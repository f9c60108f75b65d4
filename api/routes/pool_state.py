"""Pools as live objects: where one stood on any day, and when it will be empty."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.answers import content_of, respond
from api.deps import At, Office
from api.pool_pictures import forecast_picture
from api.route import HouseRoute
from api.schemas.common import PathId
from api.schemas.pool_state import (
    PoolForecastAnswer,
    PoolStateAnswer,
    pool_forecast_answer,
    pool_state_answer,
)
from claims.reports.pool_forecast import Foreseen, pool_forecast
from claims.reports.pool_state import pool_state
from kernel.db.engine import read
from kernel.wire import Day
from underwriting import store

router = APIRouter(route_class=HouseRoute, tags=["pools"])

AsOf = Annotated[Day | None, Query(description="End of this day; today where left out")]
Months = Annotated[int, Query(ge=1, le=120, description="Of the horizon")]
Frailty = Annotated[
    float,
    Query(ge=0, le=4, description="Variance of the common factor of all events; 0: independent"),
]


@router.get(
    "/v1/pools/{pool_id}/state",
    operation_id="read_pool_state",
    summary="Read where a pool stood on a day",
    response_model=PoolStateAnswer,
)
def read_pool_state(office: At, pool_id: PathId, as_of: AsOf = None) -> Response:
    """Money, calls, reserves, leverage, ratios, fuses and caps at the end of any day."""
    today = office.desk().on

    def act(session: Session) -> BaseModel:
        scheme = office.house.scheme(store.pool_by_id(session, pool_id).scheme_code)
        found = pool_state(session, pool_id, scheme, as_of or today, today=today)
        return pool_state_answer(found)

    return office.read(act)


@router.get(
    "/v1/pools/{pool_id}/forecast",
    operation_id="read_pool_forecast",
    summary="Forecast when a pool is empty",
    response_model=PoolForecastAnswer,
)
def read_pool_forecast(
    office: At, pool_id: PathId, as_of: AsOf = None, months: Months = 36, frailty: Frailty = 0.0
) -> Response:
    """Policies in force as pricing sees them, open claims and recoveries; no new business."""
    found = _foreseen(office, pool_id, as_of, months=months, frailty=frailty)
    return respond(content_of(pool_forecast_answer(found)))


@router.get(
    "/v1/pools/{pool_id}/forecast/picture",
    operation_id="draw_pool_forecast",
    summary="The same as a picture",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}},
)
def draw_pool_forecast(
    office: At, pool_id: PathId, as_of: AsOf = None, months: Months = 36, frailty: Frailty = 0.0
) -> Response:
    """The expected balance month by month with the band from 10 % to 90 %. SVG."""
    found = _foreseen(office, pool_id, as_of, months=months, frailty=frailty)
    picture = forecast_picture(found.forecast, found.state.pool.currency)
    return respond(picture, media_type="image/svg+xml")


def _foreseen(
    office: Office, pool_id: str, as_of: Day | None, *, months: int, frailty: float
) -> Foreseen:
    today = office.desk().on

    def act(session: Session) -> Foreseen:
        scheme = office.house.scheme(store.pool_by_id(session, pool_id).scheme_code)
        return pool_forecast(
            session, pool_id, scheme, as_of or today, today=today, months=months, frailty=frailty
        )

    return read(office.house.engine, act)
