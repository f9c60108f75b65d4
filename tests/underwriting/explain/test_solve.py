"""The other way round: what the search finds is the last position that passes."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proposals import a_risk, cny, some_inputs, yuan

from kernel.errors import Invalid
from underwriting.explain.frontier import MOST_POINTS, default_steps, frontier
from underwriting.explain.frontier import given as with_given
from underwriting.explain.shown import frontier_json
from underwriting.explain.solve import Asked, by_name, furthest, stops
from underwriting.explain.turn import position, shown, stated, turned
from underwriting.products import product
from underwriting.rules.lever import Lever, Unit

LINE = product("pledge_guarantee")
LEVERS = {lever.name: lever for lever in LINE.levers}
LOAN, TENOR = LEVERS["loan"], LEVERS["tenor"]


def passes(at: Fraction, asked: Asked, lever: Lever = LOAN, risk: Any = None) -> bool:
    return not stops(LINE, some_inputs(risk), lever, at, asked)[1]


def test_the_loan_that_a_premium_buys_passes_and_the_next_step_does_not() -> None:
    asked = Asked(yuan("50000.00"))
    reached = furthest(LINE, some_inputs(), LOAN, asked)
    assert reached.at is not None
    assert reached.valued is not None
    assert reached.valued.premium.total.minor <= 5_000_000
    assert [found.code for found in reached.binding] == ["premium-above"]
    assert passes(reached.at, asked)
    assert not passes(reached.at + 1_000_000, asked)  # three digits: steps of 10,000.00


def test_without_a_budget_the_tariff_binds() -> None:
    reached = furthest(LINE, some_inputs(), LOAN, Asked())
    assert reached.at == 430_000_000  # half of the appraised 8,600,000.00
    assert [found.code for found in reached.binding] == ["loan-to-value"]


def test_what_is_referred_passes_where_a_person_will_look() -> None:
    alone = furthest(LINE, some_inputs(), LOAN, Asked()).at
    seen = furthest(LINE, some_inputs(), LOAN, Asked(referred=True)).at
    assert alone is not None
    assert seen is not None
    assert seen > alone


def test_the_tenor_goes_to_its_limit_in_whole_months() -> None:
    reached = furthest(LINE, some_inputs(), TENOR, Asked())
    assert reached.at == 36
    assert [found.code for found in reached.binding] == ["term-limit"]


def test_a_loan_that_does_not_pass_is_turned_back() -> None:
    inputs = some_inputs(a_risk(loan={"amount": cny("9000000.00")}))
    assert furthest(LINE, inputs, LOAN, Asked()).at == 430_000_000


def test_where_nothing_passes_the_reasons_are_those_of_the_proposal() -> None:
    inputs = some_inputs(a_risk(borrower={"grade": "CCC"}))
    reached = furthest(LINE, inputs, LOAN, Asked())
    assert (reached.at, reached.valued) == (None, None)
    assert "grade" in {found.code for found in reached.binding}


@settings(max_examples=8)
@given(budget=st.integers(1_000, 200_000), months=st.integers(3, 36))
def test_the_search_agrees_with_trying_every_step_around_it(budget: int, months: int) -> None:
    asked = Asked(yuan(f"{budget}.00"))
    risk = a_risk(loan={"term_months": months})
    reached = furthest(LINE, some_inputs(risk), LOAN, asked)
    if reached.at is None:
        return
    assert passes(reached.at, asked, risk=risk)
    step = 10 ** (len(str(int(reached.at))) - 3)
    assert not passes(reached.at + step, asked, risk=risk) or reached.binding == ()


def test_a_frontier_falls_where_the_other_lever_makes_it_dearer() -> None:
    asked = Asked(yuan("100000.00"))
    found = frontier(LINE, some_inputs(), LOAN, asked, along=TENOR)
    reached = [point.reached.at for point in found.points]
    assert [point.at for point in found.points] == [6, 12, 18, 24, 30, 36]
    assert all(at is not None for at in reached)
    assert reached == sorted(reached, reverse=True)
    assert found.points[-1].reached.binding[0].code == "premium-above"


def test_one_free_lever_gives_one_point() -> None:
    found = frontier(LINE, some_inputs(), TENOR, Asked(yuan("70000.00")))
    (point,) = found.points
    assert point.at is None
    shown = frontier_json(found, "CNY")
    assert shown["points"][0]["reached"] == int(point.reached.at or 0)
    assert shown["points"][0]["decision"] == "accepted"
    assert shown["along"] is None


def test_what_is_given_is_set_before_the_search() -> None:
    shorter = with_given(some_inputs(), {TENOR: Fraction(6)})
    assert shorter.risk["loan"]["term_months"] == 6
    assert some_inputs().risk["loan"]["term_months"] == 12


def test_a_frontier_has_a_bounded_number_of_points() -> None:
    steps = [Fraction(month) for month in range(1, MOST_POINTS + 2)]
    with pytest.raises(Invalid) as refused:
        frontier(LINE, some_inputs(), LOAN, Asked(), along=TENOR, steps=steps)
    assert refused.value.code == "too-many-points"


def test_steps_of_an_amount_lie_around_what_is_stated() -> None:
    risk = some_inputs().risk
    assert default_steps(risk, LOAN)[4] == 300_000_000
    assert len(default_steps(risk, LOAN)) == 10
    share = Lever("x", "", "x", ("loan", "ip_share"), Unit.SHARE, dearer=True)
    assert default_steps(risk, share)[::10] == (Fraction(0), Fraction(1))


@pytest.mark.parametrize(
    ("lever", "text", "at"),
    [(LOAN, "1234.50", 123450), (TENOR, "18", 18), (LEVERS["loan"], "0", 0)],
)
def test_a_position_is_read_and_written_the_same(lever: Lever, text: str, at: int) -> None:
    found = position(lever, text, "CNY", "find")
    assert found == at
    assert stated(turned(some_inputs().risk, lever, found), lever) == at
    if lever is TENOR:
        assert shown(lever, found, "CNY") == int(text)


@pytest.mark.parametrize(
    ("lever", "text"),
    [
        (TENOR, "x"),
        (TENOR, "1/2"),
        (TENOR, "1/0"),
        (Lever("x", "", "x", ("a",), Unit.SHARE, dearer=True), "3/2"),
    ],
)
def test_no_position_is_refused_with_its_field(lever: Lever, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        position(lever, text, "CNY", "given.x")
    assert refused.value.faults[0].field == "given.x"
    assert refused.value.faults[0].cure


def test_a_lever_that_was_left_out_is_named() -> None:
    lever = LEVERS["sum_insured"]
    inputs = some_inputs()
    assert stated(inputs.risk, lever) is None
    with pytest.raises(Invalid) as refused:
        furthest(LINE, inputs, lever, Asked())
    assert refused.value.faults[0].field == "risk.cover.sum_insured.amount"
    filled = turned(inputs.risk, lever, Fraction(100_000_000))
    assert filled["cover"]["sum_insured"] == cny("1000000.00")
    assert inputs.risk["cover"]["sum_insured"] is None


def test_an_unknown_lever_lists_the_known_ones() -> None:
    with pytest.raises(Invalid) as refused:
        by_name(LINE.levers, "colour", "find")
    assert "loan" in refused.value.faults[0].cure


def test_the_inputs_are_not_changed_by_a_search() -> None:
    inputs = some_inputs()
    before = replace(inputs, risk=dict(inputs.risk))
    furthest(LINE, inputs, LOAN, Asked(yuan("40000.00")))
    assert inputs == before
