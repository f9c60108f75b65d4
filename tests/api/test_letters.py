"""Letters over HTTP: their whole life, who may do what, and what anyone may see of them."""

from typing import Any

from callers import Caller, Counter
from letter_calls import (
    a_customs_policy,
    a_demand,
    a_draft,
    a_use,
    accepted,
    amended,
    called,
    issued,
    used,
    walk_letters,
)
from letter_stated import STATED

from api.access import issue_token
from kernel.db.engine import read, transact
from underwriting.guarantees import store
from underwriting.guarantees.audit import verify_letters


def test_the_whole_life_of_letters(counter: Counter) -> None:
    place = walk_letters(counter)

    firm = counter.caller["firm"]
    found = firm.get(place)
    assert found["letter"]["state"] == "released"
    assert {key: one["amount"] for key, one in found["letter"]["account"].items()} == {
        "limit": "2500000.00", "reserved": "0.00", "drawn": "260000.00", "available": "2240000.00",
    }  # fmt: skip
    assert [(one["edition"], one["kind"], one["state"]) for one in found["editions"]] == [
        (1, "letter", "accepted"), (2, "amendment", "accepted"),
    ]  # fmt: skip
    assert [one["event"] for one in firm.get(f"{place}/uses")["items"]] == [
        "reserve", "reserve", "reserve", "release", "amend", "demand", "refuse_demand", "demand",
        "pay", "release",
    ]  # fmt: skip
    states = sorted(one["state"] for one in firm.get("/v1/letters")["items"])
    assert states == ["draft", "expired", "lapsed", "released", "revoked"]
    assert read(counter.engine, verify_letters) == ()
    letter = found["letter"]["id"]
    papers = firm.get("/v1/documents", subject_type="letter", subject_id=letter)["items"]
    assert sorted(one["kind"] for one in papers) == [
        "customs_letter", "customs_letter", "letter_amendment", "letter_refusal",
        "letter_release", "payment_advice", "pledge_certificate", "pledge_release",
    ]  # fmt: skip
    assert all(firm.ask("GET", one["content"]).content.startswith(b"%PDF") for one in papers)


