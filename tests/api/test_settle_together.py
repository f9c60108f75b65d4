"""Several claims settled in one request: all of them or none, and a refusal has its place."""

from typing import Any

from builders import GOOD_CONDUCT
from callers import Counter, a_notice

from kernel.db.row import new_id


def _accepted(counter: Counter, number: int) -> list[str]:
    """Claims on loans of as many borrowers, accepted on 12 March; today it is 1 June."""
    counter.a_pool()
    bank, adjuster, ids = counter.caller["bank"], counter.caller["adjuster"], []
    for place in range(number):
        firm = f"示范机械 {place}"
        policy = counter.a_policy_of(
            borrower={"register_id": f"9144200000000000{place:02}", "name": firm},
            loan={"contract": f"L{place}"},
            right={"number": f"ZL20201000000{place}.X", "owner": firm},
        )
        counter.on(2026, 3, 12)
        claim = bank.post("/v1/claims", a_notice(policy))
        adjuster.post(f"/v1/claims/{claim['id']}/assessment", {"conduct": GOOD_CONDUCT})
        ids.append(claim["id"])
        counter.on(2025, 3, 3)
    counter.on(2026, 6, 1)
    return ids


def _fields(refused: Any) -> list[str]:
    return [error["field"] for error in refused.json()["errors"]]


def test_each_is_settled_as_it_is_read_alone(counter: Counter) -> None:
    ids = _accepted(counter, 3)
    adjuster = counter.caller["adjuster"]
    waiting = adjuster.get("/v1/claims", state="accepted")["items"]
    assert {claim["id"] for claim in waiting} == set(ids)
    answer = adjuster.post("/v1/settlements", {"claim_ids": ids[::-1]})
    assert [one["claim_id"] for one in answer["items"]] == ids[::-1]
    for one in answer["items"]:
        alone = adjuster.get(f"/v1/settlements/{one['id']}")
        assert one == {name: alone[name] for name in one}
    assert adjuster.get("/v1/claims", state="accepted")["items"] == []
    assert len(adjuster.get("/v1/claims", state="settled")["items"]) == 3


def test_what_is_wrong_with_one_has_its_place_and_nothing_is_settled(counter: Counter) -> None:
    ids = _accepted(counter, 2)
    adjuster = counter.caller["adjuster"]

    def refused(status: int, *claims: str) -> list[str]:
        answer = adjuster.ask("POST", "/v1/settlements", {"claim_ids": claims})
        assert answer.status_code == status, answer.text
        return _fields(answer)

    none = new_id("cl")
    assert refused(404, ids[0], none, new_id("cl")) == ["claim_ids.1", "claim_ids.2"]
    assert refused(404, none) == ["claim_id"]
    assert refused(422, ids[0], ids[0]) == ["claim_ids"]
    assert refused(422) == ["claim_ids"]
    assert refused(422, *(new_id("cl") for _ in range(101))) == ["claim_ids"]
    counter.on(2026, 4, 1)
    assert refused(409, *ids) == ["claim_ids.0.claim"]
    counter.on(2026, 6, 1)
    adjuster.post(f"/v1/claims/{ids[1]}/settlement")
    assert refused(409, *ids) == ["claim_ids.1.state"]
    assert adjuster.get(f"/v1/claims/{ids[0]}")["state"] == "accepted"


def test_a_state_that_is_none_is_refused(counter: Counter) -> None:
    answer = counter.caller["adjuster"].ask("GET", "/v1/claims?state=paid")
    assert answer.status_code == 422
    assert _fields(answer) == ["state"]


def test_only_an_adjuster_settles(counter: Counter) -> None:
    for name in ("bank", "underwriter"):
        answer = counter.caller[name].ask("POST", "/v1/settlements", {"claim_ids": [new_id("cl")]})
        assert answer.status_code == 403
