"""Callers of the API with tokens of their own, before a house that serves."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from builders import cny, means_of_every_quarter, risk_json
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from api.access import issue_token
from api.app import create_app
from api.routes import ROUTERS
from kernel.clock import FixedClock
from kernel.db.engine import transact
from kernel.desk import Desk
from kernel.settings import Settings
from kernel.working_days import load_calendar
from underwriting.register import register_party

SCHEME = "zhongshan-2021"
PARTIES = {
    "house": ("insurer", "知保示范保险", "91440000HOUSE00001"),
    "bank": ("bank", "示范银行中山分行", "91440000BANK000001"),
    "other": ("bank", "另一示范银行", "91440000BANK000002"),
    "firm": ("firm", "示范仪器有限公司", "91440000FIRM000001"),
}
ROLES = {
    "underwriter": ("house", "underwriter"),
    "adjuster": ("house", "adjuster"),
    "bank": ("bank", "bank"),
    "other": ("other", "bank"),
    "firm": ("firm", "firm"),
    "second": ("house", "underwriter"),
}


class Operation(NamedTuple):
    """One operation: its id, how it is asked for, whether it takes a form."""

    id: str
    method: str
    path: str
    takes_form: bool


OPERATIONS = tuple(
    Operation(route.operation_id, *route.methods, route.path_format, route.body_field is not None)
    for router in ROUTERS
    for route in router.routes
)
_KEYS = itertools.count(1)


@dataclass
class Caller:
    """One holder of a token."""

    client: TestClient
    token: str
    heard: list[tuple[str, str, Any, Response]]

    def ask(
        self, method: str, path: str, sent: Any = None, *, key: str | None = "", **more: Any
    ) -> Response:
        """Send a request; a POST has a fresh key unless told otherwise."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if method == "POST" and key is not None:
            headers["Idempotency-Key"] = key or f"key-{next(_KEYS)}"
        headers |= more.pop("headers", {})
        if sent is not None:
            more["json"] = sent
        answer = self.client.request(method, path, headers=headers, **more)
        self.heard.append((method, path, sent, answer))
        return answer

    def get(self, path: str, **params: Any) -> Any:
        """Read, and expect it to go well."""
        answer = self.ask("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, sent: Any = None, **more: Any) -> Any:
        """Act, and expect it to go well."""
        answer = self.ask("POST", path, sent, **more)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()


@dataclass
class Counter:
    """A house that serves: its application, its clock, its callers."""

    app: FastAPI
    client: TestClient
    clock: FixedClock
    engine: Engine
    party: dict[str, str]
    caller: dict[str, Caller]
    heard: list[tuple[str, str, Any, Response]] = field(default_factory=list)

    def on(self, year: int, month: int, day: int) -> None:
        """Open at ten in the morning in Shanghai."""
        self.clock.instant = datetime(year, month, day, 2, tzinfo=UTC)

    def operation(self, method: str, path: str) -> str:
        """Return the operation id of a request."""
        for operation in OPERATIONS:
            pattern = re.sub(r"\{[a-z0-9_]+\}", "[^/]+", operation.path)
            if operation.method == method and re.fullmatch(pattern, path):
                return operation.id
        raise AssertionError(f"{method} {path} is no operation")

    def a_pool(self) -> Any:
        sent = {"scheme": SCHEME, "party": "fund", "contribution": cny("1000000.00")}
        return self.caller["underwriter"].post("/v1/pools", sent)

    def a_quote(self, by: str = "bank", **parts: Any) -> Any:
        sent = {"risk": a_proposal(**parts)}
        return self.caller[by].post("/v1/quotes", sent)

    def a_policy(self, by: str = "bank") -> Any:
        return self.a_policy_of(by)

    def a_policy_of(self, by: str = "bank", **parts: Any) -> Any:
        quote, underwriter = self.a_quote(by, **parts), self.caller["underwriter"]
        underwriter.post(f"/v1/quotes/{quote['id']}/approval", {"reason": "the pool was checked"})
        return underwriter.post(f"/v1/quotes/{quote['id']}/binding")


def open_counter(engine: Engine, *, docs: bool = False) -> Counter:
    """Serve a house with two banks and a firm, on 3 March 2025."""
    clock = FixedClock(datetime(2025, 3, 3, 2, tzinfo=UTC))
    app = create_app(Settings(), engine=engine, clock=clock, docs=docs)
    client = TestClient(app, raise_server_exceptions=False)
    desk = Desk(clock.now(), clock.today(), "clerk", "示范保险", load_calendar())
    counter = Counter(app, client, clock, engine, {}, {})
    for name, (kind, title, number) in PARTIES.items():
        counter.party[name] = transact(
            engine, lambda s, k=kind, t=title, n=number: register_party(s, k, t, n, desk=desk).id
        )
    for name, (party, role) in ROLES.items():
        counter.caller[name] = another(counter, counter.party[party], role, name)
    transact(engine, means_of_every_quarter)
    counter.caller["nobody"] = Caller(client, "", counter.heard)
    return counter


def another(
    counter: Counter, party_id: str, role: str, label: str, *, authority: str = "chief"
) -> Caller:
    """A caller with a token of its own."""
    give, at = partial(issue_token, authority=authority), counter.clock.now()
    token = transact(counter.engine, lambda s: give(s, party_id, role, label, at))
    return Caller(counter.client, token, counter.heard)


def a_proposal(**parts: Any) -> dict[str, Any]:
    """A proposal that an underwriter has to clear."""
    return risk_json(**{"cover": {"scheme": SCHEME}, **parts})


def a_notice(policy: Mapping[str, Any], papers: int = 99) -> dict[str, Any]:
    """Notice of a default of the whole principal, with the first `papers` papers."""
    return {
        "policy_id": policy["id"],
        "default_date": "2026-03-11",
        "known_on": "2026-03-11",
        "asked": {"principal": cny("3000000.00"), "penalty": cny("500.00")},
        "papers": list(policy["contract"]["papers"])[:papers],
    }
