"""The test clock: forward only, once only, with the real acts; off where nobody switched it on."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from builders import cny
from callers import SCHEME, Caller, Counter
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError
from typer.testing import CliRunner

from api.app import create_app
from api.cli.books import CHECKS
from api.cli.sandbox import sandbox as commands
from api.sandbox.advance import Asked, _begin, advance
from api.sandbox.agenda import Span, next_item
from api.sandbox.store import mark_of
from kernel.clock import FixedClock, ShiftedClock
from kernel.db.engine import read, transact
from kernel.errors import Conflict, Invalid, Unavailable
from kernel.settings import Settings
from kernel.working_days import load_calendar

BREACH = "misused-loan"
PLACE = "/v1/test-clock"
DAYS = 400


def served(engine: Engine, clock: FixedClock) -> Any:
    return create_app(Settings(sandbox=True), engine=engine, clock=clock)


def as_sandbox(counter: Counter) -> Counter:
    """Serve the same callers by a sandbox; it is marked before any business."""
    app = served(counter.engine, counter.clock)
    client = TestClient(app, raise_server_exceptions=False)
    heard: Any = counter.heard
    callers = {name: Caller(client, one.token, heard) for name, one in counter.caller.items()}
    return replace(counter, app=app, client=client, caller=callers)


@pytest.fixture
def sandbox(counter: Counter) -> Counter:
    return as_sandbox(counter)


def a_story(policy: Any, **parts: Any) -> dict[str, Any]:
    return {
        "policy_id": policy["id"],
        "stops_paying_on": "2025-06-01",
        "recovers": {"after_days": 60, "share_of_principal": "0.3"},
        **parts,
    }


def test_off_by_default(counter: Counter) -> None:
    bank = counter.caller["bank"]
    for answer in (
        bank.ask("GET", PLACE),
        bank.ask("POST", f"{PLACE}/advance", {"days": 1}),
        bank.ask("GET", f"{PLACE}/happenings"),
    ):
        assert answer.status_code == 404
        assert answer.json()["code"] == "no-sandbox"
        assert "Zhibao-Sandbox" not in answer.headers


def walked(sandbox: Counter, days: int = DAYS, key: str = "walk", **story: Any) -> Any:
    """A pool, a policy, and so many days of its story, asked for by the bank."""
    sandbox.a_pool()
    policy = sandbox.a_policy()
    sent = {"days": days, "scenario": a_story(policy, **story)}
    return policy, sandbox.caller["bank"].post(f"{PLACE}/advance", sent, key=key)


def codes(answer: Any) -> list[str]:
    return [one["code"] for one in answer["happenings"]["items"]]


def one(answer: Any, code: str) -> Any:
    found = [one for one in answer["happenings"]["items"] if one["code"] == code]
    assert len(found) == 1, (code, codes(answer))
    return found[0]


def clean(engine: Engine) -> None:
    for name, check in CHECKS.items():
        assert read(engine, check) == (), name


def test_a_step_reads_the_reports_of_all_loans_at_once(sandbox: Counter) -> None:
    walked(sandbox, days=30)
    sandbox.a_policy()
    asked: list[str] = []
    event.listen(sandbox.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    span = Span(date(2025, 4, 2), date(2025, 5, 2), "none")
    item = read(sandbox.engine, lambda session: next_item(session, span, load_calendar()))
    assert item is not None
    assert sum("FROM loan_event" in one for one in asked) == 1


def test_400_days_of_one_guarantee(sandbox: Counter) -> None:
    started = process_time()
    _, answer = walked(sandbox)
    assert process_time() - started < 5, "seconds of the processor, whatever else it does"
    assert answer["state"] == "arrived"
    assert codes(answer) == [
        *("premium_due", "disbursed", "instalment_paid", "instalment_paid", "overdue"),
        *("overdue_case", "notified", "assessed", "waiting_ends", "settled", "call_paid"),
        *("call_paid", "recovered", "given_back", "given_back", "given_back", "closed"),
    ]
    start = date(2025, 3, 3)
    assert answer["today"] == (start + timedelta(days=DAYS)).isoformat()
    days = [one["day"] for one in answer["happenings"]["items"]]
    assert days == sorted(days)
    assert one(answer, "overdue")["day"] == "2025-06-11"  # the day after the instalment of the 10th
    waited = date.fromisoformat(one(answer, "waiting_ends")["day"])
    assert one(answer, "settled")["day"] == (waited + timedelta(days=1)).isoformat()
    for happening in answer["happenings"]["items"]:
        sandbox.caller["bank"].get(happening["path"])
    clean(sandbox.engine)


def test_the_settlement_is_the_split(sandbox: Counter) -> None:
    """The rules alone, without books: principal of the loan, and the fund's million behind it."""
    _, answer = walked(sandbox)
    settled = sandbox.caller["bank"].get(one(answer, "settled")["path"])
    loss = settled["eligible"]["amount"]
    by_hand = sandbox.caller["bank"].post(
        "/v1/split",
        {
            "scheme": SCHEME, "currency": "CNY", "loss": {"principal": loss},
            "loan": {"amount": "3000000.00", "ip_share": 1},
            "balances": {"fund": "1000000.00"},
            "recovery": {"amount": "900000.00"},
        },
        key=None,
    )  # fmt: skip
    assert loss == "3000000.00"
    shares = {share["party"]: share for share in settled["shares"] if share["party"] != "uncovered"}
    expected = {share["party"]: share["paid"] for share in by_hand["shares"]}
    assert {party: share["paid"]["amount"] for party, share in shares.items()} == expected
    given = {party: share["given_back"]["amount"] for party, share in shares.items()}
    left = {p: text for p, text in by_hand["given_back"].items() if p != "uncovered"}
    assert given == left
    assert settled["uncovered"]["amount"] == by_hand["uncovered"]


