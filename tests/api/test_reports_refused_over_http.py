"""Reports and pools over HTTP: who is refused, what is refused, paging, and CSV beside JSON."""

import csv
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from pathlib import Path
from typing import Any

from callers import SCHEME, Counter
from course_claim import a_guarantee


def _course() -> Any:
    """The course of this part, whether the folder lends it or not."""
    if "course_reports" not in sys.modules:
        path = Path(__file__).parent / "course_reports.py"
        spec = spec_from_file_location("course_reports", path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules["course_reports"] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules["course_reports"])
    return sys.modules["course_reports"]


COURSE = _course()
PERIOD = {"opens_on": "2025-01-01", "closes_on": "2025-03-03"}
PARTY = {"scheme": SCHEME, "party": "fund"}
STRANGE = "rp_" + "a" * 26
MAY_READ = {"underwriter": 200, "adjuster": 200, "bank": 403, "other": 403, "firm": 403,
            "nobody": 401}  # fmt: skip


def asked(template: str = "party-statement", **changes: Any) -> dict[str, Any]:
    whom = PARTY if template.startswith("party") else {}
    return {"template": template, "whom": whom, **PERIOD, **changes}


def fields(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [fault["field"] for fault in answer.json()["errors"]]


def reads(pool: str, report: str) -> Iterator[str]:
    """Every place of this part that is read."""
    yield from (f"/v1/pools/{pool}/{name}" for name in ("state", "forecast", "forecast/picture"))
    yield from ("/v1/reports", "/v1/reports/issued")
    yield from (f"/v1/reports/issued/{report}", f"/v1/reports/issued/{report}/csv")


def test_only_the_house_reads_and_issues(counter: Counter) -> None:
    """Banks and firms may not, known party or another; who shows no token is nobody."""
    pool = counter.a_pool()["id"]
    report = counter.caller["underwriter"].post("/v1/reports", asked())["report"]["id"]
    for place in reads(pool, report):
        said = {name: counter.caller[name].ask("GET", place).status_code for name in MAY_READ}
        assert said == MAY_READ, place
    for name, status in (("bank", 403), ("firm", 403), ("nobody", 401), ("adjuster", 201)):
        answer = counter.caller[name].ask("POST", "/v1/reports", asked())
        assert answer.status_code == status, answer.text
    own = asked("bank-ip-pledge", whom={"bank_id": counter.party["bank"]})
    assert counter.caller["bank"].ask("POST", "/v1/reports", own).status_code == 403
    issued = counter.caller["adjuster"].get("/v1/reports/issued")["items"]
    assert [one["id"] for one in issued] == [report], "who was refused left nothing"


CANNOT: Any = [
    ({"closes_on": "2025-02-30"}, "closes_on"),
    ({"opens_on": "2025-1-1"}, "opens_on"),
    ({"opens_on": 20250101}, "opens_on"),
    ({"closes_on": "2025-03-04"}, "closes_on"),
    ({"closes_on": "2024-12-31"}, "closes_on"),
    ({"template": "../party-statement"}, "template"),
    ({"template": ""}, "template"),
    ({"period": "2025"}, "period"),
    ({"whom": {**PARTY, "currency": "XXX"}}, "whom.currency"),
    ({"whom": {**PARTY, "currency": "cny"}}, "whom.currency"),
    ({"whom": {"scheme": SCHEME}}, "whom.party"),
    ({"whom": {**PARTY, "bank": "x"}}, "whom.bank"),
    ({"whom": {**PARTY, "bank_id": "one"}}, "whom.bank_id"),
    ({"template": "supervisor-claims", "whom": PARTY}, "whom.scheme"),
    ({"template": "bank-ip-pledge", "whom": {}}, "whom.bank_id"),
]


def test_what_cannot_be_asked_names_the_field(counter: Counter) -> None:
    house = counter.caller["underwriter"]
    for sent, field in CANNOT:
        found = fields(house.ask("POST", "/v1/reports", {**asked(), **sent}))
        assert field in found, sent
    assert house.get("/v1/reports/issued") == {"items": [], "next": None}


def test_all_that_is_wrong_with_a_report_is_said_at_once(counter: Counter) -> None:
    sent = asked(opens_on="2026-02-01", closes_on="2026-01-01", whom={})
    found = fields(counter.caller["underwriter"].ask("POST", "/v1/reports", sent))
    assert found == ["closes_on", "closes_on", "whom.scheme", "whom.party"]


STRANGE_FORECASTS: Any = [
    ({"months": "1.5"}, "months"), ({"months": "-1"}, "months"), ({"months": "x"}, "months"),
    ({"frailty": "-0.1"}, "frailty"), ({"frailty": "4.1"}, "frailty"),
    ({"frailty": "nan"}, "frailty"), ({"frailty": "inf"}, "frailty"),
    ({"as_of": "yesterday"}, "as_of"), ({"as_of": "2025-02-30"}, "as_of"),
]  # fmt: skip


def test_a_forecast_that_is_none_names_the_field(counter: Counter) -> None:
    house, place = counter.caller["underwriter"], f"/v1/pools/{counter.a_pool()['id']}"
    for params, field in STRANGE_FORECASTS:
        for path in ("forecast", "forecast/picture"):
            answer = house.ask("GET", f"{place}/{path}", params=params)
            assert [one.rpartition(".")[2] for one in fields(answer)] == [field], params


def test_there_is_no_such_pool_nor_edition(counter: Counter) -> None:
    for place in reads("pl_" + "a" * 26, STRANGE):
        if place.count("/") > 3:
            assert counter.caller["adjuster"].ask("GET", place).status_code == 404, place


def test_a_pool_that_nobody_draws_on_is_foreseen_whole(counter: Counter) -> None:
    house, place = counter.caller["underwriter"], f"/v1/pools/{counter.a_pool()['id']}"
    for months in (1, 12, 120):
        found = house.get(f"{place}/forecast", months=months)
        assert found["within_horizon"] is False
        assert len(found["curve"]) == months
        assert {one["expected"]["amount"] for one in found["curve"]} == {"1000000.00"}
        assert set(found["odds"]) == {str(one) for one in (12, 24, 36) if one <= months}
        assert set(found["odds"].values()) <= {0.0}


def test_a_day_before_the_pool_has_nothing_and_is_empty(counter: Counter) -> None:
    house, place = counter.caller["underwriter"], f"/v1/pools/{counter.a_pool()['id']}"
    state = house.get(f"{place}/state", as_of="2025-03-02")
    assert (state["balance"]["amount"], state["leverage"]) == ("0.00", None)
    assert house.get(f"{place}/state")["balance"]["amount"] == "1000000.00"
    found = house.get(f"{place}/forecast", as_of="2025-03-02", months=12)
    assert found["within_horizon"] is True
    assert found["odds"] == {"12": 1.0}


def test_csv_says_what_json_says_for_every_template(counter: Counter) -> None:
    counter.a_pool()
    a_guarantee(counter)
    house = counter.caller["adjuster"]
    for one in house.get("/v1/reports")["items"]:
        answer = COURSE.a_report(counter, one["code"], **PERIOD)
        assert answer["figures"], one["code"]
        sent = house.ask("GET", answer["report"]["csv"])
        assert sent.headers["content-type"].startswith("text/csv")
        lines = list(csv.DictReader(StringIO(sent.content.decode("utf-8-sig"), newline="")))
        stated = [{name: str(value) for name, value in figure.items()}
                  for figure in answer["figures"]]  # fmt: skip
        assert [_plain(line) for line in lines] == [_plain(line) for line in stated]
        codes = {column["code"] for column in one["columns"]}
        assert not codes or {line["code"] for line in lines} == codes


def _plain(line: dict[str, str]) -> dict[str, str]:
    """Without the apostrophe that disarms a formula."""
    return {name: value.removeprefix("'") for name, value in line.items()}


def test_editions_are_turned_over_page_by_page_newest_first(counter: Counter) -> None:
    counter.a_pool()
    house, made = counter.caller["underwriter"], []
    for day in (1, 2, 3):
        for template in ("party-statement", "supervisor-claims"):
            sent = asked(template, closes_on=f"2025-03-0{day}")
            made.append(house.post("/v1/reports", sent)["report"])
    seen: list[Any] = []
    after: dict[str, str] = {}
    while True:
        page = house.get("/v1/reports/issued", limit=4, **after)
        seen += page["items"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert len(seen) == 6
    key = [(one["created_at"], one["id"]) for one in seen]
    assert key == sorted(key, reverse=True)
    assert sorted(one["id"] for one in seen) == sorted(one["id"] for one in made)
    mine = house.get("/v1/reports/issued", template="party-statement")["items"]
    assert {one["template"] for one in mine} == {"party-statement"}
    assert len(mine) == 3
    other = next(one["id"] for one in made if one["template"] == "supervisor-claims")
    wrong = {"template": "party-statement", "after": other}
    for params in (wrong, {"after": STRANGE}, {"limit": "0"}):
        assert house.ask("GET", "/v1/reports/issued", params=params).status_code == 422


def test_sent_twice_under_one_key_it_is_one_edition(counter: Counter) -> None:
    counter.a_pool()
    house = counter.caller["underwriter"]
    first = house.post("/v1/reports", asked(), key="once")
    assert house.post("/v1/reports", asked(), key="once") == first
    other = house.ask("POST", "/v1/reports", asked(closes_on="2025-03-02"), key="once")
    assert other.status_code in (409, 422)
    assert len(house.get("/v1/reports/issued")["items"]) == 1
    for verb in ("PUT", "PATCH", "DELETE"):
        place = f"/v1/reports/issued/{first['report']['id']}"
        assert house.ask(verb, place).status_code == 405, "what was issued stays"
