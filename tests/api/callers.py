"""Callers of the API with tokens of their own, and the whole life of one guarantee over HTTP."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from builders import GOOD_CONDUCT, cny, risk_json
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
}
ROLES = {
    "underwriter": ("house", "underwriter"),
    "adjuster": ("house", "adjuster"),
    "bank": ("bank", "bank"),
    "other": ("other", "bank"),
}


class Operation(NamedTuple):
    """One operation: its id, how it is asked for, whether it takes a form."""

    id: str
    method: str
    path: str
    takes_form: bool


OPERATIONS = tuple(
    Operation(route.operation_id, *route.methods, route.path, route.body_field is not None)
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
            pattern = re.sub(r"\{[a-z_]+\}", "[^/]+", operation.path)
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
        quote, underwriter = self.a_quote(by), self.caller["underwriter"]
        underwriter.post(f"/v1/quotes/{quote['id']}/approval", {"reason": "the pool was checked"})
        return underwriter.post(f"/v1/quotes/{quote['id']}/binding")


def open_counter(engine: Engine, *, docs: bool = False) -> Counter:
    """Serve a house with two banks, on 3 March 2025."""
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
        token = transact(
            engine,
            lambda s, p=counter.party[party], r=role, n=name: issue_token(s, p, r, n, desk.at),
        )
        counter.caller[name] = Caller(client, token, counter.heard)
    counter.caller["nobody"] = Caller(client, "", counter.heard)
    return counter


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


def course(counter: Counter) -> Iterator[tuple[str, Any]]:
    """The whole life of one guarantee; yields the claim after every act on it, by operation."""
    bank, underwriter, adjuster = (counter.caller[n] for n in ("bank", "underwriter", "adjuster"))
    counter.a_pool()
    bank.post("/v1/quotes/preview", {"risk": a_proposal()}, key=None)
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    claim = bank.post("/v1/claims", a_notice(policy, papers=5))
    place = f"/v1/claims/{claim['id']}"
    yield "create_claim", claim
    counter.on(2026, 3, 16)
    yield "assess_claim", adjuster.post(f"{place}/assessment", {})
    counter.on(2026, 3, 20)
    found = {"papers": list(policy["contract"]["papers"]), "conduct": GOOD_CONDUCT}
    yield "assess_claim", adjuster.post(f"{place}/assessment", found)
    counter.on(2026, 6, 1)
    settlement = adjuster.post(f"{place}/settlement")
    yield "settle_claim", adjuster.get(place)
    counter.on(2026, 9, 1)
    receipts = {
        "reference": "SALE-1",
        "source": "专利拍卖 patent sale",
        "value_date": "2026-08-30",
        "gross": cny("100001.00"),
        "costs": cny("10001.00"),
    }
    adjuster.post(f"{place}/recoveries", receipts)
    yield "recover_claim", adjuster.get(place)
    for call in settlement["calls"]:
        adjuster.post(f"/v1/calls/{call['id']}/payment", {"paid_on": "2026-06-10"})
    yield "pay_call", adjuster.get(place)
    yield "close_claim", adjuster.post(f"{place}/closing", {"reason": "nothing is open"})
    yield "reopen_claim", adjuster.post(f"{place}/reopening", {"reason": "more money came"})
    adjuster.post(f"{place}/closing", {"reason": "nothing is open"})
    _read_all(counter, claim, policy, settlement)
    underwriter.get("/v1/parties")


def _read_all(counter: Counter, claim: Any, policy: Any, settlement: Any) -> None:
    """Read whatever the course has written, as the bank or, where it may not, as the house."""
    bank, underwriter = counter.caller["bank"], counter.caller["underwriter"]
    quote = f"/v1/quotes/{policy['quote_id']}"
    recovery = bank.get(f"/v1/claims/{claim['id']}/recoveries")["items"][0]
    papers = bank.get("/v1/documents", subject_type="claim", subject_id=claim["id"])["items"]
    for path in (
        *("/v1/products", "/v1/products/pledge_guarantee", "/v1/schemes", f"/v1/schemes/{SCHEME}"),
        *("/v1/quotes", quote, f"{quote}/receipt", f"{quote}/replay"),
        *("/v1/policies", f"/v1/policies/{policy['id']}", "/v1/claims"),
        *(f"/v1/claims/{claim['id']}{part}" for part in ("", "/events", "/settlement")),
        f"/v1/settlements/{settlement['id']}",
        f"/v1/calls/{settlement['calls'][0]['id']}",
        f"/v1/recoveries/{recovery['id']}",
        f"/v1/documents/{papers[0]['id']}",
        f"/v1/parties/{counter.party['bank']}",
    ):
        bank.get(path)
    split = {
        "scheme": SCHEME,
        "currency": "CNY",
        "loss": {"principal": "3000000.00"},
        "loan": {"amount": "3000000.00", "ip_share": 1},
        "balances": {"fund": "1000000.00"},
        "recovery": {"amount": "100001.00", "costs": "10001.00"},
    }
    bank.post("/v1/split", split, key=None)
    party = {"kind": "guarantor", "name": "示范担保有限公司", "register_id": "91440000GUAR000001"}
    underwriter.post("/v1/parties", party)
    pool = underwriter.get("/v1/pools")["items"][0]
    underwriter.get(f"/v1/pools/{pool['id']}")
    paid_in = {"amount": cny("500000.00"), "reference": "GRANT-2026"}
    underwriter.post(f"/v1/pools/{pool['id']}/contributions", paid_in)
    measure = {
        "bank_id": counter.party["bank"],
        "scheme": "guangzhou-2025",
        "measure": "bank_npl_loss_ratio",
        "ratio": "0.012",
        "as_of": "2026-06-30",
        "source": "year-end report",
    }
    underwriter.post("/v1/measures", measure)
    bank.get("/v1/measures")