def test_in_pieces_as_at_once(sandbox: Counter) -> None:
    """400 days, a hundred at a time and from a new application each, bring the same days."""
    _, first = walked(sandbox, 100)
    found = [(one["day"], one["code"]) for one in first["happenings"]["items"]]
    for _ in range(3):
        sandbox = as_sandbox(sandbox)
        more = sandbox.caller["bank"].post(f"{PLACE}/advance", {"days": 100})
        found += [(one["day"], one["code"]) for one in more["happenings"]["items"]]
    assert more["offset_days"] == DAYS
    assert ("2025-08-30", "settled") in found
    assert len(found) == len(set(found)) + 3  # two calls, three payees: each pair alike
    assert found[-1][1] == "closed"
    clean(sandbox.engine)


def test_the_same_key_walks_once(sandbox: Counter) -> None:
    bank = sandbox.caller["bank"]
    first = bank.ask("POST", f"{PLACE}/advance", {"days": 30}, key="k")
    again = bank.ask("POST", f"{PLACE}/advance", {"days": 30}, key="k")
    assert first.content == again.content
    assert bank.get(PLACE)["offset_days"] == 30
    other = bank.ask("POST", f"{PLACE}/advance", {"days": 31}, key="k")
    assert other.json()["code"] == "idempotency-key-reused"


@pytest.mark.parametrize("keys", [("a", "b"), ("a", "a")])
def test_two_at_once_never_twice(sandbox: Counter, keys: tuple[str, str]) -> None:
    sandbox.a_pool()
    story = a_story(sandbox.a_policy())
    bank = sandbox.caller["bank"]

    def ask(key: str) -> Any:
        return bank.ask("POST", f"{PLACE}/advance", {"days": 60, "scenario": story}, key=key)

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(ask, keys))
    done = [answer for answer in answers if answer.status_code == 200]
    refused = [answer.json()["code"] for answer in answers if answer.status_code != 200]
    assert done
    assert set(refused) <= {"sandbox-walking"}
    together = 60 * len(done) if keys[0] != keys[1] else 60
    assert bank.get(PLACE)["offset_days"] == together
    assert sum(code == "disbursed" for code in all_codes(bank)) == 1
    clean(sandbox.engine)


