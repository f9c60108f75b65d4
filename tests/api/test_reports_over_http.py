"""Pools and reports over HTTP: exact figures, editions, signed files, who may ask."""

import csv
import json
import sys
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from builders import cny
from callers import SCHEME, Counter
from course_claim import a_guarantee, claimed


def _course() -> ModuleType:
    """The course of this part, whether the folder lends it or not."""
    if "course_reports" not in sys.modules:
        path = Path(__file__).parent / "course_reports.py"
        spec = spec_from_file_location("course_reports", path)
        sys.modules["course_reports"] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules["course_reports"])
    return sys.modules["course_reports"]


COURSE = _course()


@pytest.fixture
def settled(counter: Counter) -> Any:
    """A pool of a million, exhausted by a loss of three; 90,000.00 came back: `callers`."""
    pool = counter.a_pool()
    policy = a_guarantee(counter)
    for _ in claimed(counter, policy):
        pass
    return {"pool": pool, "policy": policy}


def figure(answer: Any, code: str, row: str = "") -> Any:
    (found,) = [f for f in answer["figures"] if f["code"] == code and row in f["row"]]
    return found


def test_the_course_goes_through(counter: Counter, settled: Any) -> None:
    COURSE.walk_reports(counter)


def test_a_pool_says_where_it_stood_and_when_it_is_empty(counter: Counter, settled: Any) -> None:
    """Balance 1,000,000 less its whole, plus its part of 90,000; before the loss all of it."""
    house, place = counter.caller["underwriter"], f"/v1/pools/{settled['pool']['id']}"
    today, counted = house.get(f"{place}/state"), house.get(place)
    assert today["balance"] == counted["balance"]
    assert today["drawn"] == counted["drawn"]
    assert today["charged"] == cny("1000000.00")
    assert today["called"] == "0.00", "every call was paid"
    before = house.get(f"{place}/state", as_of="2026-03-31")
    assert before["balance"] == cny("1000000.00")
    assert before["reserved"][0]["expected_part"] == cny("1620000.00"), "54 % of three million"
    assert before["leverage"] == "3", "three million over one"
    assert before["promised_leverage"] == "10"
    assert before["room"] == "7000000.00"
    early = house.get(f"{place}/forecast", as_of="2026-04-30")
    assert early["within_horizon"] is True
    assert early["odds"]["12"] == 1.0
    assert early["curve"][0]["expected"] == cny("1000000.00")
    again = house.get(f"{place}/forecast", as_of="2026-04-30")
    assert again == early, "the same books, the same forecast"


def test_a_day_ahead_and_a_strange_horizon_are_refused(counter: Counter) -> None:
    house, place = counter.caller["underwriter"], f"/v1/pools/{counter.a_pool()['id']}"
    for path in ("state", "forecast", "forecast/picture"):
        answer = house.ask("GET", f"{place}/{path}", params={"as_of": "2025-03-04"})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "as_of"
    for months in ("0", "121"):
        answer = house.ask("GET", f"{place}/forecast", params={"months": months})
        assert answer.status_code == 422


def test_the_forecast_is_drawn(counter: Counter) -> None:
    house, pool = counter.caller["underwriter"], counter.a_pool()
    drawn = house.ask("GET", f"/v1/pools/{pool['id']}/forecast/picture")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert b"<svg" in drawn.content
    assert "Expected balance" in drawn.text


def test_a_report_is_signed_registered_and_read_back(counter: Counter, settled: Any) -> None:
    house = counter.caller["adjuster"]
    issued = COURSE.a_report(counter, "party-statement")
    report = issued["report"]
    assert (report["edition"], report["changed"], report["prev_sha256"]) == (1, 0, "0" * 64)
    assert figure(issued, "charged", "closing")["value"] == "-1000000.00"
    pdf = house.ask("GET", report["content"])
    assert pdf.status_code == 200
    assert sha256(pdf.content).hexdigest() == report["file_sha256"]
    assert b"/ByteRange" in pdf.content, "a signature stands in it"
    lines = list(
        csv.DictReader(StringIO(house.ask("GET", report["csv"]).content.decode("utf-8-sig")))
    )
    assert len(lines) == len(issued["figures"])
    assert lines[0] == {name: str(value) for name, value in issued["figures"][0].items()}
    assert house.get(f"/v1/reports/issued/{report['id']}") == issued
    assert house.get("/v1/reports/issued")["items"] == [report]
    assert house.get("/v1/reports/issued", template="region-pilot")["items"] == []


