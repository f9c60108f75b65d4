"""Several matters of one day, the right they are about, and what a notice cannot state of them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import ASSESSED, EVENT, MATTERS, SAMPLES, House, a_matter

from claims.assess import Assessment, assess
from claims.notify import Notice, notify
from claims.settle import settle
from underwriting.products import product

LOSS, LIABILITY = "infringement_loss", "infringement_liability"
FACTS = {code: MATTERS[code][1] for code in (LOSS, LIABILITY)}


def a_policy(house: House, code: str) -> Any:
    return house.policy(product(code).risk.model_validate(dict(SAMPLES[code]), strict=False))


def stating(policy: Any, **facts: Any) -> Notice:
    notice = a_matter(policy)
    return replace(notice, facts={**notice.facts, **facts})


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        (LOSS, {"infringer": "甲厂"}, {"infringer": "乙厂"}),
        (LIABILITY, {"counterparty": "甲"}, {"counterparty": "乙"}),
        (LIABILITY, {"court": "DE"}, {"court": "CN"}),
    ],
)
def test_two_matters_of_one_day_are_two_claims(
    house: House, code: str, one: dict[str, str], other: dict[str, str]
) -> None:
    policy = a_policy(house, code)
    first, second = (house.do(notify, stating(policy, **of), on=ASSESSED) for of in (one, other))
    assert first.default_date == second.default_date
    assert first.event_key != second.event_key
    for claim, of in ((first, one), (second, other)):
        again = house.refuse("claim-twice", notify, stating(policy, **of), on=ASSESSED)
        assert claim.id in again.faults[0].cure


def test_each_matter_of_a_day_bears_its_own_retention(house: House) -> None:
    """(300,000 - 10,000) x 0.9 = 261,000, of each."""
    policy = a_policy(house, LOSS)
    for infringer in ("甲厂", "乙厂"):
        claim = house.do(notify, stating(policy, infringer=infringer), on=ASSESSED)
        house.do(assess, claim.id, Assessment(conduct=MATTERS[LOSS][2]), on=ASSESSED)
        assert house.do(settle, claim.id, on=ASSESSED).eligible_minor == 261_000_00


@pytest.mark.parametrize(
    ("code", "named", "left_out"), [(LOSS, {"infringer": "甲厂"}, {}), (LIABILITY, {}, {})]
)
def test_what_nothing_tells_apart_is_one_matter(
    house: House, code: str, named: dict[str, str], left_out: dict[str, str]
) -> None:
    policy = a_policy(house, code)
    claim = house.do(notify, stating(policy, **named), on=ASSESSED)
    refused = house.refuse("claim-twice", notify, stating(policy, **left_out), on=ASSESSED)
    assert claim.id in refused.faults[0].cure


def test_a_matter_is_kept_by_what_its_notice_said(house: House) -> None:
    """The adjuster puts the infringer right; the same notice is still the same matter."""
    policy = a_policy(house, LOSS)
    notice = stating(policy, infringer="甲厂")
    claim = house.do(notify, notice, on=ASSESSED)
    house.do(assess, claim.id, Assessment(facts={"infringer": "乙厂"}), on=ASSESSED)
    house.refuse("claim-twice", notify, notice, on=ASSESSED)


def test_a_right_that_is_not_insured_is_named(house: House) -> None:
    policy = a_policy(house, LOSS)
    house.do(notify, a_matter(policy), on=ASSESSED)
    refused = house.refuse("invalid", notify, stating(policy, right_number="ZL9"), on=ASSESSED)
    (fault,) = refused.faults
    assert fault.field == "facts.right_number"
    assert policy.number in fault.problem
    assert FACTS[LOSS]["right_number"] in fault.cure


def test_a_later_demand_joins_the_claim_of_its_own_accuser(house: House) -> None:
    policy = a_policy(house, LIABILITY)
    claims = {
        who: house.do(notify, stating(policy, counterparty=who), on=ASSESSED) for who in "甲乙"
    }
    for who, claim in claims.items():
        later = replace(stating(policy, counterparty=who), default_date=ASSESSED, known_on=ASSESSED)
        refused = house.refuse("related-claim", notify, later, on=ASSESSED)
        assert claim.id in refused.faults[0].cure


@pytest.mark.parametrize(
    ("code", "facts", "field"),
    [
        (LOSS, {"first_infringed_on": ASSESSED}, "facts.first_infringed_on"),
        (LIABILITY, {"first_act_on": date(2030, 1, 1)}, "facts.first_act_on"),
        (LIABILITY, {"cause_first_made_on": date(2030, 1, 1)}, "facts.cause_first_made_on"),
    ],
)
def test_a_notice_states_no_day_that_cannot_be(
    house: House, code: str, facts: dict[str, Any], field: str
) -> None:
    policy = a_policy(house, code)
    refused = house.refuse("invalid", notify, stating(policy, **facts), on=ASSESSED)
    assert [fault.field for fault in refused.faults] == [field]
    assert EVENT < ASSESSED


def test_a_decision_that_lies_ahead_establishes_nothing(house: House) -> None:
    claim = house.do(notify, a_matter(a_policy(house, LOSS)), on=ASSESSED)
    ahead = Assessment(conduct=MATTERS[LOSS][2], facts={"found_on": date(2030, 1, 1)})
    refused = house.refuse("invalid", assess, claim.id, ahead, on=ASSESSED)
    assert [fault.field for fault in refused.faults] == ["facts.found_on"]
