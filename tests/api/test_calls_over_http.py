"""Calls over HTTP: the whole dialogue, who may see and do what, and the final loss."""

from typing import Any

import pytest
from callers import Counter
from course_calls import (
    DISPUTED,
    UPHELD,
    settled_claim,
    walk_calls,
    walk_filing,
    walk_recomputation,
)

LATE = {"scheme": "weihai-later-years-2020", "issuer": "province_fund", "settles": "lead"}


@pytest.fixture
def policy(counter: Counter) -> Any:
    counter.a_pool()
    return counter.a_policy()


def late_policy(counter: Counter) -> Any:
    quote, underwriter = counter.a_quote(cover=LATE), counter.caller["underwriter"]
    if quote["state"] == "referred":
        underwriter.post(f"/v1/quotes/{quote['id']}/approval", {"reason": "looked into"})
    return underwriter.post(f"/v1/quotes/{quote['id']}/binding")


def test_the_dialogue_on_a_call_can_be_read_aloud(counter: Counter, policy: Any) -> None:
    """4 % of 3,000,000.00: disputed, upheld, in default, paid late, borne again."""
    call = walk_calls(counter, policy)
    told = [word["kind"] for word in call["said"]]
    assert told == ["raised", "disputed", "upheld", "noticed", "defaulted", "paid"]
    assert (call["state"], call["amount"]["amount"], call["open"]["amount"]) == (
        "paid", "120000.00", "0.00",
    )  # fmt: skip
    assert [part["held"] for part in call["payments"]] == [True]
    settlement = counter.caller["bank"].get(f"/v1/claims/{call['claim_id']}/settlement")
    borne = {share["party"]: share["paid"]["amount"] for share in settlement["shares"]}
    assert borne["appraiser"] == "120000.00"


def test_a_loss_is_shared_again_only_where_a_fact_has_changed(
    counter: Counter, policy: Any
) -> None:
    """A pool of 1,000,000.00 is filled to 2,000,000.00: the fund bears its 1,620,000.00, once."""
    again = walk_recomputation(counter, policy, "3000000.00")
    borne = {share["party"]: share["paid"]["amount"] for share in again["shares"]}
    assert (again["sequence"], borne["fund"]) == (2, "1620000.00")
    place = f"/v1/claims/{again['claim_id']}/recomputation"
    refused = counter.caller["adjuster"].ask("POST", place, {"reason": "once more"})
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing-changed")


def test_a_client_sees_its_own_calls_and_acts_on_none(counter: Counter, policy: Any) -> None:
    settlement = settled_claim(counter, policy)
    call, claim = settlement["calls"][0], f"/v1/claims/{settlement['claim_id']}"
    bank, other = counter.caller["bank"], counter.caller["other"]
    assert len(bank.get(f"{claim}/calls")["items"]) == 2
    assert other.ask("GET", f"{claim}/calls").status_code == 404
    assert other.ask("GET", f"/v1/calls/{call['id']}").status_code == 404
    assert bank.ask("GET", "/v1/calls").status_code == 403
    assert bank.ask("POST", f"/v1/calls/{call['id']}/dispute", DISPUTED).status_code == 403


def test_who_raised_a_call_does_not_judge_it(counter: Counter, policy: Any) -> None:
    adjuster, settlement = counter.caller["adjuster"], settled_claim(counter, policy)
    place = f"/v1/calls/{settlement['calls'][0]['id']}"
    adjuster.post(f"{place}/dispute", DISPUTED)
    refused = adjuster.ask("POST", f"{place}/resolution", UPHELD)
    assert (refused.status_code, refused.json()["code"]) == (403, "own-call")
    withdrawn = {"outcome": "withdrawn", "reason": "to be kind"}
    refused = counter.caller["second"].ask("POST", f"{place}/resolution", withdrawn)
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing-changed")


def test_a_pool_is_called_when_the_final_loss_is_filed(counter: Counter) -> None:
    """The city fund's 20 % of 3,000,000.00, once recoveries have ended."""
    call = walk_filing(counter, late_policy(counter))
    assert (call["party"], call["amount"]["amount"], call["raised_on"]) == (
        "city_fund", "600000.00", "2026-09-10",
    )  # fmt: skip
    assert "city_fund" not in call["payee"]
