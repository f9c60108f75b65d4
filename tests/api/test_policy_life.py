"""The life of a policy over HTTP, by its users' steps; previews, keys, sight, two clocks."""

import json
from typing import Any

import pytest
from builders import a_desk, cny
from callers import Counter, a_proposal
from sqlmodel import Session

from api.access import issue_token
from kernel.db.engine import read, transact
from underwriting import store
from underwriting.history.audit import verify_history
from underwriting.history.issue import record_issue
from underwriting.history.store import transactions
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.receipt import price

SAID = {"by": "示范银行中山分行", "on": "2025-09-01", "reference": "LETTER-1"}
CANCELLED = {
    "effective_on": "2025-09-10",
    "ground": "loan_repaid",
    "reason": "repaid early",
    "consent": SAID,
}
LESS = {"loan": {"amount": cny("2400000.00")}}


def a_policy(counter: Counter) -> str:
    """The path of a bound policy on 10 September 2025, its issue on record."""
    counter.a_pool()
    policy = counter.a_policy()
    transact(counter.engine, lambda s: _issue(s, policy["id"]))
    counter.on(2025, 9, 10)
    return f"/v1/policies/{policy['id']}"


def _issue(session: Session, policy_id: str) -> None:
    policy = store.policy(session, policy_id)
    if not transactions(session, policy_id):
        row = store.quote(session, policy.quote_id)
        priced = price(product(row.product), Inputs.of(json.loads(row.receipt)["inputs"]))
        record_issue(session, policy, priced, desk=a_desk())


def second(counter: Counter) -> Any:
    """Another underwriter of the house, who may clear what the first has made."""
    caller = counter.caller["underwriter"]
    token = transact(
        counter.engine,
        lambda s: issue_token(
            s, counter.party["house"], "underwriter", "second", counter.clock.now(),
            authority="chief",
        ),
    )  # fmt: skip
    return type(caller)(counter.client, token, counter.heard)


def test_a_change_is_referred_cleared_and_done(counter: Counter) -> None:
    path, underwriter = a_policy(counter), counter.caller["underwriter"]
    sent = {"risk": a_proposal(**LESS), "effective_on": "2025-09-10", "reason": "partly repaid"}
    first = underwriter.post(f"{path}/changes", sent)
    assert (first["committed"], first["decision"]) == (False, "referred")
    assert "drawn-already" in [found["code"] for found in first["findings"]]
    quote = {"reason": "nothing was overdue"}
    second(counter).post(f"/v1/quotes/{first['quote_id']}/approval", quote)
    again = {"quote_id": first["quote_id"], "effective_on": "2025-09-10", "reason": "as agreed"}
    done = underwriter.post(f"{path}/changes", again)
    assert done["committed"]
    assert done["premium"] == first["premium"]
    assert done["premium"]["total"]["charged"] == cny("0.00")
    assert done["before"]["sum_insured"] == cny("3000000.00")
    assert done["after"]["sum_insured"] == cny("2400000.00")
    assert {"path": "sum_insured", "before": "3000000.00", "after": "2400000.00"} in done[
        "differences"
    ]
    shown = counter.caller["bank"].get(path)
    assert shown["premium"] == done["after"]["premium"]
    assert read(counter.engine, verify_history) == ()


ACTS = {
    "changes": {"risk": a_proposal(**LESS), "effective_on": "2025-09-10", "reason": "as asked"},
    "cancellation": CANCELLED,
}


@pytest.mark.parametrize("act", ACTS)
def test_a_preview_is_the_same_answer_and_writes_nothing(counter: Counter, act: str) -> None:
    path, underwriter = a_policy(counter), counter.caller["underwriter"]
    by_bank = counter.caller["bank"].post(f"{path}/{act}/preview", ACTS[act], key=None)
    assert len(underwriter.get(f"{path}/transactions")["items"]) == 1
    done = underwriter.post(f"{path}/{act}", ACTS[act])
    own = {"committed", "transaction_id", "number", "quote_id", "after"}
    assert by_bank.keys() == done.keys()
    assert {k: v for k, v in by_bank.items() if k not in own} == {
        k: v for k, v in done.items() if k not in own
    }
    assert not by_bank["committed"]
    assert by_bank["transaction_id"] is None


