"""Refusals name the fields that the caller sent, by the names of its form and path."""

from typing import Any

import course_overdues
import pytest
from builders import cny
from callers import Counter
from course_calls import settled_claim
from course_case_room import a_seat
from course_matters import a_demand, a_liability_policy
from letter_calls import a_draft, a_use, accepted

from api.as_sent import as_sent
from kernel.db.row import new_id
from kernel.errors import Conflict, Fault

DAY = "2026-03-12"
USD = {"amount": "1.00", "currency": "USD"}


def faults(answer: Any) -> list[tuple[str, str]]:
    return [(one["field"], one["cure"]) for one in answer.json()["errors"]]


def fields(answer: Any) -> list[str]:
    return [field for field, _ in faults(answer)]


def test_a_field_goes_with_what_lies_below_it_and_no_other() -> None:
    named = ("events[0].since", "events[0]", "events[01]", "key", "key_of", "key[2]", "state")
    found = tuple(Fault(field, "is wrong", "mend it") for field in named)
    with pytest.raises(Conflict) as refused, as_sent({"events[0]": "event", "key": "event.key"}):
        raise Conflict("no", *found)
    assert refused.value.code == "no"
    assert [one.field for one in refused.value.faults] == [
        "event.since", "event", "events[01]", "event.key", "key_of", "event.key[2]", "state",
    ]  # fmt: skip


def test_a_payment_and_a_dispute_of_a_call(counter: Counter) -> None:
    counter.a_pool()
    settlement, adjuster = settled_claim(counter, counter.a_policy()), counter.caller["adjuster"]
    sent = {"paid_on": "2026-01-01"}
    early = adjuster.ask("POST", f"/v1/calls/{settlement['calls'][0]['id']}/payment", sent)
    assert fields(early) == ["paid_on"]
    said = {
        "party": "fund", "sequence": 1, "reason": "too much",
        "clause": "clause 4", "name": "王", "disputes": USD,
    }  # fmt: skip
    place = f"/v1/claims/{settlement['claim_id']}"
    fund = a_seat(counter, "pool", "91440000ROOMFUND01", "fund")
    dissent = fund.ask("POST", f"{place}/dissents", said)
    assert fields(dissent) == ["disputes.currency"]
    due = {
        "payee": "fund", "way": "out", "amount": cny("0.00"), "paid_on": "2026-06-01",
        "reference": "P1",
    }  # fmt: skip
    adjuster.post(
        f"{place}/recoveries",
        {"reference": "R1", "source": "sale", "value_date": "2026-03-12",
         "gross": cny("100.00"), "costs": cny("0.00")},
    )  # fmt: skip
    nothing = adjuster.ask("POST", f"{place}/recovery-payments", due)
    assert nothing.json()["errors"][0]["problem"] == "is not above nought"
    other = adjuster.ask("POST", f"{place}/recovery-payments", {**due, "amount": USD})
    assert fields(other) == ["amount.currency"]


def test_the_one_event_of_an_overdue_and_its_cure(counter: Counter) -> None:
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    bank, place = counter.caller["bank"], f"/v1/policies/{policy['id']}"
    bank.post(f"{place}/loan-events", {"events": [dict(course_overdues.OUT)]})
    event = course_overdues.overdue_event("2026-03-10", "2026-03-11")
    sent = {"event": event, "known_on": "2026-03-11"}
    for wrong, field in (
        ({"since": None}, "event.since"),
        ({"happened_on": "2026-03-13"}, "event.happened_on"),
        ({"kind": "cured", "since": None, "principal": None}, "event.kind"),
    ):
        refused = bank.ask("POST", f"{place}/overdues", {**sent, "event": {**event, **wrong}})
        assert fields(refused) == [field], refused.text
    case = f"/v1/overdues/{bank.post(f'{place}/overdues', sent)['id']}"
    refused = bank.ask("POST", f"{case}/cure", {"event": event})
    assert faults(refused) == [("event.kind", "report an event of kind cured")]
    proof = {"served_on": DAY, "proof": "EMS-1"}
    letter = bank.ask("POST", f"{case}/dunning/1/service", proof)
    assert (letter.json()["code"], fields(letter)) == ("no-such-letter-of-demand", ["sequence"])


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "file"),
        ({"lines": [], "file": None}, "file"),
        ({"lines": [{"on": DAY, "kind": "repayment", "credit": cny("1.00")}],
          "file": {"name": "a.csv", "base64": "eA=="}}, "file"),
    ],
)  # fmt: skip
def test_a_transcript_of_neither_or_both_names_the_file(
    counter: Counter, sent: Any, field: str
) -> None:
    place = f"/v1/overdues/{new_id('od')}/transcript"
    ((named, cure),) = faults(counter.caller["bank"].ask("POST", place, sent))
    assert named == field
    assert "one of the two" in cure


