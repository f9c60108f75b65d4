"""Regimes as data, the American bond and the European number on published figures."""

import re
import string
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Conflict, Invalid
from kernel.money import MINOR_DIGITS
from kernel.working_days import load_calendar
from underwriting.letters.bond import continuous_bond, single_bond
from underwriting.letters.declared import answer, demand, release, reserve
from underwriting.letters.ending import ends_on
from underwriting.letters.grn import check_grn, grn_check
from underwriting.letters.record_number import check_record_number
from underwriting.letters.reference_amount import reference_amount
from underwriting.letters.regimes import regime, regimes
from underwriting.letters.usage import Account, Use

CALENDAR = load_calendar()
MILLION = 1_000_000


def test_every_rule_has_source_and_grade() -> None:
    assert set(regimes()) == {"CN", "US", "EU"}
    for one in regimes().values():
        assert one.currency in MINOR_DIGITS
        rules = [one.amount, one.demand, one.number, one.parties, *one.terminations]
        for rule in [*rules, *([one.surcharge] if one.surcharge else [])]:
            assert rule.source
            assert rule.grade in {"A", "B", "C", "K"}
        for pattern in (one.number.pattern, one.parties.district):
            re.compile(pattern)


def test_what_the_laws_say() -> None:
    china, america, europe = (regime(code) for code in ("CN", "US", "EU"))
    assert china.surcharge is not None
    assert china.surcharge.per_day == Fraction(5, 10_000)
    assert china.termination_by("guarantor") is None, "irrevocable"
    assert [(one.who, one.days, one.day_kind) for one in america.terminations] == [
        ("debtor", 10, "working"), ("guarantor", 30, "calendar"),
    ]  # fmt: skip
    assert america.surcharge is None, "not stated is not nothing"
    assert europe.number.scheme == "grn"


def test_an_unknown_regime_is_refused_with_those_known() -> None:
    with pytest.raises(Invalid) as refused:
        regime("XX")
    assert "CN, US, EU" in refused.value.faults[0].cure


@pytest.mark.parametrize(
    ("paid", "bond"),
    [
        (0, 50_000),
        (500_000, 50_000),        # published: up to 500,000 a bond of 50,000
        (500_001, 60_000),        # published: from 500,000 to 600,000 one of 60,000
        (600_000, 60_000),
        (999_999, 100_000),
        (MILLION, 100_000),
        (MILLION + 1, 200_000),   # published: from one to two million one of 200,000
        (2 * MILLION, 200_000),
        (4 * MILLION + 1, 500_000),   # published: from four to five million one of 500,000
        (5 * MILLION, 500_000),
    ],
)  # fmt: skip
def test_continuous_bond_on_published_examples(paid: int, bond: int) -> None:
    assert continuous_bond(paid * 100) == bond * 100


@given(st.integers(0, 10**13))
def test_continuous_bond_is_the_least_step_that_covers_a_tenth(paid: int) -> None:
    bond = continuous_bond(paid)
    step = 10_000_00 if paid <= MILLION * 100 else 100_000_00
    assert bond % step == 0
    assert bond >= 50_000_00
    assert 10 * bond >= paid
    assert bond == 50_000_00 or 10 * (bond - step) < paid
    assert continuous_bond(paid + 1) >= bond


def test_single_bond() -> None:
    assert single_bond(10_000_00, 650_00, other_agency=False) == 10_650_00
    assert single_bond(10_000_00, 650_00, other_agency=True) == 30_000_00


@pytest.mark.parametrize("value", [-1, -100])
def test_nothing_negative_was_paid(value: int) -> None:
    with pytest.raises(Invalid):
        continuous_bond(value)
    with pytest.raises(Invalid):
        single_bond(value, 0, other_agency=False)
    with pytest.raises(Invalid):
        single_bond(0, value, other_agency=False)


@pytest.mark.parametrize(
    ("level", "amount"), [("1", 100_01), ("1/2", 50_01), ("3/10", 30_01), ("0", 0)]
)
def test_reference_amount_by_level_rounds_up(level: str, amount: int) -> None:
    assert reference_amount(100_01, 0, level=Fraction(level)) == amount


def test_debt_that_arose_is_added_at_its_own_level() -> None:
    assert reference_amount(100_01, 50_01, level=Fraction(3, 10)) == 30_01 + 50_01
    low = Fraction(3, 10)
    assert reference_amount(100_01, 50_01, level=Fraction(0), arose_level=low) == 15_01


def test_existing_debt_is_never_waived() -> None:
    with pytest.raises(Invalid):
        reference_amount(1, 1, level=Fraction(1), arose_level=Fraction(0))
    with pytest.raises(Invalid):
        reference_amount(1, 1, level=Fraction(1, 4))
    with pytest.raises(Invalid):
        reference_amount(-1, 1, level=Fraction(1))


@pytest.mark.parametrize("number", ["20GB0000010000GX1", "05DE3300BE0001067A001017"])
def test_published_reference_numbers(number: str) -> None:
    check_grn(number)
    assert re.fullmatch(regime("EU").number.pattern, number)


