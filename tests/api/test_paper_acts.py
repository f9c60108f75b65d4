"""Papers asked for and explanations over HTTP: who may, what comes back, what is refused."""

from typing import Any

import pytest
from callers import SCHEME, Counter
from course_claim import course
from course_papers import ACCOUNT, an_explanation, walk_claim_papers, walk_papers


def test_what_was_explained_makes_a_policy_ready(counter: Counter) -> None:
    counter.a_pool()
    policy = walk_papers(counter)
    ready = counter.caller["bank"].get(f"/v1/policies/{policy['id']}/readiness")
    assert ready == {"policy_id": policy["id"], "ready": True, "findings": []}


def test_a_policy_without_it_says_that_its_exclusions_may_have_no_effect(counter: Counter) -> None:
    counter.a_pool()
    policy = counter.a_policy()
    ready = counter.caller["bank"].get(f"/v1/policies/{policy['id']}/readiness")
    assert ready["ready"] is False
    (found,) = ready["findings"]
    assert (found["code"], found["effect"]) == ("exemptions-not-explained", "inform")
    assert "art. 17" in found["clause"]


def test_the_list_says_what_to_show_and_what_is_missing(counter: Counter) -> None:
    counter.a_pool()
    quote, bank = counter.a_quote(), counter.caller["bank"]
    place = f"/v1/quotes/{quote['id']}/explanations"
    before = bank.get(place)
    assert [clause["heading"] for clause in before["clauses"]] == [
        "责任免除 Exclusions",
        "自担部分 What the insured bears",
    ]
    assert before["items"] == []
    assert [one["code"] for one in before["findings"]] == ["exemptions-not-explained"]
    part = an_explanation(counter, quote["id"], clauses=["责任免除 Exclusions"])
    after = counter.caller["underwriter"].post(place, part)
    assert after["items"][0]["clauses"] == ["责任免除 Exclusions"]
    assert [one["code"] for one in after["findings"]] == ["exemptions-partly-explained"]
    assert bank.get(place) == after


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"wording_sha256": "0" * 64}, "another-wording"),
        ({"clauses": ["保险责任 Cover"]}, "no-such-clause"),
        ({"at": "2025-03-04T02:00:00Z"}, "invalid"),
        ({"at": "2025-03-03T02:00:00"}, "not-valid"),
        ({"way": "whispered"}, "not-valid"),
        ({"proof": ""}, "not-valid"),
        ({"more": 1}, "not-valid"),
    ],
)
def test_an_explanation_that_is_wrong_is_refused(
    counter: Counter, changes: dict[str, Any], code: str
) -> None:
    counter.a_pool()
    quote = counter.a_quote()
    sent = an_explanation(counter, quote["id"], **changes)
    place = f"/v1/quotes/{quote['id']}/explanations"
    refused = counter.caller["underwriter"].ask("POST", place, sent)
    assert refused.status_code == 422, refused.text
    assert refused.json()["code"] == code
    assert counter.caller["bank"].get(place)["items"] == []


def test_the_same_paper_is_issued_once(counter: Counter) -> None:
    counter.a_pool()
    policy, bank = counter.a_policy(), counter.caller["bank"]
    place = f"/v1/policies/{policy['id']}/papers"
    first, second = (bank.post(place, {"kind": "premium_note"}) for _ in "ab")
    assert first == second
    assert first["number"] == f"{policy['number']}-B"
    listed = bank.get("/v1/documents", subject_type="policy", subject_id=policy["id"])["items"]
    assert {paper["kind"] for paper in listed} == {"policy_schedule", "premium_note"}
    assert len(listed) == 2
    content = bank.ask("GET", first["content"])
    assert content.content.startswith(b"%PDF-")


def test_papers_of_a_claim_and_the_account_of_the_fund(counter: Counter) -> None:
    claim = dict(course(counter))["reopen_claim"]
    walk_claim_papers(counter, claim["id"])
    adjuster, bank = counter.caller["adjuster"], counter.caller["bank"]
    papers = bank.get("/v1/documents", subject_type="claim", subject_id=claim["id"])["items"]
    kinds = {paper["kind"] for paper in papers}
    assert {"request_for_papers", "decision_letter", "subrogation_assignment"} <= kinds
    (account,) = adjuster.get(f"/v1/schemes/{SCHEME}/bordereaux")["items"]
    assert account["number"] == "BX-20260101-20260901-fund"
    assert adjuster.get(f"/v1/documents/{account['id']}")["kind"] == "bordereau"
    assert bank.ask("GET", f"/v1/documents/{account['id']}").status_code == 404
    assert adjuster.ask("GET", account["content"]).content.startswith(b"%PDF-")


def test_what_is_not_there_yet_is_refused_with_its_cure(counter: Counter) -> None:
    steps = course(counter)
    _, claim = next(steps)
    place = f"/v1/claims/{claim['id']}/papers"
    for kind in ("request_for_papers", "decision_letter", "subrogation_assignment"):
        refused = counter.caller["adjuster"].ask("POST", place, {"kind": kind})
        assert (refused.status_code, refused.json()["code"]) == (409, "not-yet")
        assert refused.json()["errors"][0]["cure"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/quotes/{}/papers", "cover_note"),
        ("/v1/policies/{}/papers", "proposal"),
        ("/v1/claims/{}/papers", "bordereau"),
    ],
)
def test_a_kind_of_another_subject_is_refused(counter: Counter, path: str, kind: str) -> None:
    who = "adjuster" if "claims" in path else "bank"
    place = path.format("qt_" + "a" * 26)
    refused = counter.caller[who].ask("POST", place, {"kind": kind})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "kind"


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"party": "nobody"}, 422, "party"),
        ({"closes_on": "2099-01-01"}, 422, "closes_on"),
        ({"closes_on": "2025-01-01"}, 422, "closes_on"),
        ({"currency": "XXX"}, 422, "currency"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    counter: Counter, changes: dict[str, str], status: int, field: str
) -> None:
    counter.on(2026, 9, 1)
    place = f"/v1/schemes/{SCHEME}/bordereaux"
    refused = counter.caller["adjuster"].ask("POST", place, {**ACCOUNT, **changes})
    assert refused.status_code == status
    assert refused.json()["errors"][0]["field"] == field
    unknown = counter.caller["adjuster"].ask("POST", "/v1/schemes/no-such/bordereaux", ACCOUNT)
    assert unknown.status_code == 404


def test_another_bank_sees_none_of_it(counter: Counter) -> None:
    counter.a_pool()
    quote, policy = counter.a_quote(), counter.a_policy()
    other = counter.caller["other"]
    for method, path, sent in (
        ("POST", f"/v1/quotes/{quote['id']}/papers", {"kind": "proposal"}),
        ("POST", f"/v1/policies/{policy['id']}/papers", {"kind": "cover_note"}),
        ("GET", f"/v1/quotes/{quote['id']}/explanations", None),
        ("GET", f"/v1/policies/{policy['id']}/readiness", None),
    ):
        assert other.ask(method, path, sent).status_code == 404, path
    bank = counter.caller["bank"]
    assert bank.ask("POST", f"/v1/schemes/{SCHEME}/bordereaux", ACCOUNT).status_code == 403
    sent = an_explanation(counter, quote["id"])
    assert bank.ask("POST", f"/v1/quotes/{quote['id']}/explanations", sent).status_code == 403
