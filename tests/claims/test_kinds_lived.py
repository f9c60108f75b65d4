"""An enforcement claim and a liability claim in the house: paid as by hand, limits reinstated."""

from datetime import date
from typing import Any

import pytest
from builders import SAMPLES, House, a_house
from sqlalchemy import Engine

from claims import store
from claims.ask_more import Item, ask_more
from claims.assess import Assessment, assess
from claims.notify import Notice, notify
from claims.revise import revise
from claims.settle import settle
from kernel.money import Money
from underwriting.products import product

FILED, TOLD, DECIDED, PAID = (date(2025, 6, day) for day in (2, 5, 9, 12))
LATER = date(2025, 9, 1)
RIGHT = "ZL202010000001.X"
ENFORCEMENT_CONDUCT = {
    "filing_accepted": True,
    "counsel_consented": True,
    "right_in_force": True,
    "known_at_inception": False,
    "related_infringer": False,
    "claim_waived": False,
    "settled_unconsented": False,
    "fraud_by_insured": False,
}
LIABILITY_CONDUCT = {
    "counsel_consented": True,
    "settled_unconsented": False,
    "wilful": False,
    "known_at_inception": False,
    "only_by_contract": False,
    "criminal": False,
    "fraud_by_insured": False,
}


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


def a_policy(house: House, code: str, **cover: Any) -> Any:
    sample = SAMPLES[code]
    stated = {**sample, "cover": {**sample["cover"], **cover}}
    return house.policy(product(code).risk.model_validate(stated, strict=False))


def notified(house: House, policy: Any, asked: dict[str, str], **facts: Any) -> Any:
    on = facts.pop("event_on", FILED)
    notice = Notice(
        policy_id=policy.id,
        default_date=on,
        known_on=on,
        asked={line: yuan(amount).minor for line, amount in asked.items()},
        currency="CNY",
        papers=tuple(policy.contract["papers"]),
        facts=facts,
    )
    return house.do(notify, notice, on=TOLD)


def paid(house: House, claim: Any, conduct: Any, on: date = DECIDED, **facts: Any) -> Any:
    """Assess and settle; returns the settlement."""
    row = house.do(assess, claim.id, Assessment(conduct=conduct, facts=facts), on=on)
    assert row.state == "accepted", row.findings
    return house.do(settle, claim.id, on=max(on, PAID))


def lines(settlement: Any) -> dict[str, int]:
    return {line["code"]: line["approved"] for line in settlement.lines}


def approved(house: House, claim: Any) -> dict[str, int]:
    return house.read(lambda s: dict(store.claim(s, claim.id).approved))


def enforcement(house: House, policy: Any, asked: dict[str, str], **more: Any) -> Any:
    facts = {"first_infringed_on": date(2025, 4, 1), "right_number": RIGHT}
    return notified(house, policy, asked, **{**facts, **more})


def test_cost_is_paid_by_stage_and_trued_up_when_the_suit_is_won(house: House) -> None:
    """By hand. Retention 10,000, a tenth borne, 100,000 sublimit of investigation.

    First: 50,000 and 120,000: 36,000 and 108,000. Then an appeal of 80,000 more: 180,000 of
    legal cost. Then the decision: 300,000 of profit less 200,000 received: 90,000.
    """
    policy = a_policy(house, "infringement_loss")
    claim = enforcement(
        house,
        policy,
        {"investigation": "50000", "litigation": "120000", "loss_of_profit": "300000"},
    )
    first = paid(house, claim, ENFORCEMENT_CONDUCT)
    assert approved(house, claim) == {
        "investigation": 36_000_00, "litigation": 108_000_00,
        "loss_of_profit": 0, "adverse_costs": 0,
    }  # fmt: skip
    assert first.paid_out_minor == 144_000_00
    profit = next(line for line in first.lines if line["code"] == "loss_of_profit")
    assert "尚无生效裁判" in profit["reason"]

    house.do(revise, claim.id, "judgment of the second instance", on=LATER)
    bill = Item("litigation", yuan("80000"), "INV-7", "appeal", "appeal")
    house.do(ask_more, claim.id, (bill,), on=LATER)
    second = paid(house, claim, {}, on=LATER, found_on=date(2025, 8, 20), received=yuan("200000"))
    assert approved(house, claim) == {
        "investigation": 36_000_00, "litigation": 180_000_00,
        "loss_of_profit": 90_000_00, "adverse_costs": 0,
    }  # fmt: skip
    assert second.paid_out_minor == 306_000_00
    assert house.balances()["cash"] == -306_000_00