def all_codes(caller: Caller) -> list[str]:
    return [one["code"] for one in caller.get(f"{PLACE}/happenings", limit="200")["items"]]


@pytest.mark.parametrize("days", [-1, 0, 2001, "1", None])
def test_the_clock_never_goes_back(sandbox: Counter, days: Any) -> None:
    answer = sandbox.caller["bank"].ask("POST", f"{PLACE}/advance", {"days": days})
    assert answer.status_code == 422
    assert sandbox.caller["bank"].get(PLACE)["offset_days"] == 0


def test_the_database_keeps_time_from_running_back(sandbox: Counter) -> None:
    with pytest.raises(IntegrityError), sandbox.engine.begin() as connection:
        connection.execute(text("UPDATE sandbox SET days = -1"))


def test_a_missing_paper_and_a_breach_repaired(sandbox: Counter) -> None:
    cut = {"amount": cny("100000.00"), "line": "principal", "reason": "the loss that it caused"}
    policy, answer = walked(
        sandbox,
        missing_papers=["arrears_statement"],
        papers_after_days=12,
        assessment={"conduct": {"use_as_agreed": False}, "repairs": {BREACH: cut}},
    )
    assert "arrears_statement" in policy["contract"]["papers"]
    asked, came = one(answer, "assessed")["day"], one(answer, "papers_in")["day"]
    assert (date.fromisoformat(came) - date.fromisoformat(asked)).days == 12
    settled = sandbox.caller["bank"].get(one(answer, "settled")["path"])
    assert settled["eligible"]["amount"] == "2900000.00"
    clean(sandbox.engine)


def test_a_party_that_never_pays(sandbox: Counter) -> None:
    _, answer = walked(sandbox, defaults="appraiser")
    assert one(answer, "call_warned")["day"] < one(answer, "call_defaulted")["day"]
    assert answer["state"] == "arrived"
    clean(sandbox.engine)


def test_a_refusal_stops_the_walk_on_its_day(sandbox: Counter) -> None:
    """A paper of another trade is none of the policy's: the assessment is refused."""
    _, answer = walked(sandbox, assessment={"papers": ["no_such_paper"]})
    assert answer["state"] == "stopped"
    last = answer["happenings"]["items"][-1]
    assert (last["code"], last["day"]) == ("refused", answer["today"])
    assert "no_such_paper" in last["words"]
    assert sandbox.caller["bank"].get(PLACE)["today"] == last["day"]
    clean(sandbox.engine)


def test_a_client_sees_its_own(sandbox: Counter) -> None:
    policy, answer = walked(sandbox, 60)
    other = sandbox.caller["other"]
    assert all_codes(other) == []
    sent = {"days": 1, "scenario": a_story(policy)}
    assert other.ask("POST", f"{PLACE}/advance", sent).json()["code"] == "no-such-policy"
    assert codes(other.post(f"{PLACE}/advance", {"days": 60})) == []
    assert len(all_codes(sandbox.caller["adjuster"])) > len(codes(answer))


def test_cover_ends_and_a_borrower_that_pays_pays_all(sandbox: Counter) -> None:
    """Without a story the loan is repaid: eleven times interest, then interest and principal."""
    sandbox.a_pool()
    policy = sandbox.a_policy()
    answer = sandbox.caller["bank"].post(f"{PLACE}/advance", {"days": 2 * DAYS})
    assert codes(answer).count("instalment_paid") == 12
    loan = sandbox.caller["bank"].get(f"/v1/policies/{policy['id']}/loan")
    assert "repaid" in json.dumps(loan)
    ends = date.fromisoformat(policy["ends_on"])
    assert one(answer, "cover_ended")["day"] == (ends + timedelta(days=1)).isoformat()


