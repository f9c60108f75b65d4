"""What a sandbox tells: whose policy, which party, how much; and what it refuses to begin."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from callers import Caller, Counter
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import serve
from api.sandbox.assumed import assumption, with_assumption
from api.sandbox.item import Item
from kernel.errors import Invalid
from kernel.settings import Settings
from kernel.working_days import load_calendar

PLACE = "/v1/test-clock"


@pytest.fixture
def sandbox(counter: Counter) -> Counter:
    """The same callers before a sandbox."""
    app = create_app(Settings(sandbox=True), engine=counter.engine, clock=counter.clock)
    client = TestClient(app, raise_server_exceptions=False)
    heard: Any = counter.heard
    callers = {name: Caller(client, one.token, heard) for name, one in counter.caller.items()}
    return replace(counter, app=app, client=client, caller=callers)


def a_story(policy: Any, **parts: Any) -> dict[str, Any]:
    return {"policy_id": policy["id"], "stops_paying_on": "2025-06-01", **parts}


def walk(sandbox: Counter, days: int, story: Any = None) -> Any:
    sent = {"days": days, "scenario": story}
    return sandbox.caller["bank"].post(f"{PLACE}/advance", sent)


def test_each_thing_names_its_policy_and_what_is_paid_names_party_and_amount(
    sandbox: Counter,
) -> None:
    sandbox.a_pool()
    policy = sandbox.a_policy()
    back = {"after_days": 60, "share_of_principal": "0.3"}
    told = walk(sandbox, 400, a_story(policy, recovers=back))["happenings"]["items"]
    assert all(policy["number"] in one["words"] for one in told)
    assert all(policy["number"] in one["words_zh"] for one in told)
    words = {one["code"]: one["words"] for one in told}
    silent = ("premium_due", "cover_ended", "overdue", "overdue_case", "waiting_ends", "closed")
    assert all("CNY" in said for code, said in words.items() if code not in silent), words
    settled = next(one for one in told if one["code"] == "settled")
    calls = sandbox.caller["bank"].get(settled["path"])["calls"]
    said = [one["words"] for one in told if one["code"] == "call_paid"]
    assert len(said) == len(calls)
    for call in calls:
        assert any(call["party"] in one and call["amount"]["amount"] in plain(one) for one in said)
    assert "CNY 900,000.00" in words["recovered"] or "900000.00" in plain(words["recovered"])


def plain(words: str) -> str:
    return words.replace(",", "")


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("scenario.defaults", {"defaults": "nobody"}),
        ("scenario.defaults", {"defaults": "insurer"}),
        ("scenario.missing_papers.0", {"missing_papers": ["zz"]}),
        ("scenario.stops_paying_on", {"stops_paying_on": "2000-01-01"}),
        ("scenario.stops_paying_on", {"stops_paying_on": "2099-01-01"}),
    ],
)
def test_a_scenario_that_cannot_happen_is_refused_before_the_clock_moves(
    sandbox: Counter, field: str, parts: dict[str, Any]
) -> None:
    sandbox.a_pool()
    story = a_story(sandbox.a_policy(), **parts)
    bank = sandbox.caller["bank"]
    refused = bank.ask("POST", f"{PLACE}/advance", {"days": 5, "scenario": story})
    (fault,) = refused.json()["errors"]
    assert (refused.status_code, fault["field"]) == (422, field)
    assert fault["cure"].startswith(("use ", "give a day from 2025-03-11 to 2026-03-10"))
    assert bank.get(PLACE)["offset_days"] == 0
    assert walk(sandbox, 1)["state"] == "arrived"


def test_beyond_the_table_a_sandbox_counts_by_weekends_and_says_so(sandbox: Counter) -> None:
    """A loan of 2025 whose story comes to its settlement in 2027."""
    assert "assumed" in sandbox.caller["bank"].get(PLACE)
    assert sandbox.caller["bank"].get(PLACE)["assumed"] is None
    sandbox.clock.instant = datetime(2026, 11, 23, 2, tzinfo=UTC)
    gone = walk(sandbox, 60)
    assert gone["assumed"] == "assumed: no holidays known after 2026-12-31"
    assert gone["assumed_zh"].startswith("假定：2026-12-31")
    assert sandbox.caller["bank"].get(PLACE)["assumed"] == gone["assumed"]
    calendar = sandbox.app.state.house.calendar
    assert calendar.add_working_days(date(2026, 12, 31), 2) == date(2027, 1, 4)
    assert not calendar.is_working(date(2027, 1, 2))
    assert calendar.earliest(date(2026, 12, 31), 2) == date(2027, 1, 4)
    assert calendar.earliest_worked(date(2027, 1, 2)) == date(2027, 1, 4)


def test_what_happens_beyond_the_table_says_what_is_assumed() -> None:
    calendar = load_calendar(assumed=True)
    item = Item(
        on=date(2026, 12, 31), name="n", code="c", zh="到期", en="falls due", whose="nobody",
        path="/", client_id="p",
    )  # fmt: skip
    assert with_assumption(item, calendar) is item
    said = with_assumption(replace(item, on=date(2027, 1, 1)), calendar)
    assert said.en == "falls due (assumed: no holidays known after 2026-12-31)"
    assert said.zh.startswith("到期（假定：2026-12-31")
    assert assumption(calendar, date(2027, 1, 1)) is not None


def test_an_ordinary_house_still_knows_no_day_beyond_the_table(counter: Counter) -> None:
    assert not counter.app.state.house.calendar.assumed


def test_a_bad_table_of_working_days_is_refused_before_anybody_is_hired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = tmp_path / "days.csv"
    days.write_text("day,what\n2027-01-01,holiday\n", encoding="utf-8")
    monkeypatch.setattr(serve, "Raters", lambda *_: pytest.fail("a rater was hired"))
    settings = Settings(database_url=f"sqlite:///{tmp_path}/h.db", holidays=days, raters=2)
    with pytest.raises(Invalid, match=r"days.csv line 1.*date,kind,name"):
        serve.run_serve(settings, docs=False)


@pytest.mark.parametrize("assumed", [True, False])
def test_a_walk_past_the_end_of_the_table_arrives_only_where_days_are_assumed(
    sandbox: Counter,
    assumed: bool,  # noqa: FBT001 - both ways
) -> None:
    """The table ends before the settlement of September 2025, whose calls count working days."""
    ends = date(2025, 6, 30)
    calendar = replace(load_calendar(assumed=assumed), last=ends)
    object.__setattr__(sandbox.app.state.house, "calendar", calendar)
    sandbox.a_pool()
    gone = walk(sandbox, 250, a_story(sandbox.a_policy()))
    told = gone["happenings"]["items"]
    assert gone["state"] == ("arrived" if assumed else "stopped")
    assert any("calendar-ended" in one["words"] for one in told) is not assumed
    for one in told:
        beyond = date.fromisoformat(one["day"]) > ends
        assert (f"no holidays known after {ends}" in one["words"]) is beyond