def test_what_stands_in_the_path_is_named_as_there(counter: Counter) -> None:
    policy = a_liability_policy(counter)
    counter.on(2025, 6, 20)
    claim = counter.caller["firm"].post("/v1/claims", a_demand(policy))
    place, adjuster = f"/v1/claims/{claim['id']}", counter.caller["adjuster"]
    yes = {"consented": True}
    budget = {"consented": cny("1.00")}
    for path, sent, code in (
        ("counsel/9/answer", yes, "no-such-counsel"),
        ("budgets/9/answer", budget, "no-such-budget"),
        ("settlement-proposals/9/answer", budget, "no-such-settlement-proposal"),
        ("reservations/9/end", {"end": "lifted", "reason": "x"}, "no-such-reservation"),
    ):
        refused = adjuster.ask("POST", f"{place}/{path}", sent)
        assert (refused.status_code, refused.json()["code"]) == (404, code), refused.text
        assert fields(refused) == ["sequence"]
    path = f"/v1/reserve-proposals/{new_id('rq')}/approval"
    refused = adjuster.ask("POST", path, {"reason": "x"})
    assert (refused.json()["code"], fields(refused)) == (
        "no-such-reserve-proposal",
        ["proposal_id"],
    )
    ended = {"reference": "J1", "on": "2025-06-20", "amount": cny("1.00"), "settlement": 9}
    refused = adjuster.ask("POST", f"{place}/outcome", ended)
    assert (refused.json()["code"], fields(refused)) == (
        "no-such-settlement-proposal", ["settlement"],
    )  # fmt: skip


def test_a_letter_is_used_and_demanded_under_by_the_names_of_the_form(counter: Counter) -> None:
    place = accepted(counter, a_draft(counter))
    underwriter = counter.caller["underwriter"]
    counter.on(2025, 3, 12)
    early = underwriter.ask("POST", f"{place}/reserves", a_use("D1", on="2024-01-01"))
    assert fields(early) == ["on"]
    paid = underwriter.ask("POST", f"{place}/demands/C9/payment", {"account": "1"})
    assert (paid.json()["code"], fields(paid)) == ("no-such-demand", ["reference"])
    small = underwriter.ask("POST", f"{place}/acceptance", {"record_no": "grn/1", "on": DAY})
    assert fields(small) == ["record_no"]


@pytest.mark.parametrize(
    ("facts", "field", "cure"),
    [
        ({"infringer": 5}, "facts.infringer", "money as"),
        ({"infringer": None}, "facts.infringer", "words"),
        ({"infringer": ""}, "facts.infringer", "write it out"),
        ({"infringer": {"nope": 1}}, "facts.infringer.nope", "true or false"),
        ({"infringer": {"amount": 5, "currency": "CNY"}}, "facts.infringer.amount", "quotes"),
        ({"x": True}, "facts.x", "in that form"),
        ({"x": {"y": 1}}, "facts.x", "in that form"),
    ],
)
def test_a_fact_of_a_wrong_form_is_one_fault(
    counter: Counter, facts: Any, field: str, cure: str
) -> None:
    notice = {
        "policy_id": new_id("po"), "default_date": DAY, "known_on": DAY,
        "asked": {"principal": cny("1.00")}, "facts": facts,
    }  # fmt: skip
    ((named, told),) = faults(counter.caller["bank"].ask("POST", "/v1/claims", notice))
    assert named == field
    assert cure in told


def test_money_among_the_facts_is_money_on_the_wire(counter: Counter) -> None:
    policy = a_liability_policy(counter)
    counter.on(2025, 6, 20)
    notice = a_demand(policy)
    claim = counter.caller["firm"].post("/v1/claims", notice)
    place, adjuster = f"/v1/claims/{claim['id']}", counter.caller["adjuster"]
    adjuster.post(f"{place}/assessment", {"facts": {"reassessed": cny("350000.00")}})
    facts = {one["name"]: one["value"] for one in adjuster.get(place)["facts"]}
    assert facts["reassessed"] == cny("350000.00")
    assert all(facts[name] == value for name, value in notice["facts"].items())