ISO_6346 = {
    "A": 10, "B": 12, "C": 13, "D": 14, "E": 15, "F": 16, "G": 17, "H": 18, "I": 19, "J": 20,
    "K": 21, "L": 23, "M": 24, "N": 25, "O": 26, "P": 27, "Q": 28, "R": 29, "S": 30, "T": 31,
    "U": 32, "V": 34, "W": 35, "X": 36, "Y": 37, "Z": 38,
}  # fmt: skip
"""The table of the standard, written out."""

BODIES = st.from_regex(r"[0-9]{2}[A-Z]{2}[A-Z0-9]{12}", fullmatch=True).filter(str.isascii)


@given(BODIES)
def test_check_digit_by_the_table_of_the_standard(body: str) -> None:
    total = sum(
        ISO_6346.get(one, int(one) if one.isdigit() else 0) * 2**place
        for place, one in enumerate(body)
    )
    assert grn_check(body) == total % 11 % 10
    wrong = (grn_check(body) + 1) % 10
    with pytest.raises(Invalid, match="check digit"):
        check_grn(f"{body}{wrong}")


@given(BODIES, st.integers(0, 15), st.sampled_from(string.digits + string.ascii_uppercase))
def test_one_wrong_character_seldom_passes(body: str, place: int, other: str) -> None:
    """Modulo 11 finds it but where 10 is written 0, or values differ by a multiple of 11."""
    wrong = body[:place] + other + body[place + 1 :]
    if wrong != body and re.fullmatch(r"[0-9]{2}[A-Z]{2}[A-Z0-9]{12}", wrong):
        same = grn_check(wrong) == grn_check(body)
        values = {**ISO_6346, **{digit: int(digit) for digit in string.digits}}
        apart = (values[body[place]] - values[other]) % 11
        assert not same or apart == 0 or grn_check(body) == 0


@pytest.mark.parametrize(
    "text", ["", "20GB0000010000GX2", "20gb0000010000gx1", "20GB0000010000GX1A00101", "2GB" * 6]
)
def test_wrong_reference_numbers(text: str) -> None:
    with pytest.raises(Invalid):
        check_grn(text)


@pytest.mark.parametrize(
    ("code", "number"),
    [("EU", "05DE3300BE0001067A001017"), ("US", "036123456"), ("CN", "790020261120000123")],
)
def test_numbers_that_customs_give(code: str, number: str) -> None:
    check_record_number(code, number)
    with pytest.raises(Invalid):
        check_record_number(code, number.lower() + "_")
    with pytest.raises(Invalid):
        check_record_number(code, f"{number}\n")


def test_a_european_record_has_its_check_digit() -> None:
    with pytest.raises(Invalid, match="check digit"):
        check_record_number("EU", "20GB0000010000GX2")


NOTICED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("code", "who", "first"),
    [
        ("US", "guarantor", date(2026, 4, 1)),
        ("US", "debtor", date(2026, 3, 16)),
        ("EU", "guarantor", date(2026, 3, 18)),
        ("EU", "beneficiary", date(2026, 3, 18)),
        ("CN", "beneficiary", NOTICED),
    ],
)
def test_ending_by_notice(code: str, who: str, first: date) -> None:
    assert ends_on(code, who, NOTICED, CALENDAR) == first


@pytest.mark.parametrize(
    ("code", "who"),
    [("CN", "guarantor"), ("CN", "debtor"), ("EU", "debtor"), ("US", "beneficiary")],
)
def test_who_may_not_end_a_letter(code: str, who: str) -> None:
    with pytest.raises(Conflict) as refused:
        ends_on(code, who, NOTICED, CALENDAR)
    assert refused.value.code == "irrevocable"
    assert all(one.who in refused.value.faults[0].cure for one in regime(code).terminations)


@pytest.mark.parametrize(
    ("code", "limit", "restored"),
    [
        ("CN", 5_000_000_00, True),
        ("US", continuous_bond(4_500_000_00), True),
        ("EU", reference_amount(800_000_00, 0, level=Fraction(1, 2)), True),
        ("US", single_bond(400_000_00, 20_000_00, other_agency=False), False),
    ],
)
def test_one_ledger_serves_every_regime(code: str, limit: int, restored: bool) -> None:  # noqa: FBT001 - of a table
    """Reserve twice, tax paid once, one demand paid: the same figures everywhere."""
    assert regime(code).currency
    start = Account(limit=limit)
    account, first = reserve(start, 100_000_00)
    account, second = reserve(account, 50_000_00)
    account, first = release(account, first, 100_000_00, restored=restored)
    account, second = demand(account, second, 50_000_00, 1_000_00)
    account, second = answer(account, second, Use.PAY)
    used_up = 0 if restored else 100_000_00
    assert account == replace(start, drawn=51_000_00 + used_up)
    assert account.available == limit - 51_000_00 - used_up
