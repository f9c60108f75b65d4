"""The loan desk and the watch over HTTP, as a bank and an underwriter use them."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from builders import cny
from callers import Counter, a_notice, a_proposal

from api.routes import collateral, loan_desk


def _lent(name: str) -> Any:
    spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


calls = _lent("loan_desk_calls")

OUT = {"key": "out", "kind": "disbursed", "happened_on": "2025-03-10",
       "principal": cny("3000000.00")}  # fmt: skip
NUMBER = "ZL202010000001.X"


@pytest.fixture
def policy(counter: Counter) -> Any:
    """A policy whose loan is paid out, half a year on."""
    counter.a_pool()
    bound = counter.a_policy()
    counter.on(2025, 9, 10)
    counter.caller["bank"].post(f"/v1/policies/{bound['id']}/loan-events", {"events": [OUT]})
    return bound


def _leave(kind: str = "extension", **loan: Any) -> dict[str, Any]:
    return {
        "kind": kind, "effective_on": "2025-09-10", "reason": "orders come later",
        "risk": a_proposal(loan=loan or {"term_months": 15}),
    }  # fmt: skip


def test_a_bank_reports_its_loan_and_reads_how_it_stands(counter: Counter, policy: Any) -> None:
    bank, place = counter.caller["bank"], f"/v1/policies/{policy['id']}"
    back = {"key": "b1", "kind": "prepaid", "happened_on": "2025-09-10",
            "principal": cny("1000000.00"), "interest": cny("0.50")}  # fmt: skip
    done = bank.post(f"{place}/loan-events", {"events": [OUT, back]})
    assert done["new"] == ["b1"]
    assert [one["key"] for one in done["events"]] == ["out", "b1"]
    loan = bank.get(f"{place}/loan")
    assert loan == done["loan"]
    assert (loan["owed"], loan["ahead"]) == (cny("2000000.00"), cny("1000000.00"))
    assert (loan["state"], loan["days_overdue"], loan["arrears"]) == ("current", 0, cny("0.00"))
    before = bank.get(f"{place}/loan", valid_on="2025-09-09")
    assert before["repaid"] == cny("0.00")
    assert len(bank.get(f"{place}/loan-events")["items"]) == 2


def test_a_loan_that_nobody_reports_says_so(counter: Counter) -> None:
    counter.a_pool()
    loan = counter.caller["bank"].get(f"/v1/policies/{counter.a_policy()['id']}/loan")
    assert (loan["reported"], loan["owed"], loan["state"]) == (False, None, None)
    assert [one["code"] for one in loan["findings"]] == ["no-loan-record"]


def test_every_bad_row_is_named_and_none_is_kept(counter: Counter, policy: Any) -> None:
    bank, place = counter.caller["bank"], f"/v1/policies/{policy['id']}/loan-events"
    rows = [
        {"key": "a", "kind": "repaid", "happened_on": "2025-09-10", "principal": cny("1.00")},
        {"key": "b", "kind": "repaid", "happened_on": "2025-09-10",
         "principal": cny("3000000.00")},
        {"key": "c", "kind": "cured", "happened_on": "2025-09-10"},
    ]  # fmt: skip
    answer = bank.ask("POST", place, {"events": rows})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [
        "events[1].principal", "events[2].kind",
    ]  # fmt: skip
    assert len(bank.get(place)["items"]) == 1
    wrong = bank.ask("POST", place, {"events": []})
    assert wrong.status_code == 422


def test_leave_is_asked_priced_and_answered_in_one_call(counter: Counter, policy: Any) -> None:
    bank, place = counter.caller["bank"], f"/v1/policies/{policy['id']}"
    asked = bank.post(f"{place}/consents", _leave(), key="leave-1")
    assert asked == bank.post(f"{place}/consents", _leave(), key="leave-1")
    underwriter = counter.caller["second"]
    if asked["state"] == "referred":
        answer = {"outcome": "granted", "reason": "the orders were seen"}
        mine = bank.ask("POST", f"/v1/consents/{asked['id']}/answer", answer)
        assert mine.status_code == 403
        asked = underwriter.post(f"/v1/consents/{asked['id']}/answer", answer)
    assert (asked["state"], asked["loan_due"]) == ("granted", "2026-06-10")
    paid = [float(asked[name]["charged"]["amount"]) - float(asked[name]["returned"]["amount"])
            for name in ("policyholder_pays", "public_payer_pays")]  # fmt: skip
    after, before = (float(asked[f"premium_{when}"]["amount"]) for when in ("after", "before"))
    assert sum(paid) == pytest.approx(after - before)
    assert bank.get(place)["premium"] == asked["premium_after"]
    assert bank.get(f"/v1/consents/{asked['id']}") == asked
    assert bank.get(f"{place}/consents")["items"] == [asked]
    kinds = {one["kind"] for one in bank.get("/v1/documents", subject_type="policy",
                                             subject_id=policy["id"])["items"]}  # fmt: skip
    assert {"consent_letter", "endorsement"} <= kinds


def test_a_refusal_has_every_reason_with_clause_and_cure(counter: Counter, policy: Any) -> None:
    bank, place = counter.caller["bank"], f"/v1/policies/{policy['id']}/consents"
    asked = bank.post(place, _leave(term_months=30, refinancing=True))
    assert (asked["state"], asked["transaction_id"]) == ("refused", None)
    reasons = [one for one in asked["findings"] if one["effect"] == "decline"]
    assert {one["code"] for one in reasons} >= {"extension-long", "old-for-new-not-stated"}
    assert all(one["clause"] and one["cure"] and one["words_zh"] for one in asked["findings"])


def test_an_open_claim_stops_leave(counter: Counter, policy: Any) -> None:
    bank = counter.caller["bank"]
    counter.on(2026, 3, 12)
    bank.post("/v1/claims", a_notice(policy))
    sent = {**_leave(), "effective_on": "2026-03-12"}
    asked = bank.post(f"/v1/policies/{policy['id']}/consents", sent)
    assert asked["state"] == "refused"
    assert "claim-open" in {one["code"] for one in asked["findings"]}


def test_another_bank_sees_nothing_of_it(counter: Counter, policy: Any) -> None:
    other, place = counter.caller["other"], f"/v1/policies/{policy['id']}"
    asked = counter.caller["bank"].post(f"{place}/consents", _leave("change_of_use", purpose="x"))
    for path in ("loan", "loan-events", "consents", "watch"):
        assert other.ask("GET", f"{place}/{path}").status_code == 404
    assert other.ask("GET", f"/v1/consents/{asked['id']}").status_code == 404
    assert other.ask("POST", f"{place}/consents", _leave()).status_code == 404
    assert other.ask("POST", f"{place}/loan-events", {"events": [OUT]}).status_code == 404
    assert other.ask("GET", f"/v1/banks/{counter.party['bank']}/npl").status_code == 404
    assert other.get("/v1/watch-list")["items"] == []


def test_one_event_on_a_right_is_followed_to_the_policy(counter: Counter, policy: Any) -> None:
    bank, underwriter = counter.caller["bank"], counter.caller["underwriter"]
    told = {"key": "R-1", "kind": "invalidation_filed", "happened_on": "2025-09-08",
            "told_by": "专利登记簿"}  # fmt: skip
    noted = underwriter.post(f"/v1/rights/{NUMBER}/events", told)
    assert (noted["policies"], noted["hits"][0]["policy_id"]) == (1, policy["id"])
    assert noted["totals"] == [policy["sum_insured"]]
    assert noted["event"]["deadline"] == "2025-10-10"
    seen = bank.get(f"/v1/policies/{policy['id']}/watch")
    assert (seen["level"], seen["open"][0]["kind"]) == ("alert", "invalidation_filed")
    assert seen["rights"][0]["dispute"] == "challenged"
    assert seen["rights"][0]["in_force_after"] < seen["rights"][0]["in_force_before"]
    assert seen["loan_to_value_after"] > seen["loan_to_value_before"]
    assert seen["moves"] == [
        {"on": "2025-09-10", "before": "green", "after": "alert",
         "because": ["invalidation_filed"]},
    ]  # fmt: skip
    (listed,) = bank.get("/v1/watch-list")["items"]
    assert (listed["policy_id"], listed["next_deadline"]) == (policy["id"], "2025-10-10")
    assert underwriter.get(f"/v1/rights/{NUMBER}/events")["items"] == [noted["event"]]
    assert bank.ask("POST", f"/v1/rights/{NUMBER}/events", told).status_code == 403


def test_an_obligor_is_noted_and_its_grade_falls(counter: Counter, policy: Any) -> None:
    underwriter = counter.caller["underwriter"]
    told = {"key": "O-1", "kind": "enforcement_listed", "happened_on": "2025-09-08",
            "told_by": "court list"}  # fmt: skip
    place = f"/v1/obligors/{policy['borrower_register_id']}/events"
    assert underwriter.post(place, told)["policies"] == 1
    seen = underwriter.get(f"/v1/policies/{policy['id']}/watch")
    assert (seen["grade"], seen["grade_now"], seen["level"]) == ("BB", "CCC", "critical")
    wrong = underwriter.ask("POST", place, {**told, "key": "O-2", "kind": "seized"})
    assert wrong.status_code == 422
    assert "enforcement_listed" in wrong.json()["errors"][0]["cure"]


def test_a_bank_reads_where_it_stands_against_the_tolerance(counter: Counter, policy: Any) -> None:
    bank, underwriter = counter.caller["bank"], counter.caller["underwriter"]
    place = f"/v1/banks/{counter.party['bank']}/npl"
    (before,) = bank.get(place)["currencies"]
    assert (before["within"], before["finding"]["code"]) == (None, "npl-own-not-stated")
    stated = {"ratio": "0.0177", "as_of": "2025-06-30", "source": "半年报"}
    assert bank.ask("POST", place, stated).status_code == 403
    told = underwriter.post(place, stated)
    assert told["currencies"][0]["within"] is True
    assert told["currencies"][0]["room"] == cny("143100.00")  # 4.77 % of three million
    bad = {"key": "n", "kind": "reclassified", "happened_on": "2025-09-10", "loan_class": "loss"}
    bank.post(f"/v1/policies/{policy['id']}/loan-events", {"events": [bad]})
    (after,) = bank.get(place)["currencies"]
    assert (after["within"], after["ratio"], after["room"]) == (False, "1", None)


def test_what_is_watched_is_listed_with_its_clause(counter: Counter) -> None:
    kinds = counter.caller["firm"].get("/v1/watch-kinds")["items"]
    assert len(kinds) > 40
    assert all(one["clause"] and one["cure"] and one["source"] for one in kinds)


def test_the_walk_asks_every_operation_once(counter: Counter) -> None:
    counter.a_pool()
    seen = calls.walk_loan_desk(counter)
    assert seen["level"] == "alert"
    asked = {counter.operation(method, path) for method, path, _, _ in counter.heard}
    routes = (*loan_desk.router.routes, *collateral.router.routes)
    assert asked >= {route.operation_id for route in routes}


@pytest.mark.parametrize(
    ("by", "method", "path"),
    [
        ("firm", "POST", "/v1/policies/{id}/loan-events"),
        ("adjuster", "POST", "/v1/policies/{id}/loan-events"),
        ("adjuster", "POST", "/v1/policies/{id}/consents"),
        ("firm", "POST", "/v1/policies/{id}/consents"),
        ("firm", "POST", "/v1/obligors/91442000MA4EXAMPL1/events"),
        ("bank", "GET", f"/v1/rights/{NUMBER}/events"),
        ("adjuster", "POST", "/v1/banks/{bank}/npl"),
    ],
)
def test_who_may_not_is_told_so(
    counter: Counter, policy: Any, by: str, method: str, path: str
) -> None:
    named = path.format(id=policy["id"], bank=counter.party["bank"])
    answer = counter.caller[by].ask(method, named, {} if method == "POST" else None)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "holiday"}, "kind"),
        ({"effective_on": "soon"}, "effective_on"),
        ({"reason": ""}, "reason"),
        ({"risk": None}, "risk"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_request_for_leave_that_cannot_be_read_names_its_field(
    counter: Counter, policy: Any, change: dict[str, Any], field: str
) -> None:
    place = f"/v1/policies/{policy['id']}/consents"
    answer = counter.caller["bank"].ask("POST", place, {**_leave(), **change})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith(field)


def test_a_repeated_note_is_answered_alike_and_told_once(counter: Counter, policy: Any) -> None:
    underwriter = counter.caller["underwriter"]
    place, told = f"/v1/rights/{NUMBER}/events", dict(calls.NOTED)
    first = underwriter.post(place, told, key="N-1")
    assert underwriter.post(place, told, key="N-1") == first
    again = underwriter.post(place, told, key="N-2")
    assert (first["new"], again["new"]) == (True, False)
    assert again["event"] == first["event"]
    other = underwriter.ask("POST", place, {**told, "kind": "seized"}, key="N-3")
    assert (other.status_code, other.json()["code"]) == (409, "watch-key-reused")


def test_a_breach_over_http_is_evidence_and_on_the_list(counter: Counter, policy: Any) -> None:
    bank, place = counter.caller["bank"], f"/v1/policies/{policy['id']}"
    changed = {"key": "c1", "kind": "extended", "happened_on": "2025-09-10",
               "until": "2026-06-10"}  # fmt: skip
    done = bank.post(f"{place}/loan-events", {"events": [changed]})
    assert [one["code"] for one in done["findings"]] == ["change-without-consent"]
    assert done["loan"]["findings"] == done["findings"]
    assert done["loan"]["extensions"] == 1
    (listed,) = bank.get("/v1/watch-list")["items"]
    assert (listed["level"], listed["kinds"]) == ("critical", ["change_without_consent"])