def test_an_unchanged_report_is_the_edition_that_stands(counter: Counter, settled: Any) -> None:
    first = COURSE.a_report(counter, "supervisor-claims")
    assert COURSE.a_report(counter, "supervisor-claims") == first


def test_a_later_fact_in_a_closed_period_makes_an_edition_that_names_it(
    counter: Counter, settled: Any
) -> None:
    """A recovery with a value date in August comes to be known in October."""
    first = COURSE.a_report(counter, "party-statement")
    counter.on(2026, 10, 12)
    place = "/v1/claims/" + counter.caller["adjuster"].get("/v1/claims")["items"][0]["id"]
    adjuster = counter.caller["adjuster"]
    adjuster.post(f"{place}/reopening", {"reason": "more money came"})
    late = {
        "reference": "SALE-2", "source": "专利拍卖 patent sale", "value_date": "2026-08-30",
        "gross": cny("30000.00"), "costs": cny("0.00"),
    }  # fmt: skip
    recovery = adjuster.post(f"{place}/recoveries", late)
    second = COURSE.a_report(counter, "party-statement")
    report = second["report"]
    assert (report["edition"], report["series"]) == (2, first["report"]["series"])
    assert report["prev_sha256"] == first["report"]["file_sha256"]
    part = recovery["given_back"]["fund"]
    (line,) = [c for c in second["changes"] if c["row"].endswith("-R2")]
    assert (line["before"], line["after"]) == ("", f"CNY {float(part['amount']):,.2f}")
    assert {c["code"] for c in second["changes"]} == {"given_back", "balance"}
    kept = counter.caller["adjuster"].get(f"/v1/reports/issued/{first['report']['id']}")
    assert kept == first, "the first edition stays what it was"


def test_a_first_loan_is_not_recorded_and_says_what_would_record_it(
    counter: Counter, settled: Any
) -> None:
    found = figure(COURSE.a_report(counter, "region-pilot"), "first_loans")
    assert (found["recorded"], found["value"]) == (False, "")
    assert "proposal" in found["note"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"closes_on": "2099-12-31"}, "closes_on"),
        ({"opens_on": "2026-09-30", "closes_on": "2026-01-01"}, "closes_on"),
        ({"whom": {"party": "fund"}}, "whom.scheme"),
        (
            {"whom": {"scheme": SCHEME, "party": "fund", "bank_id": "pt_" + "a" * 26}},
            "whom.bank_id",
        ),
    ],
)
def test_what_cannot_be_reported_is_refused(counter: Counter, sent: Any, field: str) -> None:
    whole = {"template": "party-statement", "whom": {"scheme": SCHEME, "party": "fund"},
             "opens_on": "2025-01-01", "closes_on": "2025-03-01", **sent}  # fmt: skip
    answer = counter.caller["underwriter"].ask("POST", "/v1/reports", whole)
    assert answer.status_code == 422, answer.text
    assert field in [fault["field"] for fault in answer.json()["errors"]]


def test_no_such_report_bank_or_edition(counter: Counter) -> None:
    house = counter.caller["underwriter"]
    unknown = {"template": "no-such", "opens_on": "2025-01-01", "closes_on": "2025-03-01"}
    assert house.ask("POST", "/v1/reports", unknown).json()["code"] == "no-such-report"
    bank = {**unknown, "template": "bank-ip-pledge", "whom": {"bank_id": "pt_" + "a" * 26}}
    assert house.ask("POST", "/v1/reports", bank).status_code == 404
    assert house.ask("GET", "/v1/reports/issued/rp_" + "a" * 26).status_code == 404


def test_a_bank_sees_no_pool_and_no_report(counter: Counter, settled: Any) -> None:
    report = COURSE.a_report(counter, "party-statement")["report"]
    bank = counter.caller["bank"]
    for path in (f"/v1/pools/{settled['pool']['id']}/state", "/v1/reports", "/v1/reports/issued"):
        assert bank.ask("GET", path).status_code == 403
    assert bank.ask("GET", report["content"]).status_code == 404
    assert json.loads(bank.ask("GET", report["csv"]).content)["status"] == 403