def test_cancel_reinstate_cancel_and_undo_it(counter: Counter) -> None:
    path, underwriter = a_policy(counter), counter.caller["underwriter"]
    first = underwriter.post(f"{path}/cancellation", CANCELLED)
    assert first["after"]["status"] == "cancelled"
    back = {"reason": "a mistake", "no_loss": {**SAID, "on": "2025-09-10"}}
    assert underwriter.post(f"{path}/reinstatement/preview", back, key=None)["after"]["status"] == (
        "in_force"
    )
    underwriter.post(f"{path}/reinstatement", back)
    again = underwriter.post(f"{path}/cancellation", CANCELLED)
    undo = f"{path}/transactions/{again['transaction_id']}/reversal"
    reason = {"reason": "entered in error"}
    foreseen = underwriter.post(f"{undo}/preview", reason, key=None)
    done = underwriter.post(undo, reason)
    assert foreseen["premium"] == done["premium"]
    assert done["premium"]["total"]["charged"] == first["premium"]["total"]["returned"]
    rows = counter.caller["bank"].get(f"{path}/transactions")["items"]
    assert [(row["kind"], row["counts"]) for row in rows] == [
        ("issue", True),
        ("cancellation", False),
        ("reinstatement", False),
        ("cancellation", False),
        ("reversal", False),
    ]
    assert [row["prev_hash"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]
    assert rows[-1]["reversible_until"] is None
    assert read(counter.engine, verify_history) == ()


def test_a_guarantee_is_renewed_over_http(counter: Counter) -> None:
    path, underwriter = a_policy(counter), counter.caller["underwriter"]
    counter.on(2026, 3, 2)
    loan = {"drawdown": "2026-03-10", "refinancing": True, "contract": "2026-002"}
    risk = a_proposal(loan=loan, right={"appraised_on": "2026-01-20"})
    sent = {"risk": risk, "reason": "the loan goes on", "principal": "still_owed"}
    seen = counter.caller["bank"].post(f"{path}/renewals/preview", sent, key=None)
    first = underwriter.post(f"{path}/renewals", sent)
    assert seen["premium"] == first["premium"]
    assert {"renewed-without-repayment", "old-for-new"} <= {f["code"] for f in first["findings"]}
    second(counter).post(f"/v1/quotes/{first['quote_id']}/approval", {"reason": "checked"})
    del sent["risk"]
    done = underwriter.post(f"{path}/renewals", {**sent, "quote_id": first["quote_id"]})
    assert done["after"]["ends_on"] == "2027-04-09"


def test_the_same_key_cancels_once(counter: Counter) -> None:
    path, underwriter = a_policy(counter), counter.caller["underwriter"]
    first = underwriter.ask("POST", f"{path}/cancellation", CANCELLED, key="k1")
    again = underwriter.ask("POST", f"{path}/cancellation", CANCELLED, key="k1")
    assert first.content == again.content
    assert again.headers["idempotent-replayed"] == "true"
    other = underwriter.ask("POST", f"{path}/cancellation", CANCELLED, key="k2")
    assert (other.status_code, other.json()["code"]) == (409, "cancelled-already")


def test_two_clocks(counter: Counter) -> None:
    path, underwriter = a_policy(counter), counter.caller["underwriter"]
    underwriter.post(f"{path}/cancellation", CANCELLED)
    bank = counter.caller["bank"]
    now = bank.get(f"{path}/state", valid_on="2025-09-10")
    then = bank.get(f"{path}/state", valid_on="2025-09-10", known_at="2025-09-09T16:00:00Z")
    assert (now["status"], then["status"]) == ("cancelled", "in_force")
    assert then["known_at"] == "2025-09-09T16:00:00Z"
    assert bank.get(f"{path}/state")["valid_on"] == "2025-09-10"
    unissued = bank.get(f"{path}/state", known_at="2024-01-01T00:00:00+08:00")
    assert unissued["status"] == "not_known"


def test_cover_falls_as_the_loan_is_repaid(counter: Counter) -> None:
    path, bank = a_policy(counter), counter.caller["bank"]
    by_plan = [bank.get(f"{path}/state", valid_on=day) for day in ("2025-09-10", "2026-03-11")]
    assert [one["covered_by"] for one in by_plan] == ["plan", "plan"]
    assert [one["covered"] for one in by_plan] == [cny("3000000.00"), cny("0.00")]
    assert by_plan[1]["sum_insured"] == cny("3000000.00")


@pytest.mark.parametrize(
    "asked",
    [
        {"valid_on": "2025-02-30"},
        {"valid_on": "1889-01-01"},
        {"known_at": "1700000000"},
        {"known_at": "2025-09-10T00:00:00"},
        {"known_at": "0001-01-01T00:00:00+14:00"},
        {"as_of": "2025-09-10"},
    ],
)
def test_a_state_is_asked_for_plainly(counter: Counter, asked: dict[str, str]) -> None:
    path = a_policy(counter)
    answer = counter.caller["bank"].ask("GET", f"{path}/state", params=asked)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["cure"]


def test_another_bank_sees_nothing_and_a_bank_changes_nothing(counter: Counter) -> None:
    path = a_policy(counter)
    other, bank = counter.caller["other"], counter.caller["bank"]
    for part in ("/transactions", "/state"):
        assert other.ask("GET", f"{path}{part}").status_code == 404
    seen = other.ask("POST", f"{path}/cancellation/preview", CANCELLED, key=None)
    assert seen.status_code == 404
    assert bank.ask("POST", f"{path}/cancellation", CANCELLED).status_code == 403


@pytest.mark.parametrize(
    ("act", "sent"),
    [
        ("changes", {"effective_on": "2025-09-10", "reason": "neither"}),
        ("changes", {**ACTS["changes"], "quote_id": "qt_" + "a" * 26}),
        ("cancellation", {**CANCELLED, "ground": "no such"}),
        ("cancellation", {**CANCELLED, "consent": {"by": "x"}}),
        ("reinstatement", {"reason": "x"}),
        ("renewals", {"risk": a_proposal(), "reason": "x", "principal": "perhaps"}),
    ],
)
def test_what_is_not_plain_is_refused_with_its_cure(
    counter: Counter, act: str, sent: dict[str, Any]
) -> None:
    answer = counter.caller["underwriter"].ask("POST", f"{a_policy(counter)}/{act}", sent)
    assert answer.status_code == 422
    assert all(error["cure"] for error in answer.json()["errors"])


def test_an_open_claim_stops_a_cancellation(counter: Counter) -> None:
    path, bank = a_policy(counter), counter.caller["bank"]
    policy = bank.get(path)
    notice = {
        "policy_id": policy["id"],
        "default_date": "2025-09-08",
        "known_on": "2025-09-08",
        "asked": {"principal": cny("3000000.00")},
        "papers": [],
    }
    claim = bank.post("/v1/claims", notice)
    refused = counter.caller["underwriter"].ask("POST", f"{path}/cancellation", CANCELLED)
    assert (refused.status_code, refused.json()["code"]) == (409, "claim-open")
    assert claim["number"] in refused.text
