"""`zhibao quote`, `approve`, `bind`: the acts of the API on the database of the settings."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlmodel import Session

from api import strict_json
from api.cli.speak import read_file
from api.cli.who import Who
from api.house import House
from api.sandbox.mark import house_clock
from api.schemas.common import ReasonRequest
from api.schemas.policies import policy_answer
from api.schemas.quotes import QuoteRequest, quote_answer
from kernel.clock import SystemClock
from kernel.db.engine import make_engine, read, transact
from kernel.db.revisions import check_schema, upgrade
from kernel.desk import Desk
from kernel.errors import invalid
from kernel.settings import Settings
from kernel.working_days import load_calendar
from underwriting import store
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.history.store import quote_named
from underwriting.quote import quote
from underwriting.rules.levels import LEVELS

Returned = TypeVar("Returned")


@dataclass(frozen=True, slots=True)
class Counter:
    """The house of the settings, with somebody at its desk."""

    house: House
    who: Who

    def do(self, act: Callable[[Session, Desk], Returned]) -> Returned:
        """Do an act in one transaction."""
        desk = self.desk()
        return transact(self.house.engine, lambda session: act(session, desk))

    def see(self, act: Callable[[Session, Desk], Returned]) -> Returned:
        """Answer from one snapshot; a write in it is refused."""
        desk = self.desk()
        return read(self.house.engine, lambda session: act(session, desk))

    def desk(self) -> Desk:
        """Open a desk."""
        return self.house.desk(self.who.name, self.who.authority)


def open_counter(settings: Settings, who: Who) -> Counter:
    """Open the house of the settings; an embedded database that is new gets its schema.

    Raises:
        Invalid: the name is empty, or the authority is no level.
        Unavailable: the database is of another release.
    """
    if not who.name.strip():
        raise invalid("as", "is empty", "name who does it")
    if who.authority not in LEVELS:
        known = ", ".join(LEVELS)
        raise invalid("authority", f"{who.authority!r} is no level", f"use one of {known}")
    if settings.database_url.startswith("sqlite"):
        upgrade(settings.database_url)
    engine = make_engine(settings.database_url)
    check_schema(engine)
    clock = house_clock(settings, engine, SystemClock())
    calendar = load_calendar(settings.holidays, assumed=settings.sandbox)
    return Counter(House(settings, engine, clock, calendar), who)


def stated(reason: str) -> str:
    """Return a reason as strictly read as over HTTP.

    Raises:
        Invalid: it is empty, too long, or has hidden characters.
    """
    return strict_json.read(ReasonRequest, json.dumps({"reason": reason}).encode()).reason


def run_quote(file: str, client: str, settings: Settings, who: Who) -> dict[str, Any]:
    """Quote the proposal in a file for a client, by id or register number.

    Raises:
        Invalid: the proposal is wrong; every fault is named with its cure.
        NotFound: there is no such client.
    """
    sent = read_file(QuoteRequest, file)
    counter = open_counter(settings, who)

    def act(session: Session, desk: Desk) -> dict[str, Any]:
        known = store.party_by_register(session, client) or store.party(session, client)
        row = quote(
            session, known.id, sent.risk, desk=desk,
            schemes_folder=settings.schemes_dir, counts=settings.own_counts,
        )  # fmt: skip
        return quote_answer(row, None).model_dump(mode="json")

    return counter.do(act)


def run_approve(name: str, reason: str, settings: Settings, who: Who) -> dict[str, Any]:
    """Clear a referred quote, by id or number.

    Raises:
        Invalid: the reason is none.
        As `approve`.
    """
    why = stated(reason)

    def act(session: Session, desk: Desk) -> dict[str, Any]:
        row = approve(session, quote_named(session, name).id, why, desk=desk)
        return quote_answer(row, None).model_dump(mode="json")

    return open_counter(settings, who).do(act)


def run_bind(name: str, settings: Settings, who: Who) -> dict[str, Any]:
    """Bind a quote, by id or number.

    Raises:
        As `bind`.
    """

    def act(session: Session, desk: Desk) -> dict[str, Any]:
        row = bind(session, quote_named(session, name).id, desk=desk)
        return policy_answer(row).model_dump(mode="json")

    return open_counter(settings, who).do(act)
