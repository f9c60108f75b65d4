"""What may be done next: every act is offered somewhere, and what is offered is not refused."""

import ast
import json
import sqlite3
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from callers import OPERATIONS, Caller, Counter
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from whole_course import whole_course

from api.access import issue_token
from api.actions import _PATHS
from api.app import create_app
from api.policy import ALLOWED, Role
from kernel.clock import FixedClock
from kernel.db.engine import make_engine, transact
from kernel.settings import Settings

API = Path(__file__).parents[2] / "api"
OFFERS = ("offered.py", "offered_children.py", "offered_overdue.py")
CHILDREN = (
    "/v1/claims/{claim_id}", "/v1/overdues/", "/v1/calls/", "/v1/recoveries/", "/v1/disposals/",
    "/v1/lots/", "/v1/appeals/", "/v1/reserve-proposals/",
)  # fmt: skip
EXCEPTED: dict[str, str] = {}
"""Act on a claim or its children that is offered nowhere -> why."""
OF_NO_CLAIM = {
    "create_claim": "begins a claim: a policy is read for it",
    "claim_demand": "begins a claim: the demand on a letter offers it",
    "report_overdue": "begins an overdue case of a policy",
    "give_seat": "is of a scheme and its parties, not of one claim",
    "issue_bordereau": "is of a party's period, over all claims",
    "issue_report": "is of a period, over all claims",
}
BY_VALUE = {
    "counsel-twice", "demand-twice", "payment-twice", "expense-twice", "signed-twice",
    "recovery-payment-twice", "recovery-payment-over", "nothing-changed", "nothing-corrected",
    "settlement-superseded", "settlement-differs", "paper-rejected-before", "asked-once",
    "price-overpaid", "period-paid", "panel-too-small", "filing-not-open", "item-twice",
    "reference-twice", "transcript-differs", "letter-out-of-order", "step-out-of-order",
    "idempotency-key-reused", "pool-short", "opinion-twice",
    "waiting-period", "not-yet", "dunning-order",
    "nothing-to-recompute", "debtors-first", "taken-over", "concluded",
    "signed", "appeal-open", "appeal-twice", "worse-for-appellant",
}  # fmt: skip
"""Refusals of what was sent, not of where things stand: another amount or name would go."""


def _named() -> set[str]:
    """Every operation that the code may offer, found in its text."""
    found = set(_PATHS)
    for name in OFFERS:
        tree = ast.parse((API / name).read_text(encoding="utf-8"))
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and node.value in ALLOWED
        }
    return found


def test_every_act_on_a_claim_or_its_children_is_offered() -> None:
    acts = {
        one.id
        for one in OPERATIONS
        if one.method == "POST" and one.path.startswith(CHILDREN) and one.id in ALLOWED
    }
    assert len(acts) > 60
    assert acts - _named() == set(EXCEPTED)
    assert all(one in ALLOWED for one in OF_NO_CLAIM)
    assert not _named() & set(OF_NO_CLAIM)


class Watched(Caller):
    """A caller before whose acts it is looked up whether they are offered."""

    look: Callable[[str, str], None] = staticmethod(lambda _path, _token: None)

    def post(self, path: str, sent: Any = None, **more: Any) -> Any:
        """Look first, then act."""
        self.look(path, self.token)
        return super().post(path, sent, **more)


def _near(house: Caller, path: str) -> Iterator[dict[str, Any]]:
    """Every act that is offered or open now on the claim or overdue loan of a path, or on any."""
    kind, id_ = path.split("/")[2:4]
    if kind == "overdues":
        seen = house.get(f"/v1/overdues/{id_}")
        yield from seen["offered"]
        if seen["claim_id"] is None:
            return
        claims = [seen["claim_id"]]
    elif kind == "claims":
        claims = [id_]
    else:
        claims = [one["id"] for one in house.get("/v1/claims", limit=50)["items"]]
    for one in claims:
        claim = house.get(f"/v1/claims/{one}")
        yield from claim["offered"]
        yield from (act for act in claim["actions"] if act["allowed"])


@pytest.mark.slow
def test_what_the_course_does_was_offered_and_what_is_offered_is_not_refused(
    counter: Counter, tmp_path: Path
) -> None:
    if counter.engine.dialect.name != "sqlite":
        pytest.skip("a copy of the whole database for each probe is a file")
    probe = Probe(counter, tmp_path / "probe.db")
    plain, done, probed = counter.caller["adjuster"], Tally[str](), Tally[str]()
    wanted, wrong = _named(), list[str]()

    def look(path: str, _token: str) -> None:
        operation = counter.operation("POST", path)
        if operation not in wanted:
            return
        now = list(_near(plain, path))
        if (operation, path) not in {(one["operation"], one["path"]) for one in now}:
            wrong.append(f"{operation} {path} was done and not offered")
        done[operation] += 1
        for one in now:
            if not probed[one["operation"]]:
                probed[one["operation"]] += 1
                wrong.extend(probe.trouble(one))

    for name, one in list(counter.caller.items()):
        watched = Watched(one.client, one.token, one.heard)
        watched.look = look
        counter.caller[name] = watched
    whole_course(counter)
    assert wrong == []
    assert len(done) > 50
    assert set(probed) >= set(done)


class Probe:
    """A house of its own, which is made a copy of another before each act."""

    def __init__(self, counter: Counter, file: Path) -> None:
        """Open it on a file that is still empty."""
        self.counter, self.file = counter, file
        self._copy()
        self.engine, self.clock = make_engine(f"sqlite:///{file}"), FixedClock(datetime.now(UTC))
        self.client = TestClient(create_app(Settings(), engine=self.engine, clock=self.clock))

    def _copy(self) -> None:
        for one in self.file.parent.glob(f"{self.file.name}*"):
            one.unlink()
        here = sqlite3.connect(str(self.counter.engine.url.database))
        there = sqlite3.connect(self.file)
        here.backup(there)
        here.close()
        there.close()

    def trouble(self, act: dict[str, Any]) -> list[str]:
        """Do an act with its example; return whether it is its state that refuses it."""
        self.engine.dispose()
        self._copy()
        self.clock.instant = self.counter.clock.instant
        token = _token(self.counter, self.engine, act, self.clock.instant)
        example = API / "examples" / f"{act['operation']}.json"
        said = json.loads(example.read_text(encoding="utf-8")) if example.exists() else {}
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "probe"}
        answer = self.client.post(act["path"], headers=headers, json=said.get("request"))
        refused = answer.status_code == 409 and answer.json()["code"] not in BY_VALUE
        if refused or answer.status_code in (404, 500):
            return [f"{act['operation']} was offered: {answer.text}"]
        return []


def _token(counter: Counter, engine: Engine, act: dict[str, Any], at: datetime) -> str:
    """A token of somebody new, of a role that may ask."""
    role = next(one for one in ("adjuster", "bank") if one in act["roles"])
    party = counter.party["house" if role == Role.ADJUSTER else role]
    give = partial(issue_token, authority="chief")
    return str(transact(engine, lambda s: give(s, party, role, "probe", at.astimezone(UTC))))
