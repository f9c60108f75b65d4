"""One engine for every kind of claim: lines, facts, payees and the account that pays."""

from datetime import date
from typing import Any

import pytest
from builders import ASSESSED, EVENT, MATTERS, SAMPLES, SETTLED, House, a_matter, yuan

from claims.assess import Assessment, assess
from claims.conclude_matter import Outcome, conclude_matter
from claims.notify import notify
from claims.pay_on_account import pay_on_account
from claims.revise import revise
from claims.rules.kinds import KINDS
from claims.rules.purpose import Purpose
from claims.settle import settle
from kernel.db import books
from kernel.db.engine import transact
from underwriting.products import product
from underwriting.tables import PolicyRow

LIABILITY = "infringement_liability"


def a_policy(house: House, code: str) -> PolicyRow:
    return house.policy(product(code).risk.model_validate(dict(SAMPLES[code]), strict=False))


def orders(house: House) -> list[tuple[str, int]]:
    rows = transact(house.engine, books.unsent)
    paid = [row.payload for row in rows if row.topic == "payment_order"]
    return [(one["payee"], one["amount_minor"]) for one in paid]


def test_every_product_has_its_kind() -> None:
    assert len(KINDS) == 4
    for code, kind in KINDS.items():
        assert kind.product == code
        assert kind.to_third_party <= set(kind.lines)
        assert kind.beside <= set(kind.lines)
        assert len({fact.name for fact in kind.facts}) == len(kind.facts)


@pytest.mark.parametrize("code", list(MATTERS))
def test_a_matter_from_notice_to_payment(house: House, code: str) -> None:
    """What is paid by line is what is owed; what is ordered is what is paid, customs apart."""
    claim = house.settled(a_policy(house, code))
    row = house.settlement(claim)
    assert sum(line["paid"] for line in row.lines) == row.paid_to_bank_minor > 0
    assert sum(row.payees.values()) == row.paid_out_minor
    ordered = sum(minor for _, minor in orders(house))
    paid_by_letter = code == "customs_guarantee"
    assert ordered == (0 if paid_by_letter else row.paid_out_minor)
    account = KINDS[code].pays_from
    delay = 0 if paid_by_letter else house.balances().get("damages_for_delay", 0)
    assert house.balances(account)[account] == -row.paid_out_minor - delay


def test_damages_go_to_the_third_party_and_cost_to_the_insured(house: House) -> None:
    claim = house.settled(a_policy(house, LIABILITY))
    paid = {line["code"]: line["paid"] for line in house.settlement(claim).lines}
    assert paid["first_instance"] > 0 < paid["damages"]
    assert orders(house) == [
        ("third_party", paid["damages"]), ("insured", paid["first_instance"]),
    ]  # fmt: skip
    (one,) = [
        row.payload
        for row in transact(house.engine, books.unsent)
        if row.payload.get("payee") == "third_party"
    ]
    assert one["to"] == "示范竞争者"


def test_the_insured_is_paid_once_it_has_paid(house: House) -> None:
    """The third party was paid 40; the insured then pays the rest itself and is paid for it."""
    claim = house.claim(a_policy(house, LIABILITY))
    judged = Outcome("(2026) 1", ASSESSED, yuan("500000"), judged=True)
    house.do(conclude_matter, claim.id, judged, on=ASSESSED)
    house.do(pay_on_account, claim.id, {"damages": 20_000_000}, Purpose.INTERIM, on=ASSESSED)
    paid = Assessment(conduct=MATTERS[LIABILITY][2], facts={"third_party_paid": True})
    house.do(assess, claim.id, paid, on=SETTLED)
    row = house.do(settle, claim.id, on=SETTLED)
    (first, minor), (second, rest) = orders(house)
    assert (first, second) == ("third_party", "insured")
    assert minor + rest == row.paid_out_minor == row.paid_to_bank_minor
    assert row.payees == {"third_party": minor, "insured": rest}


def test_staged_cost_is_paid_as_it_arises(house: House) -> None:
    """Two interims and the end come to what one settlement pays; the retention is borne once."""
    policy = a_policy(house, "infringement_loss")
    claim = house.claim(policy)
    for on in (ASSESSED, date(2026, 4, 1)):
        house.do(pay_on_account, claim.id, {"litigation": 10_000_000}, Purpose.INTERIM, on=on)
    house.do(assess, claim.id, Assessment(conduct=MATTERS[policy.product][2]), on=SETTLED)
    row = house.do(settle, claim.id, on=SETTLED)
    first, second, last = (one.paid_out_minor for one in house.settlements(claim))
    retention, kept = 1_000_000, (9, 10)
    assert row.eligible_minor == (30_000_000 - retention) * kept[0] // kept[1]
    assert first < second < last == row.paid_to_bank_minor
    assert sum(minor for _, minor in orders(house)) == last


def test_what_another_claim_used_of_the_aggregate_is_not_there_any_more(house: House) -> None:
    """Limit and aggregate are 850,000.00; the first claim takes its part of it."""
    policy = a_policy(house, "infringement_loss")
    first = house.settled(policy, asked={"litigation": 60_000_000})
    day = date(2025, 12, 2)
    second = house.accepted(
        policy, asked={"litigation": 90_000_000}, default_date=day, known_on=day
    )  # fmt: skip
    house.do(settle, second.id, on=SETTLED)
    used = house.settlement(first).eligible_minor
    left = house.settlement(second).eligible_minor
    assert used == 53_100_000
    assert used + left == 85_000_000
    house.do(revise, first.id, "costs were taxed", on=SETTLED)
    lower = Assessment(
        conduct=MATTERS[policy.product][2], adjusted={"litigation": (40_000_000, "as taxed")}
    )
    house.do(assess, first.id, lower, on=SETTLED)
    assert house.do(settle, first.id, on=SETTLED).eligible_minor == 35_100_000  # 9/10 x 39


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"asked": {"principal": 1}}, "asked.principal"),
        ({"asked": {"litigation": -1, "adverse_costs": 5}}, "asked.litigation"),
        ({"facts": {}}, "facts.right_number"),
        ({"facts": {"weather": "fine"}}, "facts.weather"),
        ({"known_on": date(2025, 11, 30)}, "known_on"),
    ],
)
def test_a_notice_of_a_matter_that_is_wrong(
    house: House, changes: dict[str, Any], field: str
) -> None:
    policy = a_policy(house, "infringement_loss")
    notice = a_matter(policy, **changes)
    refused = house.refuse("invalid", notify, notice, on=ASSESSED)
    assert refused.faults[0].field == field
    assert EVENT < ASSESSED
