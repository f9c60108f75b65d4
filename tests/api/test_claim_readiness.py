"""Would a policy pay: who may ask, what comes back, and that it is what is paid in the end."""

from decimal import Decimal
from typing import Any

import pytest
from builders import GOOD_CONDUCT
from callers import Counter

NUMBER = "ZL202010000001.X"


def place_of(policy: Any) -> str:
    return f"/v1/policies/{policy['id']}/claim-readiness"


@pytest.fixture
def policy(counter: Counter) -> Any:
    """A policy under a pool."""
    counter.a_pool()
    return counter.a_policy()


def test_the_bank_reads_what_would_be_paid_and_by_whom(counter: Counter, policy: Any) -> None:
    said = counter.caller["bank"].get(place_of(policy), as_of="2025-12-01")
    assert (said["kind"], said["as_of"], said["payable_from"]) == (
        "default", "2025-12-01", "2026-02-20",
    )  # fmt: skip
    assert said["payable"] == said["if_cured"] == said["after_repair"]
    borne = sum(Decimal(part["paid"]["amount"]) for part in said["parts"])
    principal, interest = said["lines"][:2]
    assert borne in (
        Decimal(principal["approved"]["amount"]),
        Decimal(principal["approved"]["amount"]) + Decimal(interest["approved"]["amount"]),
    )
    assert len(said["questions"]) == len(GOOD_CONDUCT)
    assert {paper["on_file_since"] for paper in said["papers"]} == {None}
    assert said["ready"] is False


def test_it_is_what_is_paid_in_the_end(counter: Counter, policy: Any) -> None:
    bank, adjuster = counter.caller["bank"], counter.caller["adjuster"]
    counter.on(2025, 12, 1)
    said = bank.get(place_of(policy))
    asked = {line["code"]: line["asked"] for line in said["lines"] if line["code"] != "penalty"}
    notice = {
        "policy_id": policy["id"], "default_date": "2025-12-01", "known_on": "2025-12-01",
        "asked": {code: asked[code] for code in ("principal", "interest")},
        "papers": [paper["code"] for paper in said["papers"]],
    }  # fmt: skip
    claim = bank.post("/v1/claims", notice)
    counter.on(2026, 2, 20)
    adjuster.post(f"/v1/claims/{claim['id']}/assessment", {"conduct": GOOD_CONDUCT})
    settled = adjuster.post(f"/v1/claims/{claim['id']}/settlement")
    assert settled["paid_to_bank"] == said["payable"]
    shares = {one["party"]: one["paid"] for one in settled["shares"]}
    assert shares == {one["party"]: one["paid"] for one in said["parts"]}


def test_a_listing_stops_payment_and_shows_its_evidence(counter: Counter, policy: Any) -> None:
    told = {"key": "LIST-1", "kind": "sanctions_listed", "happened_on": "2025-03-03",
            "told_by": "外交部公告 notice of the ministry"}  # fmt: skip
    underwriter = counter.caller["underwriter"]
    underwriter.post(f"/v1/obligors/{policy['borrower_register_id']}/events", told)
    said = counter.caller["bank"].get(place_of(policy), as_of="2025-12-01")
    (found,) = said["findings"]
    assert (found["code"], found["effect"]) == ("sanctions-listed", "decline")
    assert "LIST-1" in found["evidence"]
    assert said["payable"]["amount"] == "0.00"
    assert said["after_repair"] is None
    (cure,) = said["cures"]
    assert (cure["by"], cure["repairable"]) == ("2025-04-02", False)
    lifted = {**told, "key": "LIST-2", "kind": "sanctions_lifted"}
    underwriter.post(f"/v1/obligors/{policy['borrower_register_id']}/events", lifted)
    assert counter.caller["bank"].get(place_of(policy), as_of="2025-12-01")["findings"] == []


def test_a_breach_is_repaired_as_the_books_propose(counter: Counter, policy: Any) -> None:
    """The pledge was struck out: all of it is gone, and the house pays nothing for it."""
    told = {"key": "REG-9", "kind": "pledge_struck_out", "happened_on": "2025-03-03",
            "told_by": "patent register"}  # fmt: skip
    counter.caller["underwriter"].post(f"/v1/rights/{NUMBER}/events", told)
    bank, adjuster = counter.caller["bank"], counter.caller["adjuster"]
    counter.on(2025, 12, 31)
    said = bank.get(place_of(policy), as_of="2025-12-01")
    asked = {line["code"]: line["asked"] for line in said["lines"]}
    claim = bank.post("/v1/claims", {
        "policy_id": policy["id"], "default_date": "2025-12-01", "known_on": "2025-12-01",
        "asked": {code: asked[code] for code in ("principal", "interest")},
        "papers": [paper["code"] for paper in said["papers"]],
    })  # fmt: skip
    place = f"/v1/claims/{claim['id']}"
    listed = {one["finding"]["code"]: one for one in adjuster.get(f"{place}/repairs")["items"]}
    assert set(listed) == {"pledge-not-kept", "pledge-struck-out", "late-notice"}
    assert "REG-9" in listed["pledge-not-kept"]["finding"]["evidence"]
    whole = listed["pledge-not-kept"]["proposal"]
    assert (whole["line"], whole["amount"]) == ("principal", asked["principal"])
    assert listed["pledge-struck-out"]["proposal"] is None, "the line is taken off already"
    assert bank.ask("GET", f"{place}/repairs").status_code == 403


def test_a_part_of_the_pledge_that_is_gone_is_priced(counter: Counter, policy: Any) -> None:
    told = {"key": "REG-1", "kind": "annuity_missed", "happened_on": "2025-03-03",
            "told_by": "patent register"}  # fmt: skip
    counter.caller["underwriter"].post(f"/v1/rights/{NUMBER}/events", told)
    said = counter.caller["bank"].get(place_of(policy), as_of="2025-12-01")
    assert [one["code"] for one in said["findings"]] == ["annuity-missed"]
    assert said["cures"] == [], "what only informs asks for nothing"


def test_another_bank_sees_nothing_and_a_day_is_a_day(counter: Counter, policy: Any) -> None:
    hidden = counter.caller["other"].ask("GET", place_of(policy))
    assert (hidden.status_code, hidden.json()["code"]) == (404, "no-such-policy")
    wrong = counter.caller["bank"].ask("GET", place_of(policy), params={"as_of": "tomorrow"})
    assert wrong.status_code == 422


def test_the_two_kinds_of_readiness_are_kept_apart(counter: Counter, policy: Any) -> None:
    """One says whether exclusions were explained, the other what would be paid."""
    bank = counter.caller["bank"]
    explained = bank.get(f"/v1/policies/{policy['id']}/readiness")
    assert set(explained) == {"policy_id", "ready", "findings"}
    assert "payable" in bank.get(place_of(policy), as_of="2025-12-01")