def test_what_is_repaid_reinstates_the_limits_for_the_next_matter(house: House) -> None:
    """Aggregate 100,000: a first matter uses it up, wins 70,000, and the next has that much."""
    kept = {"amount": "100000.00", "currency": "CNY"}
    policy = a_policy(
        house, "infringement_loss",
        limit=kept, aggregate=kept, retention={"amount": "0.00", "currency": "CNY"},
        economic_benefit={"exempt": {"amount": "0.00", "currency": "CNY"}},
        perils={"litigation": {}},
    )  # fmt: skip
    first = enforcement(house, policy, {"litigation": "200000"})
    paid(house, first, ENFORCEMENT_CONDUCT)
    next_ = enforcement(house, policy, {"litigation": "50000"}, event_on=date(2025, 6, 3))
    stopped = house.do(assess, next_.id, Assessment(conduct=ENFORCEMENT_CONDUCT), on=DECIDED)
    assert stopped.approved == {
        "investigation": 0, "litigation": 0, "loss_of_profit": 0, "adverse_costs": 0,
    }  # fmt: skip
    house.do(settle, next_.id, on=PAID)

    house.do(revise, first.id, "the infringer paid", on=LATER)
    again = paid(house, first, {}, on=LATER, received=yuan("70000"))
    assert approved(house, first)["litigation"] == 30_000_00
    assert again.paid_out_minor == 100_000_00, "what was paid stays paid until it comes back"
    house.do(revise, next_.id, "the limits are reinstated", on=LATER)
    paid(house, next_, {}, on=LATER)
    assert approved(house, next_)["litigation"] == 45_000_00


def liability(house: House, policy: Any, asked: dict[str, str], **more: Any) -> Any:
    facts = {
        "first_act_on": date(2025, 1, 6),
        "product": policy.contract["agreed"]["products"][0],
        "court": "DE",
        "counterparty": "示范电器",
        "cause_first_made_on": FILED,
        "third_party_paid": False,
    }
    return notified(house, policy, asked, **{**facts, **more})


def test_damages_go_to_the_third_party_and_defence_to_the_insured(house: House) -> None:
    """By hand. (300,000 - 20,000) x 0.9 = 252,000 of cost; 400,000 x 0.9 = 360,000 of damages."""
    policy = a_policy(house, "infringement_liability")
    claim = liability(house, policy, {"first_instance": "300000", "damages": "400000"})
    settled = paid(house, claim, LIABILITY_CONDUCT)
    assert lines(settled)["first_instance"] == 252_000_00
    assert lines(settled)["damages"] == 360_000_00
    assert settled.payees == {"third_party": 360_000_00, "insured": 252_000_00}


def test_a_later_demand_of_the_cause_is_asked_on_the_same_claim(house: House) -> None:
    """By hand. One retention: (300,000 - 20,000) x 0.9; the second demand adds 100,000 x 0.9."""
    policy = a_policy(house, "infringement_liability")
    claim = liability(house, policy, {"first_instance": "300000"})
    paid(house, claim, LIABILITY_CONDUCT)
    house.do(revise, claim.id, "a second demand of the same cause", on=LATER)
    demand = Item("damages", yuan("100000"), "DEMAND-2", "second demand")
    house.do(ask_more, claim.id, (demand,), on=LATER)
    settled = paid(house, claim, {}, on=LATER)
    assert (lines(settled)["first_instance"], lines(settled)["damages"]) == (252_000_00, 90_000_00)


def test_mitigation_is_paid_beside_a_sum_insured_that_is_used_up(house: House) -> None:
    """The sum insured of 2,000,000 is filled by two claims; mitigation comes on top of it."""
    policy = a_policy(house, "infringement_liability")
    for day in (2, 3):
        on = date(2025, 6, day)
        claim = liability(
            house, policy, {"damages": "3000000"}, event_on=on, cause_first_made_on=on
        )
        paid(house, claim, LIABILITY_CONDUCT)
    on = date(2025, 6, 4)
    third = liability(
        house, policy, {"damages": "500000", "mitigation": "60000"},
        event_on=on, cause_first_made_on=on,
    )  # fmt: skip
    settled = paid(house, third, LIABILITY_CONDUCT)
    assert (lines(settled)["damages"], lines(settled)["mitigation"]) == (0, 60_000_00)
    assert settled.payees == {"insured": 60_000_00}