def _kept_money(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (isinstance(value, dict) and "minor" in value) or any(map(_kept_money, inner))


def test_the_terms_show_money_as_everything_else_does(counter: Counter) -> None:
    policy, underwriter = a_customs_policy(counter), counter.caller["underwriter"]
    sent = {"policy_id": policy["id"], "letter": STATED}
    previewed = underwriter.post("/v1/letters/preview", sent, key=None)
    place = accepted(counter, underwriter.post("/v1/letters", sent))
    changed = amended(counter, place)
    found = underwriter.get(place)
    amounts = [previewed, *found["editions"], changed]
    assert [one["terms"]["amount"] for one in amounts] == [
        {"amount": "3000000.00", "currency": "CNY"},
        {"amount": "3000000.00", "currency": "CNY"},
        {"amount": "2500000.00", "currency": "CNY"},
        {"amount": "2500000.00", "currency": "CNY"},
    ]
    assert not any(map(_kept_money, amounts))
    assert previewed["terms"]["security"][0]["value"]["currency"] == "CNY"
    rows = read(counter.engine, lambda s: store.versions(s, found["letter"]["id"]))
    for row, shown in zip(rows, found["editions"], strict=True):
        assert _kept_money(row.terms), "the stored form is what is hashed"
        assert store.terms_of(row).amount.text == shown["terms"]["amount"]["amount"]


def test_four_eyes_and_moves_are_held(counter: Counter) -> None:
    letter, underwriter = a_draft(counter), counter.caller["underwriter"]
    place = f"/v1/letters/{letter['id']}"
    said = {"reason": "mine"}
    for path, sent, status, code in (
        ("approval", said, 403, "own-letter"),
        ("signature", None, 409, "letter-move-not-allowed"),
        ("sending", None, 409, "letter-move-not-allowed"),
        ("acceptance", {"record_no": "1", "on": "2025-03-03"}, 409, "not-sent"),
        ("reserves", a_use("D1", "2025-03-03"), 409, "letter-move-not-allowed"),
        ("demands", a_demand("C1", received_on="2025-03-03"), 409, "letter-not-in-force"),
        ("release", {"grounds_zh": "一", "grounds_en": "a"}, 409, "letter-move-not-allowed"),
        ("expiry", None, 409, "not-expired"),
        ("amendments", {"reason": "x"}, 409, "letter-not-in-force"),
    ):
        answer = underwriter.ask("POST", f"{place}/{path}", sent)
        assert (answer.status_code, answer.json()["code"]) == (status, code), path
    assert underwriter.get(place)["letter"]["state"] == "draft"


def test_a_clerk_may_not_approve_what_needs_more(counter: Counter) -> None:
    letter = a_draft(counter, risk={"importer": {"grade": "B"}})
    house, at = counter.party["house"], counter.clock.now()
    token = transact(counter.engine, lambda s: issue_token(s, house, "underwriter", "new", at))
    clerk = Caller(counter.client, token, counter.heard)
    answer = clerk.ask("POST", f"/v1/letters/{letter['id']}/approval", {"reason": "in order"})
    assert (answer.status_code, answer.json()["code"]) == (403, "above-authority")
    assert [one["field"] for one in answer.json()["errors"]] == ["authority.grade"]


def test_two_tokens_of_one_holder_are_one_person(counter: Counter) -> None:
    """Four eyes ask who, not which token: the holder is known by party and label."""
    place = f"/v1/letters/{a_draft(counter)['id']}/approval"
    house, at = counter.party["house"], counter.clock.now()
    for label, status in ((" Underwriter", 403), ("a colleague", 200)):
        token = transact(
            counter.engine,
            lambda s, name=label: issue_token(s, house, "underwriter", name, at, authority="chief"),
        )
        answer = Caller(counter.client, token, counter.heard).ask("POST", place, {"reason": "x"})
        assert answer.status_code == status


def test_an_event_sent_again_gets_the_first_answer(counter: Counter) -> None:
    place = accepted(counter, a_draft(counter))
    counter.on(2025, 3, 12)
    underwriter = counter.caller["underwriter"]
    first = underwriter.post(f"{place}/reserves", a_use("D1"))
    assert underwriter.post(f"{place}/reserves", a_use("D1")) == first
    other = underwriter.ask("POST", f"{place}/reserves", a_use("D1", amount="1.00"))
    assert (other.status_code, other.json()["code"]) == (409, "event-differs")
    assert len(underwriter.get(f"{place}/uses")["items"]) == 1


def test_what_cannot_be_drawn_is_refused(counter: Counter) -> None:
    place = accepted(counter, a_draft(counter))
    counter.on(2025, 3, 12)
    underwriter = counter.caller["underwriter"]
    for sent, status, code in (
        (a_use("D1", amount="3000000.01"), 409, "above-available"),
        (a_use("D1", district="5101"), 409, "district-not-beneficiary"),
        (a_use("D1", "2025-03-01"), 409, "not-usable"),
        (a_use("D1", "2025-03-13"), 422, "invalid"),
        (a_use("D1", amount="0.00"), 422, "invalid"),
        (a_use("<b>"), 422, "not-valid"),
    ):
        answer = underwriter.ask("POST", f"{place}/reserves", sent)
        assert (answer.status_code, answer.json()["code"]) == (status, code), sent
    underwriter.post(f"{place}/reserves", a_use("D1"))
    unknown = underwriter.ask("POST", f"{place}/tax-payments", a_use("D9"))
    assert (unknown.status_code, unknown.json()["code"]) == (409, "not-declared")


def test_refusals_of_a_letter_come_all_at_once(counter: Counter) -> None:
    policy = a_customs_policy(counter)
    wrong = {**STATED, "pledges": [], "place_en": "成都"}
    sent = {"policy_id": policy["id"], "letter": wrong}
    preview = counter.caller["firm"].post("/v1/letters/preview", sent, key=None)
    codes = {one["code"] for one in preview["refusals"]}
    assert {"pledge-not-registered", "english-character"} <= codes
    answer = counter.caller["underwriter"].ask("POST", "/v1/letters", sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "letter-refused")
    assert {one["field"] for one in answer.json()["errors"]} == {f"letter.{one}" for one in codes}


def test_another_firm_sees_no_letter(counter: Counter) -> None:
    letter = a_draft(counter)
    place = f"/v1/letters/{letter['id']}"
    other = counter.caller["bank"]
    for path in ("", "/uses", "/demands", "/editions/1/messages/mt760"):
        assert other.ask("GET", f"{place}{path}").status_code == 404
    assert other.get("/v1/letters")["items"] == []
    refused = counter.caller["firm"].ask("POST", f"{place}/approval", {"reason": "x"})
    assert refused.status_code == 403


def test_a_demand_is_answered_once_and_in_time(counter: Counter) -> None:
    place = accepted(counter, a_draft(counter))
    used(counter, place)
    called(counter, place)
    underwriter = counter.caller["underwriter"]
    for path, sent, code in (
        ("demands/C2/payment", {"account": "1"}, "demand-answered"),
        ("demands/C1/refusal", {"grounds": []}, "demand-answered"),
    ):
        answer = underwriter.ask("POST", f"{place}/{path}", sent)
        assert (answer.status_code, answer.json()["code"]) == (409, code)
    late = a_demand("C3", TAX_OF_D3, declaration="D3", received_on="2025-04-14")
    assert underwriter.post(f"{place}/demands", late)["refuse_by"] == "2025-04-21"
    counter.on(2025, 4, 22)
    ground = {"code": "not-due", "zh": "未到期", "en": "not due"}
    answer = underwriter.ask("POST", f"{place}/demands/C3/refusal", {"grounds": [ground]})
    assert (answer.status_code, answer.json()["code"]) == (409, "refusal-precluded")


TAX_OF_D3 = "260000.00"


def test_a_refused_letter_is_corrected_as_its_next_edition(counter: Counter) -> None:
    letter = a_draft(counter)
    place, underwriter = issued(counter, letter), counter.caller["underwriter"]
    underwriter.post(f"{place}/refusal", {"reasons": ["no seal"], "on": "2025-03-03"})
    sent = {"policy_id": letter["policy_id"], "letter": STATED}
    again = underwriter.post("/v1/letters", sent)
    assert (again["id"], again["edition"], again["state"]) == (letter["id"], 2, "draft")
    assert underwriter.get(issued(counter, again))["letter"]["state"] == "sent"


def hostile(counter: Counter, **parts: Any) -> Any:
    """Draft what should not pass."""
    policy = a_customs_policy(counter)
    sent = {"policy_id": policy["id"], "letter": {**STATED, **parts}}
    return counter.caller["underwriter"].ask("POST", "/v1/letters", sent)


def test_hostile_words_are_refused_or_kept_as_they_are(counter: Counter) -> None:
    hidden = hostile(counter, place_zh="成\u202e都")
    assert (hidden.status_code, hidden.json()["code"]) == (422, "not-valid")
    marked = hostile(counter, court_zh="<script>alert(1)</script>法院")
    assert marked.status_code == 201
