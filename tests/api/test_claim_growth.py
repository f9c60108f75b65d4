"""A claim that grows, over HTTP: what is asked, paid on account, decided, revised, paid back."""

from typing import Any

import pytest
from builders import GOOD_CONDUCT, cny
from callers import Counter, a_notice
from course_claim_growth import MORE, walk_claim_growth

from claims import facts


def _claim(counter: Counter, **changes: Any) -> tuple[str, Any]:
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    claim = counter.caller["bank"].post("/v1/claims", {**a_notice(policy), **changes})
    return f"/v1/claims/{claim['id']}", claim


def test_a_claim_grows_and_shrinks(counter: Counter) -> None:
    counter.a_pool()
    claim = walk_claim_growth(counter, counter.a_policy())
    place = f"/v1/claims/{claim['id']}"
    bank = counter.caller["bank"]
    rows = bank.get(f"{place}/settlements")["items"]
    assert [(row["sequence"], row["purpose"]) for row in rows] == [
        (1, "interim"), (2, "final"), (3, "true_up"),
    ]  # fmt: skip
    assert bank.get(f"{place}/settlement")["id"] == rows[-1]["id"] == claim["settlement_id"]
    assert [row["counts_on"] for row in rows] == ["2026-06-01"] * 3
    assert rows[1]["overpaid"]["amount"] == "0.00"
    assert claim["overpaid"]["amount"] == "0.00"
    assert claim["paid"] == rows[-1]["paid_to_bank"]
    assert {line["code"]: line["approved"]["amount"] for line in claim["lines"]} == {
        "principal": "500000.00", "costs": "20000.00", "penalty": "0.00",
    }  # fmt: skip
    principal, costs, _ = claim["lines"]
    assert principal["asked"]["amount"] != principal["adjusted"]["amount"] == "500000.00"
    assert "repaid before" in principal["reason"]
    assert costs["words"].startswith("实现债权费用")
    items = bank.get(f"{place}/items")["items"]
    assert {one["reference"] for one in items} == {
        "notice:penalty", "notice:principal", "BILL-1",
    }  # fmt: skip


def test_settlements_are_told_without_their_case(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a list says takes no fresh look at the other claims, covers and means of its policy."""
    place, _ = _claim(counter)
    counter.on(2026, 6, 1)
    adjuster = counter.caller["adjuster"]
    for amount in ("1.00", "2.00"):
        sent = {"purpose": "interim", "amounts": {"principal": cny(amount)}}
        adjuster.post(f"{place}/payments-on-account", sent)
    monkeypatch.setattr(facts, "cases_on", None)
    rows = adjuster.get(f"{place}/settlements")["items"]
    assert [row["by_line"][0]["words"] for row in rows] == ["本金 principal"] * 2
    assert adjuster.get(f"{place}/settlement") == rows[-1]


def test_what_is_asked_is_of_the_kind(counter: Counter) -> None:
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    wrong = {**a_notice(policy), "asked": {"litigation": cny("5.00"), "principal": cny("5.00")}}
    refused = counter.caller["bank"].ask("POST", "/v1/claims", wrong)
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert error["field"] == "asked.litigation"
    assert "principal" in error["cure"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"asked": {}}, "asked"),
        ({"asked": {"principal": cny("1.00"), "interest": {"amount": "1.00", "currency": "EUR"}}},
         "asked"),
        ({"facts": {"weather": "fine"}}, "facts.weather"),
        ({"facts": {"WEATHER": "fine"}}, "facts"),
    ],
)  # fmt: skip
def test_a_notice_that_cannot_be_read(counter: Counter, sent: Any, field: str) -> None:
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    refused = counter.caller["bank"].ask("POST", "/v1/claims", {**a_notice(policy), **sent})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"].startswith(field)


def test_values_are_known_as_the_claim_goes_on(counter: Counter) -> None:
    place, claim = _claim(counter)
    line = claim["lines"][0]
    assert (line["adjusted"], line["approved"], line["paid"]["amount"]) == (None, None, "0.00")
    assert (claim["kind"], claim["event"]) == ("default", "day of default")
    adjuster = counter.caller["adjuster"]
    accepted = adjuster.post(f"{place}/assessment", {"conduct": GOOD_CONDUCT})
    line = accepted["lines"][0]
    assert line["approved"] == line["adjusted"] == line["asked"]


def test_a_client_asks_more_on_its_own_claim_only(counter: Counter) -> None:
    place, _ = _claim(counter)
    stranger = counter.caller["firm"].ask("POST", f"{place}/items", {"items": [MORE]})
    assert stranger.status_code in (403, 404)
    paying = counter.caller["bank"].ask(
        "POST", f"{place}/payments-on-account",
        {"purpose": "interim", "amounts": {"principal": cny("1.00")}},
    )  # fmt: skip
    assert paying.status_code == 403


def test_a_payment_on_account_names_its_purpose(counter: Counter) -> None:
    place, _ = _claim(counter)
    counter.on(2026, 6, 1)
    adjuster = counter.caller["adjuster"]
    for purpose, amounts in (
        ("gift", {"principal": cny("1.00")}),
        ("final", {"principal": cny("1.00")}),
        ("interim", {"principal": {"amount": "1.00", "currency": "EUR"}}),
    ):
        sent = {"purpose": purpose, "amounts": amounts}
        refused = adjuster.ask("POST", f"{place}/payments-on-account", sent)
        assert refused.status_code == 422, purpose


def test_an_early_payment_has_one_rule_through_both_doors(counter: Counter) -> None:
    """A clerk of the claims desk may not; and whoever may says what was agreed."""
    place, _ = _claim(counter)
    early = {"purpose": "early", "amounts": {"principal": cny("1.00")}}
    agreement = {"agreed_on": "2026-03-12", "words": "the bank needs the money"}
    door = f"{place}/payments-on-account"
    adjuster = counter.caller["adjuster"]
    (fault,) = adjuster.ask("POST", door, early).json()["errors"]
    assert fault["field"] == "agreed_on"
    late = adjuster.ask("POST", door, {**early, **agreement, "purpose": "interim"})
    assert (late.status_code, late.json()["errors"][0]["field"]) == (422, "agreed_on")
    assert adjuster.post(door, {**early, **agreement})["purpose"] == "early"
