"""Overdue loans over HTTP, as a bank and an adjuster use them."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from builders import cny
from callers import Counter

from api.routes import overdues, transcripts


def _lent(name: str) -> Any:
    spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


course = _lent("course_overdues")
SINCE, TOLD = "2026-03-10", "2026-03-11"


@pytest.fixture
def case(counter: Counter) -> Any:
    """A loan that is overdue since yesterday."""
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    bank, place = counter.caller["bank"], f"/v1/policies/{policy['id']}"
    bank.post(f"{place}/loan-events", {"events": [dict(course.OUT)]})
    event = course.overdue_event(SINCE, TOLD)
    return bank.post(f"{place}/overdues", {"event": event, "known_on": TOLD})


def test_every_operation_is_walked(counter: Counter) -> None:
    counter.a_pool()
    kept = course.walk_overdues(counter)
    asked = {
        counter.operation(method, path.partition("?")[0])
        for method, path, _, answer in counter.heard
        if answer.status_code in (200, 201)
    }
    mine = {
        route.operation_id
        for router in (overdues.router, transcripts.router)
        for route in router.routes
    }
    assert mine <= asked
    assert kept["state"] == "claimed"
    assert [one["step"] for one in kept["letters"]] == ["bank", "joint"]
    assert kept["payable_from"] > kept["waiting_ends"] > kept["waiting_from"] > kept["since"]
    found = counter.caller["bank"].get(f"/v1/overdues/{kept['id']}/transcript")["items"][0]
    assert all(one["agreed"] for one in found["compared"])
    assert found["findings"] == []
    claim = counter.caller["bank"].get(f"/v1/claims/{kept['claim_id']}")
    assert claim["asked"]["principal"] == cny("3000000.00")
    assert claim["asked"] == {
        line: one for line, one in found["claimed"].items() if one["amount"] != "0.00"
    }
    kinds = [
        one["kind"]
        for one in counter.caller["bank"].get(
            "/v1/documents", subject_type="policy", subject_id=kept["policy_id"]
        )["items"]
    ]
    assert {"overdue_receipt", "dunning_letter"} <= set(kinds)


def test_a_notice_without_disbursement_says_what_to_report(counter: Counter) -> None:
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    sent = {"event": course.overdue_event(SINCE, TOLD), "known_on": TOLD}
    answer = counter.caller["bank"].ask("POST", f"/v1/policies/{policy['id']}/overdues", sent)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["cure"] == "report the disbursement"


def test_another_bank_sees_nothing(counter: Counter, case: Any) -> None:
    other = counter.caller["other"]
    for path in ("", "/transcript"):
        assert other.ask("GET", f"/v1/overdues/{case['id']}{path}").status_code == 404
    letter = {"step": "bank", "method": "courier"}
    assert other.ask("POST", f"/v1/overdues/{case['id']}/dunning", letter).status_code == 404
    assert other.ask("POST", f"/v1/overdues/{case['id']}/claim", {}).status_code == 404


def test_a_joint_letter_needs_the_insurer(counter: Counter, case: Any) -> None:
    bank, place = counter.caller["bank"], f"/v1/overdues/{case['id']}/dunning"
    bank.post(place, {"step": "bank", "method": "courier"})
    refused = bank.ask("POST", place, {"step": "joint", "method": "courier"})
    assert (refused.status_code, refused.json()["code"]) == (403, "joint-letter")
    counter.caller["adjuster"].post(place, {"step": "joint", "method": "courier"})


LINE = {"on": "2025-03-10", "kind": "drawdown", "debit": cny("3000000.00")}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"lines": [LINE]}, 201),
        ({}, 422),
        ({"lines": []}, 422),
        ({"lines": [LINE], "file": {"name": "x", "base64": "AAAA"}}, 422),
        ({"lines": [{**LINE, "debit": None}]}, 422),
        ({"lines": [{**LINE, "credit": cny("1.00")}]}, 422),
        ({"lines": [{**LINE, "kind": "repayment"}]}, 422),
        ({"lines": [{**LINE, "debit": {"amount": "1", "currency": "EUR"}}]}, 422),
        ({"lines": [LINE], "account": {"day_count": "monthly/365"}}, 422),
        ({"lines": [LINE], "account": {"order": ["costs"]}}, 422),
        ({"lines": [LINE], "account": {"penalty_factor": "1/2"}}, 422),
        ({"lines": [LINE], "account": {"rates": [{"from_on": "2025-01-01", "annual": "0"}]}}, 422),
        ({"file": {"name": "x", "base64": "A"}}, 422),
        ({"file": {"name": "x", "base64": "aGVsbG8="}}, 422),
        ({"file": {"name": "x", "base64": "UEsDBA=="}}, 422),
    ],
)
def test_lines_may_be_sent_and_what_cannot_be_is_refused(
    counter: Counter, case: Any, sent: Any, status: int
) -> None:
    answer = counter.caller["bank"].ask("POST", f"/v1/overdues/{case['id']}/transcript", sent)
    assert answer.status_code == status, answer.text
    if status == 201:
        found = answer.json()
        assert found["encoding"] == "lines"
        assert "transcript-unsigned" in [one["code"] for one in found["findings"]]
        assert "transcript-too-early" in [one["code"] for one in found["findings"]]
    else:
        assert all(one["cure"] for one in answer.json()["errors"])


def test_a_letter_number_is_bounded(counter: Counter, case: Any) -> None:
    proof = {"served_on": "2026-03-12", "proof": "x"}
    for number, status in (("99999999999999999999", 422), ("0", 422), ("2", 404), ("x", 422)):
        place = f"/v1/overdues/{case['id']}/dunning/{number}/service"
        assert counter.caller["bank"].ask("POST", place, proof).status_code == status
