"""Acts on a quote that stands: letter, another price, withdrawal; and what is bound then."""

import json
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from builders import QUOTED, House, a_house, a_risk, cny, yuan
from sqlalchemy import Engine

from documents.stated import read_stated
from kernel.db import books
from kernel.money import Money
from underwriting import store
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.letter import issue_letter
from underwriting.override import override
from underwriting.withdraw import withdraw


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


def test_a_letter_is_drawn_once(house: House) -> None:
    quoted = house.quote()
    first = house.do(issue_letter, quoted.id)
    again = house.read(lambda s: books.documents(s, books.Subject("quote", quoted.id)))
    assert [paper.id for paper in again] == [first.id]
    assert first.number == quoted.number
    assert read_stated(first.stated).number == quoted.number


def test_an_offer_within_authority_is_bound_and_booked(house: House) -> None:
    quoted = house.quote()
    total = Money(quoted.technical_minor * 95 // 100, "CNY")
    stated = house.do(override, quoted.id, total, "a client of ten years", authority="underwriter")
    assert Fraction(stated.deviation) == Fraction(total.minor, quoted.technical_minor) - 1
    policy = house.do(bind, quoted.id)
    assert policy.premium_minor == total.minor
    balances = house.balances()
    assert balances["premium_receivable:policyholder"] == total.minor
    tax = -balances["tax_payable"]
    assert -balances["premium_income"] == total.minor - tax
    assert abs((total.minor - tax) * Fraction(6, 100) - tax) <= 1
    receipt = json.loads(house.read(lambda s: store.quote(s, quoted.id)).receipt)
    assert receipt["premium"]["total"]["amount"] == Money(quoted.technical_minor, "CNY").text


def test_the_newest_offer_holds_and_every_one_stays(house: House) -> None:
    quoted = house.quote()
    for day, percent in enumerate((95, 92)):
        total, on = Money(quoted.technical_minor * percent // 100, "CNY"), timedelta(days=day)
        house.do(override, quoted.id, total, f"{percent} per cent", on=QUOTED + on)
    rows = house.read(lambda s: store.overrides(s, quoted.id))
    assert [row.reason for row in rows] == ["95 per cent", "92 per cent"]
    now = house.read(lambda s: store.quote(s, quoted.id))
    assert now.premium_minor == rows[-1].offered_minor
    assert now.technical_minor == quoted.technical_minor


def _halved(quoted: Any) -> tuple[Money, str]:
    return Money(quoted.technical_minor // 2, "CNY"), "half"


@pytest.mark.parametrize(
    ("code", "named", "total"),
    [
        ("above-authority", {"authority": "underwriter"}, _halved),
        ("above-authority", {"authority": "chief"}, _halved),
        ("own-quote", {"actor": "clerk"}, lambda q: (Money(q.technical_minor, "CNY"), "same")),
        ("quote-lapsed", {"on": QUOTED + timedelta(days=31)}, _halved),
        ("invalid", {}, lambda _: (Money(100, "USD"), "dollars")),
    ],
)
def test_an_offer_is_refused(
    house: House, code: str, named: dict[str, Any], total: Callable[[Any], tuple[Money, str]]
) -> None:
    quoted = house.quote()
    house.refuse(code, override, quoted.id, *total(quoted), **named)


def test_what_is_not_open_is_not_offered(house: House) -> None:
    declined = house.quote(a_risk(borrower={"grade": "CCC"}))
    house.refuse("quote-not-open", override, declined.id, yuan("100.00"), "why not")


def test_who_made_a_quote_does_not_clear_it(house: House) -> None:
    referred = house.quote(a_risk(borrower={"grade": "B"}))
    house.refuse("own-quote", approve, referred.id, "fine", actor="clerk")
    house.refuse("above-authority", approve, referred.id, "fine", authority="clerk")
    assert house.do(approve, referred.id, "fine", authority="senior").state == "approved"


def test_a_withdrawn_quote_is_not_bound_and_counts_no_more(house: House) -> None:
    big = a_risk(loan={"amount": cny("4000000.00")}, borrower={"grade": "B"})
    first, second = house.quote(big), house.quote(big)
    gone = house.do(withdraw, first.id, "another term")
    assert gone.state == "withdrawn"
    house.refuse("quote-not-open", bind, first.id)
    house.refuse("quote-not-open", withdraw, first.id, "again")
    assert house.do(approve, second.id, "fine", authority="senior").state == "approved"


def test_a_bound_quote_is_not_withdrawn(house: House) -> None:
    policy = house.policy()
    house.refuse("quote-not-open", withdraw, policy.quote_id, "too late")