def test_pages(sandbox: Counter) -> None:
    walked(sandbox)
    bank, found, after = sandbox.caller["bank"], [], 0
    while after is not None:
        page = bank.get(f"{PLACE}/happenings", limit="5", after=str(after))
        assert len(page["items"]) <= 5
        found += [one["sequence"] for one in page["items"]]
        after = page["next"]
    assert found == list(range(1, len(found) + 1))


def test_every_answer_says_that_it_is_a_sandbox(sandbox: Counter) -> None:
    for caller in ("nobody", "bank"):
        for path in (PLACE, "/v1/products", "/v1/nothing", "/v1/policies/x"):
            assert sandbox.caller[caller].ask("GET", path).headers["Zhibao-Sandbox"] == "1"


def test_a_house_with_business_does_not_become_one(counter: Counter) -> None:
    counter.a_pool()
    with pytest.raises(Unavailable, match="sandbox-holds-business"):
        served(counter.engine, counter.clock)
    assert read(counter.engine, mark_of) is None


def test_a_sandbox_serves_as_nothing_else(counter: Counter) -> None:
    as_sandbox(counter)
    with pytest.raises(Unavailable, match="is-a-sandbox"):
        create_app(Settings(), engine=counter.engine, clock=counter.clock)


def test_a_walk_that_was_cut_off_is_finished_by_its_key(sandbox: Counter) -> None:
    house = sandbox.app.state.house
    asked = Asked("somebody", "k", "0" * 64, 30, None)
    row, steps = transact(house.engine, lambda s: _begin(s, asked, sandbox.clock.now()))
    with pytest.raises(Conflict, match="sandbox-walking"):
        advance(house, replace(asked, key="other"))
    assert advance(house, asked).state == "arrived"
    assert read(house.engine, mark_of).steps == steps + 1
    assert advance(house, asked).id == row.id


def test_a_walk_that_stands_still_is_given_up(sandbox: Counter) -> None:
    house = sandbox.app.state.house
    asked = Asked("somebody", "k", "0" * 64, 30, None)
    transact(house.engine, lambda s: _begin(s, asked, sandbox.clock.now()))
    sandbox.clock.advance(seconds=61)
    assert advance(house, replace(asked, key="other")).state == "arrived"
    assert advance(house, asked).state == "stopped"
    assert read(house.engine, mark_of).days == 30


def test_at_the_command_line(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIBAO_DATABASE_URL", sqlite_url)
    run = CliRunner().invoke
    assert "of a sandbox only" in run(commands, ["clock"]).stderr
    monkeypatch.setenv("ZHIBAO_SANDBOX", "1")
    done = run(commands, ["advance", "400", "--json", "--key", "k"])
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["offset_days"] == 400
    assert run(commands, ["advance", "400", "--json", "--key", "k"]).exit_code == 0
    assert json.loads(run(commands, ["clock"]).stdout)["offset_days"] == 400
    story = tmp_path / "story.json"
    story.write_text('{"policy_id": 3}', encoding="utf-8")
    assert run(commands, ["advance", "1", "--scenario", str(story)]).exit_code == 1


@pytest.mark.parametrize(("text", "on"), [("0", False), ("1", True)])
def test_the_switch(text: str, on: bool) -> None:  # noqa: FBT001 - what it says
    assert Settings.from_environment({"ZHIBAO_SANDBOX": text}).sandbox is on
    assert not Settings.from_environment({}).sandbox
    with pytest.raises(Invalid, match="ZHIBAO_SANDBOX"):
        Settings.from_environment({"ZHIBAO_SANDBOX": "yes"})


def test_a_shifted_clock_asks_anew() -> None:
    base, days = FixedClock(datetime(2026, 3, 2, 2, tzinfo=UTC)), iter((0, 1, 400))
    shifted = ShiftedClock(base, lambda: next(days))
    assert [shifted.today() for _ in range(3)] == [
        date(2026, 3, 2), date(2026, 3, 3), date(2027, 4, 6),
    ]  # fmt: skip
