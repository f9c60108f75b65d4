"""Who is offered what: a client its own acts, papers of any request, what an ended case takes."""

from typing import Any

import pytest
from callers import Counter, a_notice
from course_calls import settled_claim
from course_case_room import a_seat, signed
from course_overdues import OUT, a_statement, overdue_event
from course_reserves import LINES, a_clerk

COURT = {"court_ruling": "法院裁定书 court ruling"}


@pytest.fixture
def place(counter: Counter) -> str:
    """A claim that was notified, without its last papers."""
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    claim = counter.caller["bank"].post("/v1/claims", a_notice(policy, papers=5))
    return f"/v1/claims/{claim['id']}"


def operations(seen: Any) -> list[str]:
    return [one["operation"] for one in seen["offered"]]


def test_a_client_is_offered_what_it_may_ask_for_and_no_reserve(
    counter: Counter, place: str
) -> None:
    bank = counter.caller["bank"]
    before = bank.get(place)["offered"]
    (waiting,) = a_clerk(counter).post(f"{place}/reserves", LINES)["waiting"]
    assert "approve_reserves" in operations(counter.caller["underwriter"].get(place))
    answer = bank.ask("GET", place)
    assert answer.json()["offered"] == before != []
    assert all("bank" in one["roles"] for one in before)
    assert waiting["id"] not in answer.text


def test_a_paper_asked_for_besides_is_on_every_list(counter: Counter, place: str) -> None:
    bank, adjuster = counter.caller["bank"], counter.caller["adjuster"]
    adjuster.post(f"{place}/paper-requests", {"extra": COURT})
    seen = bank.get(place)
    assert {"code": "court_ruling", "name": COURT["court_ruling"], "received_on": None} in seen[
        "papers"
    ]
    paths = {(one["operation"], one["path"]) for one in seen["offered"]}
    assert ("receive_claim_paper", f"{place}/papers/court_ruling") in paths
    room = {one["code"]: (one["zh"], one["en"]) for one in bank.get(f"{place}/room")["papers"]}
    assert room["court_ruling"] == ("法院裁定书", "court ruling")
    asked = [
        one for one in bank.get(f"{place}/timeline")["happened"]
        if one["kind"] == "papers_requested"
    ]  # fmt: skip
    assert "court ruling" in asked[0]["en"]
    assert "法院裁定书" in asked[0]["zh"]
    bank.post(f"{place}/papers/court_ruling", content=b"ruled\n")
    refusals = {one["path"] for one in adjuster.get(place)["offered"]}
    assert f"{place}/papers/court_ruling/rejection" in refusals


def test_a_share_is_offered_to_sign_until_each_party_that_bears_has_signed(
    counter: Counter,
) -> None:
    counter.a_pool()
    settlement = settled_claim(counter, counter.a_policy())
    place = f"/v1/claims/{settlement['claim_id']}"
    bear = [
        one["party"] for one in settlement["shares"]
        if one["paid"]["amount"] != "0.00" and one["party"] != "uncovered"
    ]  # fmt: skip
    kinds = {"fund": "pool", "appraiser": "appraiser"}
    callers = {
        "bank": counter.caller["bank"],
        "insurer": counter.caller["adjuster"],
        **{
            party: a_seat(counter, kind, f"91440000{party.upper():0>10}", party)
            for party, kind in kinds.items()
        },
    }
    assert len(bear) > 2
    for party in bear:
        assert "sign_share" in operations(counter.caller["adjuster"].get(place)), party
        signed(callers[party], place, party)
    assert "sign_share" not in operations(counter.caller["adjuster"].get(place))


@pytest.fixture
def overdue(counter: Counter) -> tuple[str, Any]:
    """A loan that is overdue since 10 March 2026, and its policy."""
    counter.a_pool()
    policy = counter.a_policy()
    place = f"/v1/policies/{policy['id']}"
    counter.on(2026, 3, 20)
    bank = counter.caller["bank"]
    bank.post(f"{place}/loan-events", {"events": [dict(OUT)]})
    sent = {"event": overdue_event("2026-03-10", "2026-03-11"), "known_on": "2026-03-11"}
    return f"/v1/overdues/{bank.post(f'{place}/overdues', sent)['id']}", policy


def test_a_lapsed_case_may_still_be_said_to_be_paid(
    counter: Counter, overdue: tuple[str, Any]
) -> None:
    place, _ = overdue
    counter.on(2028, 3, 12)
    bank = counter.caller["bank"]
    assert operations(bank.get(place)) == ["cure_overdue", "extend_overdue"]
    paid = {"key": "PAID-1", "kind": "cured", "happened_on": "2028-03-10"}
    assert bank.post(f"{place}/cure", {"event": paid})["state"] == "cured"
    assert operations(bank.get(place)) == []


def test_a_claimed_case_still_takes_a_transcript(
    counter: Counter, overdue: tuple[str, Any]
) -> None:
    place, policy = overdue
    bank = counter.caller["bank"]
    sent = {"file": {"name": "statement.csv", "base64": a_statement(policy)}}
    bank.post(f"{place}/transcript", sent)
    bank.post(f"{place}/claim", {"papers": ["claim_form"]})
    assert operations(bank.get(place)) == ["send_transcript"]
    bank.post(f"{place}/transcript", sent)
