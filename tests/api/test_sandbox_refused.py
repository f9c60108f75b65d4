"""What is refused in a sandbox stops one walk, and nobody else's; the clock is looked at freely."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from callers import Caller, Counter
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from api.access import Actor
from api.app import create_app
from api.cli.books import CHECKS
from api.deps import Office
from api.policy import Role
from api.sandbox.store import days_ahead
from kernel.db.engine import read
from kernel.settings import Settings

PLACE = "/v1/test-clock"
STOPPED = "2025-06-25"
"""The day on which the assessment is due: ten days after the notice."""


@pytest.fixture
def sandbox(counter: Counter) -> Counter:
    """The same callers before a sandbox."""
    app = create_app(Settings(sandbox=True), engine=counter.engine, clock=counter.clock)
    client = TestClient(app, raise_server_exceptions=False)
    heard: Any = counter.heard
    callers = {name: Caller(client, one.token, heard) for name, one in counter.caller.items()}
    return replace(counter, app=app, client=client, caller=callers)


def forward(caller: Caller, days: int, scenario: Any = None) -> Any:
    return caller.post(f"{PLACE}/advance", {"days": days, "scenario": scenario})


def items(answer: Any) -> list[tuple[str, str]]:
    return [(one["code"], one["day"]) for one in answer["happenings"]["items"]]


def a_refused_story(sandbox: Counter) -> dict[str, Any]:
    """A paper of another trade is none of the policy's: the assessment is refused."""
    sandbox.a_pool()
    policy = sandbox.a_policy()
    papers = {"papers": ["no_such_paper"]}
    return {"policy_id": policy["id"], "stops_paying_on": "2025-06-01", "assessment": papers}


def test_a_refusal_of_one_client_stops_no_other_from_going_on(sandbox: Counter) -> None:
    bank, other = sandbox.caller["bank"], sandbox.caller["other"]
    stopped = forward(bank, 200, a_refused_story(sandbox))
    assert (stopped["state"], stopped["today"]) == ("stopped", STOPPED)
    gone = forward(other, 60)
    assert (gone["state"], gone["today"]) == ("arrived", gone["until"])
    assert items(gone) == []
    again = forward(bank, 400)
    assert (again["state"], again["today"]) == ("arrived", again["until"])
    assert items(again)[0][0] == "waiting_ends"  # what comes after it is not kept waiting
    assert items(again)[-1] == ("refused_again", again["until"])
    found = bank.get(f"{PLACE}/happenings", limit="200")["items"]
    assert [one["day"] for one in found if one["code"] == "refused"] == [STOPPED]
    assert [one["day"] for one in found if one["code"] == "refused_again"] == [
        gone["until"], again["until"],
    ]  # fmt: skip
    for name, check in CHECKS.items():
        assert read(sandbox.engine, check) == (), name


def test_who_is_stopped_by_another_is_told_so_and_nothing_of_it(sandbox: Counter) -> None:
    forward(sandbox.caller["bank"], 1, a_refused_story(sandbox))
    stopped = forward(sandbox.caller["other"], 200)
    assert (stopped["state"], stopped["today"]) == ("stopped", STOPPED)
    (line,) = stopped["happenings"]["items"]
    assert (line["code"], line["day"], line["path"]) == ("stopped", STOPPED, PLACE)
    assert "paper" not in line["words"]
    (heard,) = sandbox.caller["other"].get(f"{PLACE}/happenings")["items"]
    assert heard == line


def test_a_scenario_stated_anew_puts_it_back_on_its_day(sandbox: Counter) -> None:
    bank, story = sandbox.caller["bank"], a_refused_story(sandbox)
    forward(bank, 200, story)
    answer = forward(bank, 200, {**story, "assessment": {}})
    assert answer["state"] == "arrived"
    assert items(answer)[0] == ("assessed", STOPPED)
    assert "settled" in [code for code, _ in items(answer)]
    assert not [code for code, _ in items(answer) if code.startswith("refused")]


def test_the_clock_is_looked_at_while_somebody_writes(sandbox: Counter) -> None:
    forward(sandbox.caller["bank"], 3)
    engine: Engine = sandbox.engine
    with engine.begin() as writer, ThreadPoolExecutor(1) as threads:
        writer.execute(text("UPDATE sandbox SET days = 9"))
        assert threads.submit(days_ahead, engine).result(timeout=10) == 3
        writer.rollback()


def test_no_desk_is_opened_inside_an_act(sandbox: Counter) -> None:
    actor = Actor("ac_x", "pa_x", Role.BANK, "junior")
    office = Office(sandbox.app.state.house, actor, "read_claim", "GET /v1/claims", 200)
    assert office.desk().actor == "ac_x"
    with pytest.raises(AssertionError, match="before its act"):
        read(sandbox.engine, lambda _: office.desk())
