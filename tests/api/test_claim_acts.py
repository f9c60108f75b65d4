from typing import Any

import pytest
from builders import GOOD_CONDUCT, cny
from callers import Counter, a_notice

from kernel.db.row import new_id


def _claim(counter: Counter) -> Any:
    """A claim with every paper, on the day it is notified."""
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    return counter.caller["bank"].post("/v1/claims", a_notice(policy))


def _assess(counter: Counter, claim: Any, **sent: Any) -> Any:
    place = f"/v1/claims/{claim['id']}/assessment"
    return counter.caller["adjuster"].ask("POST", place, sent)


def _allowed(claim: Any) -> list[str]:
    return [action["operation"] for action in claim["actions"] if action["allowed"]]


def test_a_denial_names_every_ground_and_is_looked_at_anew(counter: Counter) -> None:
    claim = _claim(counter)
    bad = {"pledge_registered": False, "use_as_agreed": False}
    denied = _assess(counter, claim, conduct=GOOD_CONDUCT | bad).json()
    grounds = [found["code"] for found in denied["findings"] if found["effect"] == "decline"]
    assert (denied["state"], grounds) == ("denied", ["pledge-not-kept", "misused-loan"])
    assert denied["reserve"]["amount"] == "0.00"
    assert _allowed(denied) == ["close_claim", "reopen_claim"]
    adjuster, place = counter.caller["adjuster"], f"/v1/claims/{claim['id']}"
    closed = adjuster.post(f"{place}/closing", {"reason": "denied"})
    assert _allowed(closed) == ["reopen_claim"]
    again = adjuster.post(f"{place}/reopening", {"reason": "new evidence"})
    assert again["state"] == "notified"
    done = {clock["code"]: clock["done_on"] for clock in again["deadlines"]}
    assert done["assess"] == "2026-03-12", "the first decision was in time, and stays so"
    assert _allowed(again) == ["ask_more", "assess_claim", "pay_on_account"]
    assert _assess(counter, claim, conduct=GOOD_CONDUCT).json()["state"] == "accepted"
    kinds = [event["kind"] for event in adjuster.get(f"{place}/events")["items"]]
    assert kinds == ["notified", "denied", "closed", "reopened", "accepted"]


def test_conduct_not_yet_known_leaves_the_claim_open(counter: Counter) -> None:
    claim = _claim(counter)
    found = _assess(counter, claim, conduct={"use_as_agreed": True}).json()
    assert found["state"] == "notified"
    assert found["conduct"]["use_as_agreed"] is True
    assert found["conduct"]["fraud_by_insured"] is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"conduct": {"known_on": True}}, "conduct.known_on"),
        ({"conduct": {"papers": True}}, "conduct.papers"),
        ({"conduct": {"fraud_by_insured": "no"}}, "conduct.fraud_by_insured"),
        ({"papers": ["a_letter"]}, "papers"),
        ({"adjusted": {"principal": {"amount": cny("1")}}}, "adjusted.principal.reason"),
        ({"agreed_on": "2026-03-13"}, "agreed_on"),
        ({"denied": {"foo": "clause 3"}}, "denied.foo"),
    ],
)
def test_an_assessment_is_refused_with_the_field(counter: Counter, sent: Any, field: str) -> None:
    refused = _assess(counter, _claim(counter), **sent)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


def test_an_adjuster_allows_less_with_a_reason_and_in_the_claims_currency(
    counter: Counter,
) -> None:
    claim = _claim(counter)
    line = {"amount": {"amount": "1.00", "currency": "USD"}, "reason": "paid in part"}
    refused = _assess(counter, claim, conduct=GOOD_CONDUCT, adjusted={"principal": line})
    assert refused.json()["errors"][0]["field"] == "adjusted.principal.amount.currency"
    line["amount"] = cny("2000000.00")
    accepted = _assess(counter, claim, conduct=GOOD_CONDUCT, adjusted={"principal": line}).json()
    assert accepted["approved"]["principal"] == cny("2000000.00")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "asked"),
        ({"principal": None}, "asked.principal"),
        ({"principal": cny("1"), "interest": {"amount": "1", "currency": "USD"}}, "asked"),
        ({"principal": cny("0")}, "asked"),
        ({"principal": {"amount": "1", "currency": "USD"}}, "asked.principal.currency"),
        ({"fees": cny("1")}, "asked.fees"),
    ],
)
def test_a_notice_is_refused_with_the_field(counter: Counter, asked: Any, field: str) -> None:
    counter.a_pool()
    notice = a_notice(counter.a_policy()) | {"asked": asked}
    counter.on(2026, 3, 12)
    refused = counter.caller["bank"].ask("POST", "/v1/claims", notice)
    assert refused.status_code == 422
    assert field in [error["field"] for error in refused.json()["errors"]]


def test_one_default_is_one_claim(counter: Counter) -> None:
    claim = _claim(counter)
    policy = counter.caller["bank"].get(f"/v1/policies/{claim['policy_id']}")
    twice = counter.caller["bank"].ask("POST", "/v1/claims", a_notice(policy))
    assert (twice.status_code, twice.json()["code"]) == (409, "claim-twice")
    unknown = a_notice(policy) | {"policy_id": new_id("po")}
    assert counter.caller["bank"].ask("POST", "/v1/claims", unknown).status_code == 404
