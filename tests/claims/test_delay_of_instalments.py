"""Damages for each payment that is late, by its own clock, and never twice for one sum."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from builders import (
    ASSESSED,
    MATTERS,
    SAMPLES,
    SETTLED,
    House,
    a_desk,
    a_house,
    a_risk,
    shipped,
    yuan,
)
from sqlalchemy import Engine
from sqlmodel import col, select

from claims.ask_more import Item, ask_more
from claims.assess import Assessment, assess
from claims.facts import case_of, clock_file
from claims.pay_on_account import pay_on_account
from claims.recompute import recompute, share_anew
from claims.revise import revise
from claims.rules.clocks import deadlines
from claims.rules.late import ACCOUNT, shipped_rates
from claims.rules.purpose import Purpose
from claims.settle import settle
from claims.settling import say
from claims.tables import ClaimRow
from documents.stated import read_stated
from kernel.db import books
from kernel.db.tables import DocumentRow
from kernel.money import round_half_up
from underwriting import store as contracts
from underwriting.products import product
from underwriting.register import contribute

RATE = Fraction(3, 100)
"""Of every day since 20 May 2025."""


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


def a_matter(house: House, code: str = "infringement_loss") -> ClaimRow:
    sample = {**SAMPLES[code]}
    return house.claim(house.policy(product(code).risk.model_validate(sample, strict=False)))


def cost(minor: int, days: int) -> int:
    """Damages by hand, one rounding."""
    return round_half_up(Fraction(minor) * RATE * days / 365)


def damages(house: House) -> int:
    return house.balances().get(ACCOUNT, 0)


def noted(house: House, claim: ClaimRow) -> list[dict[str, Any]]:
    trail = house.read(lambda s: books.events(s, books.Subject("claim", claim.id)))
    return [event.payload for event in trail if event.kind == ACCOUNT]


def statements(house: House) -> list[Any]:
    query = select(DocumentRow).where(DocumentRow.kind == "settlement_statement")
    query = query.order_by(col(DocumentRow.number))
    return house.read(lambda s: [read_stated(row.stated) for row in s.exec(query)])


def interim(house: House, claim: ClaimRow, minor: int, on: date, **named: Any) -> Any:
    purpose = named.get("purpose", Purpose.INTERIM)
    return house.do(pay_on_account, claim.id, {"litigation": minor}, purpose, on=on)


def test_an_interim_payment_within_its_sixty_days_brings_none(house: House) -> None:
    """Papers were here on 12 March: Monday 11 May is the last day."""
    assert shipped_rates().at(date(2026, 5, 12)) == RATE
    claim = a_matter(house)
    interim(house, claim, 10_000_000, date(2026, 5, 11))
    assert damages(house) == 0


def test_each_bill_has_its_own_clock(house: House) -> None:
    """By hand. 300,000 asked on 12 March, a bill of 50,000 on 2 June, paid together on 1 July.

    The retention of 10,000 comes off, a tenth is borne: (350,000 - 10,000) x 9/10 = 306,000, of
    which 6/7 and 1/7. The first part was due on 11 May, 51 days ago; the bill is due on 3 August,
    for 1 August is a Saturday.
    """
    claim = a_matter(house)
    bill = Item("litigation", yuan("50000"), "INV-2", "appeal", "appeal")
    house.do(ask_more, claim.id, (bill,), on=date(2026, 6, 2))
    row = interim(house, claim, 35_000_000, date(2026, 7, 1))
    assert row.paid_out_minor == 30_600_000
    first = 26_228_571
    assert damages(house) == cost(first, 51)
    (told,) = noted(house, claim)
    assert told["late"] == "262285.71"
    assert [(line["first"], line["days"]) for line in told["lines"]] == [("2026-05-12", 51)]


def test_no_sum_brings_damages_twice(house: House) -> None:
    """Two late instalments and a late decision: each for what it pays beyond the one before."""
    claim = a_matter(house)
    june, july = date(2026, 6, 1), date(2026, 7, 1)
    first = interim(house, claim, 10_000_000, june).paid_out_minor
    assert damages(house) == cost(first, 21)
    second = interim(house, claim, 10_000_000, july).paid_out_minor - first
    assert second == 9_000_000
    assert damages(house) == cost(first, 21) + cost(second, 51)
    conduct = MATTERS["infringement_loss"][2]
    agreed = Assessment(conduct=conduct)
    house.do(assess, claim.id, agreed, on=july)
    last = house.do(settle, claim.id, on=date(2026, 8, 3))
    third = last.paid_out_minor - first - second
    assert third == 26_100_000 - first - second, "(300,000 - 10,000) x 9/10 in all"
    # agreed on 1 July, due on Saturday 11 July: the last day is Monday 13 July
    assert damages(house) == cost(first, 21) + cost(second, 51) + cost(third, 21)
    assert len(noted(house, claim)) == 3
    ids = {one["settlement_id"] for one in noted(house, claim)}
    assert ids == {row.id for row in house.settlements(claim)}
    assert house.balances("cash")["cash"] == -last.paid_out_minor - damages(house)


def test_an_advance_waits_for_the_waiting_period(house: House) -> None:
    """A loan: due on the first day after the waiting period, not on the sixtieth day before it."""
    claim = house.claim(house.policy())
    row = house.do(
        pay_on_account, claim.id, {"principal": 50_000_000}, Purpose.ADVANCE, on=date(2026, 6, 11)
    )
    # 11 March and 80 days: payable from 31 May; 60 days of 12 March end before it
    assert damages(house) == cost(row.paid_out_minor, 10) > 0, "1 June is the last day: a Monday"


def test_a_true_up_has_the_clock_of_its_own_decision(house: House) -> None:
    """Settled in time, revised in September: ten days from the new agreement, not the old one."""
    claim = a_matter(house)
    conduct = MATTERS["infringement_loss"][2]
    low = Assessment(conduct=conduct, adjusted={"litigation": (10_000_000, "as taxed")})
    house.do(assess, claim.id, low, on=ASSESSED)
    house.do(settle, claim.id, on=date(2026, 3, 20))
    assert damages(house) == 0
    house.do(revise, claim.id, "taxed anew", on=date(2026, 9, 1))
    house.do(assess, claim.id, Assessment(conduct=conduct), on=date(2026, 9, 1))
    row = house.do(settle, claim.id, on=date(2026, 9, 21))
    now = row.paid_out_minor - 9 * 9_000_000 // 9
    assert now == 26_100_000 - 8_100_000 - 900_000
    assert damages(house) == cost(18_000_000, 10), "11 September was the last day"


def in_pool(house: House) -> ClaimRow:
    """The fund had 1,000,000.00 when the loss was shared; the house pays for all who bear."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("1000000.00"))
    cover = {"scheme": "zhongshan-2021", "settles": "lead"}
    return house.settled(house.policy(a_risk(cover=cover)))


