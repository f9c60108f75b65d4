"""Authority: worse never needs less, limits cannot be split, four eyes are two people."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import NotPermitted
from kernel.money import MINOR_DIGITS, Money
from underwriting.portfolio.limits import load_limits
from underwriting.rules.authority import load_authority, needed
from underwriting.rules.levels import LEVELS
from underwriting.rules.need import NOBODY, Case, check_level, check_second, may, rank

TABLE = load_authority()
GRADES = TABLE["grades"]
PRODUCTS = [*TABLE["product"], "new_line"]
MILLION = 100_000_000
_CODES = [*TABLE["finding"], *TABLE["never"]["codes"], "loan-limit"]


def a_case(**changes: Any) -> Case:
    """A guarantee of three million for a year at the technical price."""
    stated: dict[str, Any] = {
        "product": "pledge_guarantee",
        "total": Money(3 * MILLION, "CNY"),
        "grade": "BB",
        "term_months": 12,
        "deviation": Fraction(0),
    }
    return Case(**(stated | changes))


_CASES = st.builds(
    a_case,
    product=st.sampled_from(PRODUCTS),
    total=st.builds(Money, st.integers(1, 400 * MILLION), st.sampled_from([*MINOR_DIGITS])),
    grade=st.sampled_from(GRADES),
    term_months=st.integers(1, 140),
    deviation=st.fractions(-1, 1, max_denominator=1000),
    codes=st.lists(st.sampled_from(_CODES), max_size=3).map(tuple),
)


@given(_CASES, st.integers(0, 10**12), st.integers(0, 60), st.fractions(0, 1), st.data())
def test_worse_never_needs_less(
    case: Case, more: int, longer: int, further: Fraction, data: st.DataObject
) -> None:
    before = rank(needed(case).level)
    at = GRADES.index(case.grade)
    sign = -1 if case.deviation < 0 else 1
    worse = replace(
        case,
        total=Money(case.total.minor + more, case.total.currency),
        grade=data.draw(st.sampled_from(GRADES[at:])),
        term_months=case.term_months + longer,
        deviation=case.deviation + sign * further,
        codes=(*case.codes, *data.draw(st.lists(st.sampled_from(_CODES), max_size=2))),
    )
    assert rank(needed(worse).level) >= before


@given(_CASES)
def test_the_level_needed_may_and_the_one_below_may_not(case: Case) -> None:
    need = needed(case)
    for level in LEVELS:
        assert (may(level, need) == ()) == (rank(level) >= rank(need.level))
    assert need.level == max((reason.level for reason in need.reasons), key=rank)
    assert [rank(reason.level) for reason in need.reasons] == sorted(
        (rank(reason.level) for reason in need.reasons), reverse=True
    )


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, "clerk"),
        ({"total": Money(10 * MILLION, "CNY")}, "clerk"),
        ({"total": Money(10 * MILLION + 1, "CNY")}, "underwriter"),
        ({"total": Money(200 * MILLION + 1, "CNY")}, None),
        ({"total": Money(3 * MILLION, "USD")}, "senior"),  # a unit is 133,000 dollars
        ({"grade": "B"}, "underwriter"),
        ({"grade": "CCC"}, "chief"),
        ({"grade": None}, None),
        ({"term_months": 37}, "underwriter"),
        ({"deviation": Fraction(-1, 10)}, "underwriter"),
        ({"deviation": Fraction(1, 5)}, "senior"),
        ({"deviation": Fraction(41, 100)}, None),
        ({"codes": ("loan-limit",)}, "underwriter"),
        ({"codes": ("loan-limit", "means-not-stated")}, "chief"),
        ({"codes": ("single-obligor",)}, None),
        ({"product": "infringement_loss", "grade": None}, "clerk"),
        ({"product": "new_line", "grade": None}, "senior"),
    ],
)
def test_the_table_by_hand(changes: dict[str, Any], level: str | None) -> None:
    assert needed(a_case(**changes)).level == level


def test_each_level_takes_all_that_the_one_below_takes() -> None:
    for rows in TABLE["product"].values():
        ranked = [rows[level] for level in LEVELS if level in rows]
        for below, above in pairwise(ranked):
            assert below.keys() == above.keys()
            assert below["units"] <= above["units"]
            assert below["term_months"] <= above["term_months"]
            assert Fraction(below["deviation"]) <= Fraction(above["deviation"])
            if "worst_grade" in below:
                assert GRADES.index(below["worst_grade"]) <= GRADES.index(above["worst_grade"])


def test_the_table_says_what_it_rests_on_and_speaks_of_levels() -> None:
    assert TABLE["source"]
    assert TABLE["unverified"]
    assert TABLE["grade"] in {"A", "B", "C", "K"}
    assert set(TABLE["finding"].values()) <= set(LEVELS)
    assert set(TABLE["unit"]) == set(MINOR_DIGITS)
    assert len(LEVELS) == NOBODY


def test_nobody_clears_what_the_law_forbids() -> None:
    limits = load_limits()
    law = {one.grounds.code for one in (*limits.statutory, *limits.gates)}
    assert law <= set(TABLE["never"]["codes"])
    for code in law:
        (fault,) = may("chief", needed(a_case(codes=(code,))))
        assert fault.field == f"authority.findings.{code}"
        assert fault.cure.startswith("no person may")


def test_a_currency_without_a_unit_is_no_level_s_to_take() -> None:
    table = {**TABLE, "unit": {"CNY": "1000000"}}
    assert needed(a_case(total=Money(1, "USD")), table).level is None


def test_a_decision_above_the_level_is_refused_with_every_reason() -> None:
    need = needed(a_case(total=Money(30 * MILLION, "CNY"), deviation=Fraction(1, 10)))
    check_level("senior", need)
    with pytest.raises(NotPermitted) as refused:
        check_level("clerk", need)
    assert refused.value.code == "above-authority"
    assert [fault.field for fault in refused.value.faults] == [
        "authority.amount",
        "authority.deviation",
    ]
    assert "senior" in refused.value.faults[0].cure


def test_maker_is_never_checker() -> None:
    check_second("ac_one", {"ac_two", "ac_three"})
    with pytest.raises(NotPermitted) as refused:
        check_second("ac_one", {"ac_two", "ac_one"})
    assert refused.value.code == "own-quote"


def test_a_need_is_shown_with_its_reasons() -> None:
    shown = needed(a_case()).json()
    assert shown["level"] == "clerk"
    assert {reason["axis"] for reason in shown["reasons"]} == {
        "amount", "grade", "term_months", "deviation",
    }  # fmt: skip
