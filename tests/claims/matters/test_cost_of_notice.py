"""Cost that was asked with the notice, which names no stage, against budgets of stages."""

from typing import Any

import pytest
from builders import SAMPLES, House
from matter_kit import ANSWERED, MADE, TOLD, budget, over, yuan

from claims.cover import cover_findings
from claims.facts import case_of
from claims.notify import Notice, notify
from underwriting.products import product


@pytest.fixture
def enforcing(house: House) -> Any:
    """60,000 of investigation and 90,000 of suit, asked with the notice."""
    risk = product("infringement_loss").risk
    policy = house.policy(risk.model_validate(SAMPLES["infringement_loss"], strict=False))
    facts = {"first_infringed_on": MADE, "right_number": "ZL202010000001.X"}
    asked = {"investigation": yuan("60000").minor, "litigation": yuan("90000").minor}
    papers = tuple(policy.contract["papers"])
    return house.do(notify, Notice(policy.id, MADE, MADE, asked, "CNY", papers, facts), on=TOLD)


def test_a_line_of_one_stage_is_measured_by_its_budget(house: House, enforcing: Any) -> None:
    """The notice comes first, so that only a consent to what was spent covers it."""
    budget(house, enforcing, "before_acceptance", "60000", "60000", spent_too=True)
    assert over(house, enforcing) == {"litigation": 90_000_00}


def test_a_consent_to_what_was_spent_covers_the_notice(house: House, enforcing: Any) -> None:
    """40,000 and 50,000 of two stages make the 90,000 of their line."""
    budget(house, enforcing, "before_acceptance", "60000", "60000", spent_too=True)
    budget(house, enforcing, "first_instance", "40000", "40000", spent_too=True)
    assert over(house, enforcing) == {"litigation": 50_000_00}
    budget(house, enforcing, "appeal", "50000", "50000", spent_too=True)
    assert over(house, enforcing) == {}
    assert case_of_findings(house, enforcing) == []


def test_a_consent_to_what_is_to_come_does_not(house: House, enforcing: Any) -> None:
    budget(house, enforcing, "before_acceptance", "60000", "60000")
    budget(house, enforcing, "first_instance", "90000", "90000")
    assert over(house, enforcing) == {"investigation": 60_000_00, "litigation": 90_000_00}


def case_of_findings(house: House, claim: Any) -> list[str]:
    """What is above its budget, as cover finds it."""
    found = house.read(lambda s: cover_findings(s, case_of(s, claim.id), ANSWERED))
    return [one.en for one in found if one.code == "over-budget"]
