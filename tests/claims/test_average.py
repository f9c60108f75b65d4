"""Average as a term of the policy: agreed by stating the value at risk, off where none is."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from builders import ASSESSED, MATTERS, SAMPLES, House, a_house, cny, yuan
from pydantic import ValidationError
from sqlalchemy import Engine

from claims.assess import Assessment, assess
from claims.settle import settle
from kernel.money import round_half_up
from underwriting.products import product

CODE = "infringement_loss"
SUM = 850_000_00
"""Sum insured of the sample: its aggregate."""


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


def a_risk(**cover: Any) -> Any:
    sample = SAMPLES[CODE]
    return product(CODE).risk.model_validate(
        {**sample, "cover": {**sample["cover"], **cover}}, strict=False
    )


def settled(house: House, policy: Any, minor: int = 30_000_000) -> Any:
    claim = house.claim(policy, asked={"litigation": minor})
    row = house.do(assess, claim.id, Assessment(conduct=MATTERS[CODE][2]), on=ASSESSED)
    assert row.state == "accepted"
    house.do(settle, claim.id, on=date(2026, 3, 20))
    return row, house.settlement(claim)


def test_without_a_stated_value_there_is_no_average(house: House) -> None:
    """(300,000 - 10,000) x 9/10 = 261,000, and nothing is printed of average."""
    policy = house.policy(a_risk())
    assert policy.contract["agreed"]["average_value_minor"] is None
    assert "average" not in {term["code"] for term in policy.contract["terms"]}
    claim, row = settled(house, policy)
    assert row.eligible_minor == 26_100_000
    assert "under-insured" not in {one["code"] for one in claim.findings}


@pytest.mark.parametrize("value", ["1700000.00", "1000000.01", "850000.00"])
def test_a_loss_is_borne_in_the_proportion_of_the_sum_insured_to_the_value(
    house: House, value: str
) -> None:
    """Exact: the loss after the terms times 850,000 over the value, rounded half up once."""
    policy = house.policy(a_risk(insured_value=cny(value)))
    minor = yuan(value).minor
    assert policy.contract["agreed"]["average_value_minor"] == minor
    (term,) = (one for one in policy.contract["terms"] if one["code"] == "average")
    assert str(yuan(value)) in term["value"]
    claim, row = settled(house, policy)
    exact = Fraction(26_100_000) * min(Fraction(1), Fraction(SUM, minor))
    assert row.eligible_minor == round_half_up(exact)
    found = {one["code"]: one for one in claim.findings}
    if minor == SUM:
        assert "under-insured" not in found, "insured in full"
        return
    assert found["under-insured"]["effect"] == "cut"
    assert "art. 55" in found["under-insured"]["clause"]
    assert found["under-insured"]["cure"]
    assert found["under-insured"]["evidence"] == "schedule: sum insured and insured value"
    (line,) = (one for one in row.lines if one["code"] == "litigation")
    assert str(Fraction(SUM, minor)) in line["reason"], "why not more, exact"


def test_the_sum_insured_caps_what_average_leaves(house: House) -> None:
    """1,400,000 of loss after the terms is capped at 850,000 by its limit; half of it is borne."""
    policy = house.policy(a_risk(insured_value=cny("1700000.00")))
    _, row = settled(house, policy, 200_000_000)
    assert row.eligible_minor == SUM // 2


def test_a_value_below_the_sum_insured_is_refused() -> None:
    with pytest.raises(ValidationError, match="above the value that it states"):
        a_risk(insured_value=cny("849999.99"))
    with pytest.raises(ValidationError, match="currencies"):
        a_risk(insured_value={"amount": "9000000.00", "currency": "EUR"})


def test_the_wording_says_when_average_applies() -> None:
    text = product(CODE).wording
    assert "比例赔偿 Average" in text
    assert "Where no value is stated there is no average." in text
