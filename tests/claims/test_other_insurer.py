"""Another insurer of the same loan: its part is cut by law, agreed away, or asked for."""

from fractions import Fraction
from typing import Any

import pytest
from builders import ASSESSED, GOOD_CONDUCT, SETTLED, House, a_house, a_risk, yuan
from sqlalchemy import Engine

from claims.assess import Assessment, assess
from claims.settle import settle
from kernel.money import round_half_up

LOSS = 300_000_000


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


def assessed(house: House, policy: Any, **facts: Any) -> Any:
    claim = house.claim(policy)
    stated = Assessment(conduct=GOOD_CONDUCT, facts={"other_insurer": "另一保险", **facts})
    return house.do(assess, claim.id, stated, on=ASSESSED)


def found(claim: Any) -> dict[str, dict[str, str]]:
    return {one["code"]: one for one in claim.findings}


@pytest.mark.parametrize("other", ["1000000.00", "2000000.00", "0.01", "7000000.00"])
def test_a_stated_sum_is_a_cut_by_the_sums_insured(house: House, other: str) -> None:
    """Ours is 3,000,000.00, the value of the loan: the loss times ours over both, exact."""
    policy = house.policy()
    claim = assessed(house, policy, other_sum_insured=yuan(other))
    ours = policy.sum_insured_minor
    share = Fraction(ours, ours + yuan(other).minor)
    one = found(claim)["double-insured"]
    assert (one["effect"], one["clause"]) == ("cut", "Insurance Law art. 56")
    assert one["cure"] == "claim the rest under the other covers"
    assert "另一保险" in one["evidence"]
    assert "other-cover-unmeasured" not in found(claim)
    assert claim.approved["principal"] == round_half_up(LOSS * share)
    row = house.do(settle, claim.id, on=SETTLED)
    assert row.eligible_minor == round_half_up(LOSS * share)


def test_an_unknown_sum_is_referred_and_cuts_nothing(house: House) -> None:
    claim = assessed(house, house.policy())
    one = found(claim)["other-cover-unmeasured"]
    assert one["effect"] == "refer"
    assert "other_sum_insured" in one["cure"]
    assert "另一保险" in one["evidence"]
    assert "double-insured" not in found(claim)
    assert claim.approved["principal"] == LOSS


def test_a_sum_of_nought_says_that_it_insures_nothing(house: House) -> None:
    claim = assessed(house, house.policy(), other_sum_insured=yuan("0.00"))
    assert not {"double-insured", "other-cover-unmeasured"} & set(found(claim))
    assert claim.approved["principal"] == LOSS


def test_a_policy_may_agree_to_bear_the_whole(house: House) -> None:
    """Art. 56 para. 2: unless the contract agrees otherwise."""
    policy = house.policy(a_risk(cover={"bears_before_others": True}))
    assert policy.contract["agreed"]["bears_before_others"] is True
    claim = assessed(house, policy, other_sum_insured=yuan("3000000.00"))
    assert "double-insured" not in found(claim)
    assert claim.approved["principal"] == LOSS


def test_two_policies_of_the_house_say_the_part_of_each(house: House) -> None:
    """One default is one claim: nothing is cut, and the part inside the house is said, exact."""
    first = house.policy()
    house.policy(a_risk(cover={"insured_share": "1/2"}))
    claim = house.do(assess, house.claim(first).id, Assessment(conduct=GOOD_CONDUCT), on=ASSESSED)
    one = found(claim)["covered-twice"]
    assert (one["effect"], claim.approved["principal"]) == ("refer", LOSS)
    assert "2/3 of it to this one" in one["words"]
