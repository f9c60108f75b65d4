"""Stages of a matter: what each was asked and paid, and which stages there are."""

from datetime import timedelta
from typing import Any

import pytest
from builders import MATTERS, SAMPLES, House, a_desk
from matter_kit import ANSWERED, ASKED, BILLED, DECIDED, MADE, TOLD, budget, yuan

from api.access import Actor
from api.claim_view import claim_answer
from api.matter_view import matter_answer
from api.policy import Role
from claims.ask_more import Item, ask_more
from claims.budget_stage import BudgetWanted, budget_stage
from claims.facts import case_of
from claims.notify import Notice, notify
from claims.pay_on_account import pay_on_account
from claims.rules.purpose import Purpose
from claims.uploads.course import clocks
from underwriting.products import product

LOSS = "infringement_loss"


@pytest.fixture
def enforcing(house: House) -> Any:
    risk = product(LOSS).risk.model_validate(dict(SAMPLES[LOSS]), strict=False)
    policy = house.policy(risk)
    facts = {**MATTERS[LOSS][1], "first_infringed_on": MADE}
    asked = {"investigation": yuan("20000").minor}
    papers = tuple(policy.contract["papers"])
    return house.do(notify, Notice(policy.id, MADE, MADE, asked, "CNY", papers, facts), on=TOLD)


def bills(house: House, claim: Any, *items: tuple[str, str, str]) -> None:
    stated = [
        Item(line, yuan(amount), f"B-{place}-{line}-{stage}", "fees", stage)
        for place, (line, amount, stage) in enumerate(items)
    ]
    house.do(ask_more, claim.id, stated, on=BILLED)


def shown(house: House, claim: Any, name: str) -> dict[str, str]:
    seen = house.read(lambda s: matter_answer(s, claim.id, DECIDED))
    return {one.stage: getattr(one, name).amount for one in seen.stages}


def test_a_payment_of_a_line_is_shared_over_its_stages(house: House, enforcing: Any) -> None:
    """(30,000 - 10,000 and 100,000) x 0.9; 90,000 of suit in proportion to 70 : 20 : 10."""
    bills(
        house, enforcing,
        ("investigation", "10000", "before_acceptance"), ("litigation", "70000", "first_instance"),
        ("litigation", "20000", "appeal"), ("litigation", "10000", ""),
    )  # fmt: skip
    part = {"investigation": yuan("30000").minor, "litigation": yuan("100000").minor}
    house.do(pay_on_account, enforcing.id, part, Purpose.INTERIM, on=DECIDED)
    assert shown(house, enforcing, "paid") == {
        "before_acceptance": "18000.00", "first_instance": "63000.00", "appeal": "18000.00",
        "invalidation": "0.00", "enforcement": "0.00",
    }  # fmt: skip


def test_cost_is_told_where_no_budget_exists(house: House, enforcing: Any) -> None:
    bills(house, enforcing, ("litigation", "70000", "first_instance"))
    spent = {"before_acceptance": "20000.00", "first_instance": "70000.00"}
    before = shown(house, enforcing, "spent")
    assert {stage: amount for stage, amount in before.items() if amount != "0.00"} == spent
    assert set(shown(house, enforcing, "over").values()) == {"0.00"}
    budget(house, enforcing, "first_instance", "70000", "70000", on=BILLED)
    assert shown(house, enforcing, "spent") == before


@pytest.mark.parametrize(
    ("line", "stage", "cure"),
    [
        ("litigation", "nope", "use first_instance, appeal, invalidation, enforcement"),
        ("litigation", "before_acceptance", "use first_instance"),
        ("loss_of_profit", "first_instance", "leave it out"),
    ],
)
def test_an_item_names_a_stage_of_its_line(
    house: House, enforcing: Any, line: str, stage: str, cure: str
) -> None:
    item = Item(line, yuan("5"), "B", "fees", stage)
    refused = house.refuse("invalid", ask_more, enforcing.id, [item], on=BILLED)
    (fault,) = refused.faults
    assert fault.field == "items.0.stage"
    assert fault.cure.startswith(cure)


def test_a_budget_is_held_to_the_same_stages(house: House, enforcing: Any) -> None:
    wanted = BudgetWanted("nope", yuan("5"), "fees")
    refused = house.refuse("invalid", budget_stage, enforcing.id, wanted, on=ANSWERED)
    assert refused.faults[0].cure.startswith("use before_acceptance, first_instance")


def test_a_claim_tells_the_clocks_that_it_runs_by(house: House, enforcing: Any) -> None:
    """A payment on account begins the two years anew, wherever the day is read."""
    part = {"investigation": yuan("20000").minor}
    house.do(pay_on_account, enforcing.id, part, Purpose.INTERIM, on=DECIDED)
    on = DECIDED + timedelta(days=1)
    actor = Actor("at_1", enforcing.client_id, Role.ADJUSTER, "chief")
    told = house.read(lambda s: claim_answer(s, enforcing.id, a_desk(on), actor=actor).deadlines)
    runs = house.read(lambda s: clocks(s, case_of(s, enforcing.id)))
    assert [(one.code, one.due) for one in told] == [(one.code, one.due) for one in runs]
    (limitation,) = (one.due for one in told if one.code == "limitation")
    assert limitation == DECIDED.replace(year=DECIDED.year + 2)
    assert DECIDED > ASKED
