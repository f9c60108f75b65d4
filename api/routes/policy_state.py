"""How a policy stood when, and what was done with it: two clocks, valid and known."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator
from pydantic_core import PydanticCustomError
from sqlmodel import Session

from api import life
from api.deps import At
from api.route import HouseRoute
from api.schemas.common import Listing, PathId
from api.schemas.policy_life import PolicyStateAnswer, TransactionAnswer
from api.sight import policy_seen
from kernel.wire import FIRST_DAY, LAST_DAY, Day

router = APIRouter(route_class=HouseRoute, tags=["policies"])

ValidOn = Annotated[Day | None, Query(description="The day asked about; today without it")]


def _written(text: object) -> object:
    """Let an instant as text pass: a bare number is none."""
    if isinstance(text, str) and "T" not in text.upper():
        raise PydanticCustomError("instant", "is not an instant such as 2026-03-02T02:00:00Z")
    return text


def _in_range(instant: datetime) -> datetime:
    if not FIRST_DAY.year <= instant.year <= LAST_DAY.year:
        raise PydanticCustomError("instant", "is not between 1990 and 2100")
    return instant.astimezone(UTC)


Instant = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_in_range)]
KnownAt = Annotated[
    Instant | None, Query(description="As the books knew it then; all that is known without")
]


@router.get(
    "/v1/policies/{policy_id}/transactions",
    operation_id="list_policy_transactions",
    summary="List what was done with a policy",
    response_model=Listing[TransactionAnswer],
)
def list_policy_transactions(office: At, policy_id: PathId) -> Response:
    """Every transaction in order, each sealing the one before; none is ever altered."""

    def act(session: Session) -> BaseModel:
        policy_seen(session, office.actor, policy_id)
        items = life.transactions_of(session, policy_id)
        return Listing[TransactionAnswer](items=items, next=None)

    return office.read(act)


@router.get(
    "/v1/policies/{policy_id}/state",
    operation_id="read_policy_state",
    summary="Read how a policy stood",
    response_model=PolicyStateAnswer,
)
def read_policy_state(
    office: At, policy_id: PathId, valid_on: ValidOn = None, known_at: KnownAt = None
) -> Response:
    """Terms, premium and status on a day, as the books knew them at an instant."""
    day = valid_on or office.desk().on

    def act(session: Session) -> BaseModel:
        row = policy_seen(session, office.actor, policy_id)
        return life.state_of(session, row, day, known_at)

    return office.read(act)
