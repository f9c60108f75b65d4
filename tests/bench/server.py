"""The server that the bench asks: the house's own, with an echo and a bare insert beside it.

`python tests/bench/server.py PORT DATABASE_URL` prints the token and the client's id, then serves.
"""

import sys
from datetime import UTC, datetime

import uvicorn
from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlmodel import Session

from api import policy
from api.access import issue_token
from api.answers import respond
from api.app import create_app
from api.deps import At, Key
from api.raters import Raters
from api.route import HouseRoute
from api.schemas.common import Answer
from api.schemas.quotes import QuoteRequest
from api.schemas.sent import Sent
from kernel.canonical import canonical_json
from kernel.clock import FixedClock
from kernel.db.engine import make_engine, transact
from kernel.db.revisions import upgrade
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.settings import Settings
from kernel.working_days import load_calendar
from underwriting.portfolio.means import Means
from underwriting.register import register_party
from underwriting.state_means import state_means

ROUTES = ("bench_echo", "bench_row")
router = APIRouter(route_class=HouseRoute)
for name in ROUTES:
    policy.ALLOWED[name] = frozenset(policy.Role)  # type: ignore[index] # here alone


class Done(Answer):
    """A row was written."""

    id: str


@router.post("/bench/echo", operation_id="bench_echo")
def echo(office: At, sent: Sent[QuoteRequest]) -> Response:
    """Check who asks and what was sent, and send it back."""
    del office
    return respond(canonical_json(sent.model_dump(mode="json")).encode())


@router.post("/bench/row", operation_id="bench_row")
def row(office: At, key: Key, sent: Sent[QuoteRequest]) -> Response:
    """Check the same, and insert one row with the same text."""
    stated = canonical_json(sent.model_dump(mode="json"))

    def act(session: Session) -> BaseModel:
        id_ = new_id("bn")
        query = text("INSERT INTO bench_row (id, key, text) VALUES (:id, :key, :text)")
        session.execute(query, {"id": id_, "key": key, "text": stated})
        return Done(id=id_)

    return respond(canonical_json(transact(office.house.engine, act).model_dump()).encode())


def main() -> None:
    """Set the house up and serve it."""
    port, url = int(sys.argv[1]), sys.argv[2]
    upgrade(url)
    engine = make_engine(url)
    with engine.begin() as connection:
        columns = "id TEXT PRIMARY KEY, key TEXT, text TEXT"
        connection.execute(text(f"CREATE TABLE bench_row ({columns})"))
    clock = FixedClock(datetime(2025, 3, 3, 2, tzinfo=UTC))
    settings = Settings(database_url=url)
    raters = Raters(settings, settings.raters)
    app = create_app(settings, engine=engine, clock=clock, raters=raters)
    app.include_router(router)
    desk = Desk(clock.now(), clock.today(), "bench", "bench", load_calendar())

    def opened(session: Session) -> tuple[str, str]:
        billion = 10**11
        state_means(
            session,
            Means(
                currency="CNY", as_of=datetime(2024, 12, 31, tzinfo=UTC).date(), source="bench",
                net_assets=billion, capital_and_reserves=billion, retained_premium=billion,
                retained_guarantee=billion, retained_financing=billion,
                small_business_share=0, core_solvency=2, comprehensive_solvency=3,
            ),
            desk=desk,
        )  # fmt: skip
        bank = register_party(session, "bank", "bench", "91440000BANK000001", desk=desk)
        return issue_token(session, bank.id, "bank", "bench", desk.at), bank.id

    sys.stdout.write(" ".join(transact(engine, opened)) + "\n")
    sys.stdout.flush()
    uvicorn.run(app, port=port, log_level="error", access_log=False)


if __name__ == "__main__":
    main()
