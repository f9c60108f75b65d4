"""An early payment is one thing through whichever door: level, waiting period, agreement."""

from datetime import date, timedelta
from typing import Any

import pytest
from builders import DEFAULT, House, a_house
from proposals import SAMPLES
from sqlalchemy import Engine

from claims.pay_on_account import pay_on_account
from claims.rules.late import ACCOUNT
from claims.rules.purpose import Purpose
from claims.settling.early import Agreed
from kernel.db import books
from underwriting.products import product

SOON = date(2026, 4, 1)
ENDS = date(2026, 5, 30)
"""Last day of a waiting period of 80 days from 11 March."""

PART = {"principal": 100_000_000}
AGREED = Agreed(SOON, "the bank needs the money")


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


@pytest.fixture
def claim(house: House) -> Any:
    return house.claim(house.policy())


def refused(house: House, claim: Any, code: str, agreed: Agreed | None, **named: Any) -> Any:
    args = (pay_on_account, claim.id, PART, Purpose.EARLY)
    return house.refuse(code, *args, agreed=agreed, **{"on": SOON, **named})


def test_who_has_too_low_a_level_pays_nothing_early(house: House, claim: Any) -> None:
    for level in ("clerk", "underwriter"):
        refused(house, claim, "above-authority", AGREED, authority=level)
    args = (pay_on_account, claim.id, PART, Purpose.EARLY)
    house.do(*args, agreed=AGREED, on=SOON, authority="senior")
    assert house.settlement(claim).purpose == "early"


def test_early_is_within_the_waiting_period_only(house: House, claim: Any) -> None:
    refused(house, claim, "waiting-over", Agreed(SOON, "x"), on=ENDS + timedelta(days=1))
    house.do(pay_on_account, claim.id, PART, Purpose.EARLY, agreed=AGREED, on=ENDS)


def test_early_names_an_agreement_of_a_day_that_can_be(house: House, claim: Any) -> None:
    for agreed in (None, Agreed(DEFAULT - timedelta(days=1), "x"), Agreed(date(2026, 4, 2), "x")):
        (fault,) = refused(house, claim, "invalid", agreed).faults
        assert fault.field == "agreed_on"


def test_the_agreement_is_written_down_without_an_overdue_case(house: House, claim: Any) -> None:
    paid = house.do(pay_on_account, claim.id, PART, Purpose.EARLY, agreed=AGREED, on=SOON)
    noted = house.read(lambda s: books.events(s, books.Subject("claim", claim.id)))[-1]
    assert noted.kind == "early_payment_agreed"
    assert noted.payload == {
        "overdue_id": None,
        "settlement_id": paid.id,
        "agreed_on": "2026-04-01",
        "words": "the bank needs the money",
        "authority": "chief",
    }


def test_early_by_agreement_is_never_late(house: House, claim: Any) -> None:
    """Damages are of what is paid after its last day; what is agreed to is paid before one."""
    house.do(pay_on_account, claim.id, PART, Purpose.EARLY, agreed=AGREED, on=ENDS)
    assert ACCOUNT not in house.balances()


def test_where_nothing_is_waited_for_nothing_is_early(house: House) -> None:
    """A claim on costs has no waiting period: they are paid as they arise."""
    sample = dict(SAMPLES["infringement_loss"])
    policy = house.policy(product("infringement_loss").risk.model_validate(sample, strict=False))
    args = (pay_on_account, house.claim(policy).id, {"litigation": 1}, Purpose.EARLY)
    house.refuse("waiting-over", *args, agreed=AGREED, on=SOON)