def fill(house: House) -> None:
    pool = house.read(lambda s: contracts.pool(s, "zhongshan-2021", "fund", "CNY"))
    house.do(contribute, pool.id, yuan("400000.00"), key="C2", on=date(2026, 7, 1))


@pytest.mark.parametrize("known", [None, 7, 1])
def test_a_recomputed_payment_has_ten_days_from_the_fact(house: House, known: int | None) -> None:
    """400,000.00 more from the fund, paid on 13 July; known on 1 July it was due on 11 July.

    11 July is a Saturday: the last day is Monday 13 July, so that it is in time.
    """
    claim = in_pool(house)
    fill(house)
    known_on = date(2026, 7, known) if known else None
    row = house.do(
        recompute, claim.id, "the fund was filled", known_on=known_on, on=date(2026, 7, 13)
    )
    assert row.paid_out_minor - house.settlements(claim)[0].paid_out_minor == 40_000_000
    assert damages(house) == 0
    house.refuse(
        "nothing-changed", recompute, claim.id, "x", known_on=known_on, on=date(2026, 7, 15)
    )
    again = house.do(share_anew, claim.id, "again", known_on=known_on, on=date(2026, 7, 15))
    assert again.paid_out_minor == row.paid_out_minor
    assert damages(house) == 0, "what was paid is not late a second time"


def test_a_recomputed_payment_that_is_late_brings_damages(house: House) -> None:
    """Known on 1 July, paid on 15 July: due on Saturday 11, the last day Monday 13. Two days."""
    claim = in_pool(house)
    fill(house)
    known = {"known_on": date(2026, 7, 1), "on": date(2026, 7, 15)}
    house.do(recompute, claim.id, "the fund was filled", **known)
    assert damages(house) == cost(40_000_000, 2)
    assert statements(house)[-1].payment_due_on == date(2026, 7, 11), "as the damages count it"
    for day in (date(2026, 5, 31), date(2026, 7, 16)):
        house.refuse("invalid", recompute, claim.id, "x", known_on=day, on=date(2026, 7, 15))


def test_the_statement_says_the_days_that_the_policy_agrees(house: House) -> None:
    """31 May is the first payable day: ten days of the statute, or five that were agreed."""
    policy = house.policy()
    assert policy.contract["agreed"]["pay_days"] == 10, "the statute's, frozen at binding"
    claim = house.accepted(policy)
    case = house.read(lambda s: case_of(s, claim.id))
    days = {}
    for agreed in (5, 10, None):
        terms = {**case.contract.agreed, "pay_days": agreed}
        if agreed is None:
            del terms["pay_days"]
        other = replace(case, contract=replace(case.contract, agreed=terms))
        days[agreed] = say._pay_by(other, None, a_desk(SETTLED))
        (clock,) = (one for one in deadlines(clock_file(other)) if one.code == "pay")
        assert clock.due == days[agreed], "the clock of the claim and the statement say the same"
    assert days == {5: date(2026, 6, 5), 10: date(2026, 6, 10), None: date(2026, 6, 10)}
    row = house.do(settle, claim.id, on=SETTLED)
    (statement,) = statements(house)
    assert statement.payment_due_on == date(2026, 6, 10)
    assert row.settled_on == SETTLED
