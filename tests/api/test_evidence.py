"""The evidence behind a policy over HTTP: whole, and only for those who may see the policy."""

from callers import Counter, a_proposal


def test_the_evidence_of_a_policy_is_read_by_house_and_bank(counter: Counter) -> None:
    counter.a_pool()
    policy = counter.a_policy()
    place = f"/v1/policies/{policy['id']}/evidence"
    file = counter.caller["bank"].get(place)
    assert file == counter.caller["adjuster"].get(place)
    assert (file["policy_id"], file["quote_id"]) == (policy["id"], policy["quote_id"])
    quote = counter.caller["bank"].get(f"/v1/quotes/{policy['quote_id']}")
    assert file["receipt_sha256"] == quote["receipt_sha256"]
    results = {row["test"]: row["result"] for row in file["tests"]}
    assert results["owner-mismatch"] == "passed"
    assert results["fees-unpaid"] == "not_stated"
    assert results["pool-short"] == "failed" or results["uncovered"] == "failed"
    assert sum(file["counts"].values()) == len(file["tests"])
    assert file["entries"][0]["registry"] == "patent"


def test_another_bank_does_not_see_it(counter: Counter) -> None:
    counter.a_pool()
    policy = counter.a_policy()
    answer = counter.caller["other"].ask("GET", f"/v1/policies/{policy['id']}/evidence")
    assert answer.status_code == 404
    assert a_proposal()["rights"][0]["number"] not in answer.text
