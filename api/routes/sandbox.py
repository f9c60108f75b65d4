"""The test clock of a sandbox: where it stands, forward, and what happened."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.sandbox.advance import Asked, advance, sandbox_clock
from api.sandbox.view import advance_answer, clock_answer, happenings_answer
from api.schemas.common import Limit
from api.schemas.sandbox import (
    AdvanceAnswer,
    AdvanceRequest,
    HappeningsAnswer,
    TestClockAnswer,
)
from api.schemas.sent import Sent
from api.sight import policy_seen
from kernel.canonical import canonical_sha256
from kernel.db.engine import read
from kernel.desk import Desk

router = APIRouter(route_class=HouseRoute, tags=["sandbox"])

AfterNumber = Annotated[int, Query(ge=0, le=1_000_000_000, description="`next` of the page before")]


@router.get(
    "/v1/test-clock",
    operation_id="read_test_clock",
    summary="Where the clock of a sandbox stands",
    response_model=TestClockAnswer,
)
def read_test_clock(office: At) -> Response:
    """Today, the days by which it runs ahead, and since when the database is a sandbox."""
    clock = sandbox_clock(office.house)
    now = clock.base.now()
    return office.read(lambda session: clock_answer(session, now, office.house.calendar))


@router.post(
    "/v1/test-clock/advance",
    operation_id="advance_test_clock",
    summary="Put the clock of a sandbox forward",
    response_model=AdvanceAnswer,
)
def advance_test_clock(office: At, key: Key, sent: Sent[AdvanceRequest]) -> Response:
    """Day by day, with the real acts of every role; it stops on the day of a refusal."""
    clock, client = sandbox_clock(office.house), office.actor.only_client
    if told := sent.scenario:
        read(office.house.engine, lambda s: policy_seen(s, office.actor, told.policy_id))
    asked = Asked(
        scope=f"{office.actor.party_id}:{office.operation}",
        key=key,
        request_sha256=canonical_sha256(sent.model_dump(mode="json")),
        days=sent.days,
        scenario=sent.scenario.model_dump(mode="json") if sent.scenario else None,
    )

    def walk(_: Desk) -> str:
        return advance(office.house, asked).id

    def said(session: Session, _: Desk, id_: str) -> BaseModel:
        calendar = office.house.calendar
        return advance_answer(session, id_, clock.base.now(), calendar, client_id=client)

    return office.once_made(key, sent, walk, said)


@router.get(
    "/v1/test-clock/happenings",
    operation_id="list_happenings",
    summary="What happened while the clock went forward",
    response_model=HappeningsAnswer,
)
def list_happenings(office: At, after: AfterNumber = 0, limit: Limit = 50) -> Response:
    """First to last; a client sees what is its own, and where a walk stopped."""
    sandbox_clock(office.house)
    client = office.actor.only_client
    return office.read(
        lambda session: happenings_answer(
            session, advance_id=None, client_id=client, after=after, limit=limit
        )
    )
