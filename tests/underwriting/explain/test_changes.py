"""What would change the answer: every way is accepted when the proposal is valued again."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import inf, log
from typing import Any

import pytest
from proposals import SAMPLES, a_risk, cny, shipped, some_inputs, yuan

from underwriting.explain.changes import Turn, Way, ways
from underwriting.explain.shown import ways_json
from underwriting.explain.solve import Asked, stopped
from underwriting.explain.turn import position, turned
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.rules.appetite import Outcome
from underwriting.valued import Valued, value

LINE = product("pledge_guarantee")
TOO_LARGE = {"amount": cny("4400000.00")}  # half of the appraised 8,600,000.00 is 4,300,000.00
UNPAID = {"fees_paid_until": "2025-01-15"}


def a_sample(code: str, **parts: Any) -> Inputs:
    """The sample of a product with parts of it made worse."""
    sample = dict(SAMPLES[code])
    for name, worse in parts.items():
        sample[name] = {**sample[name], **worse} if isinstance(worse, Mapping) else worse
    return some_inputs(product(code).risk.model_validate(sample, strict=False))


def again(inputs: Inputs, way: Way) -> Valued:
    """Value the proposal with a way's changes made by hand."""
    risk, currency = dict(inputs.risk), inputs.exposures.currency
    for remedy in way.remedies:
        risk = remedy.mended(risk, inputs.on)
    for turn in way.turns:
        at = position(turn.lever, str(turn.after), currency, "test")
        risk = turned(risk, turn.lever, at)
    checked = product(inputs.product).risk.model_validate(risk, strict=False)
    return value(product(inputs.product), replace(inputs, risk=checked.model_dump(mode="json")))


def names(way: Way) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is put right, and which levers are turned."""
    return (
        tuple(one.finding for one in way.remedies),
        tuple(turn.lever.name for turn in way.turns),
    )


def assert_sound(inputs: Inputs, found: tuple[Way, ...], asked: Asked) -> None:
    """Each way really passes, at the price it names; the smallest stand first."""
    assert found
    for way in found:
        anew = again(inputs, way)
        assert stopped(anew, asked) == (), names(way)
        assert anew.premium.total == way.valued.premium.total
        assert way.valued.outcome is Outcome.ACCEPTED
    ranks = [
        (len(way.remedies) + len(way.turns), sum(turn.size for turn in way.turns)) for way in found
    ]
    assert ranks == sorted(ranks)
    assert len(found) <= 6


def test_what_passes_already_has_no_ways() -> None:
    assert ways(LINE, some_inputs(), Asked()) == ()


def test_a_loan_too_large_is_turned_down_to_the_largest_that_passes() -> None:
    inputs = some_inputs(a_risk(loan=TOO_LARGE))
    found = ways(LINE, inputs, Asked())
    assert_sound(inputs, found, Asked())
    (turn,) = found[0].turns
    assert (turn.lever.name, turn.before, turn.after) == ("loan", "4400000.00", "4300000.00")
    assert turn.size == pytest.approx(abs(log(4.3 / 4.4)))
    assert all(names(way)[0] == () for way in found)


def test_unpaid_fees_are_put_right_by_themselves() -> None:
    inputs = some_inputs(a_risk(right=UNPAID))
    found = ways(LINE, inputs, Asked())
    assert_sound(inputs, found, Asked())
    assert names(found[0]) == (("fees-unpaid",), ())
    assert len(found) == 1, "no figure makes up for a fee that is not paid"


def test_a_fee_and_a_loan_are_both_put_right() -> None:
    inputs = some_inputs(a_risk(loan=TOO_LARGE, right=UNPAID))
    found = ways(LINE, inputs, Asked())
    assert_sound(inputs, found, Asked())
    assert names(found[0]) == (("fees-unpaid",), ("loan",))
    assert found[0].turns[0].after == "4300000.00"
    assert found[0].rank == (2, pytest.approx(log(4.4 / 4.3)))


def test_one_finding_hides_another_and_both_are_put_right() -> None:
    inputs = some_inputs(a_risk(right={**UNPAID, "pledged_elsewhere": True}))
    found = ways(LINE, inputs, Asked())
    assert_sound(inputs, found, Asked())
    assert set(names(found[0])[0]) == {"fees-unpaid", "pledged-already"}


def test_two_figures_are_turned_where_one_does_not_do() -> None:
    inputs = some_inputs(a_risk(loan={**TOO_LARGE, "term_months": 48}))
    found = ways(LINE, inputs, Asked())
    assert_sound(inputs, found, Asked())
    assert all(len(way.turns) == 2 for way in found)
    assert {frozenset(names(way)[1]) for way in found} >= {frozenset({"loan", "tenor"})}


def test_where_nothing_helps_there_is_no_way() -> None:
    assert ways(LINE, some_inputs(a_risk(borrower={"grade": "CCC"})), Asked()) == ()


def test_a_budget_is_a_finding_like_any_other() -> None:
    asked = Asked(premium=yuan("10000.00"))
    inputs = some_inputs()
    assert value(LINE, inputs).premium.total.minor > 1_000_000
    found = ways(LINE, inputs, asked)
    assert_sound(inputs, found, asked)
    assert all(way.valued.premium.total.minor <= 1_000_000 for way in found)


def test_what_is_referred_needs_no_way_where_a_person_will_look() -> None:
    inputs = some_inputs(scheme=shipped("zhongshan-2021"), balances={"fund": 100_000_000})
    assert value(LINE, inputs).outcome is Outcome.REFERRED
    assert ways(LINE, inputs, Asked(referred=True)) == ()


RIGHT = SAMPLES["infringement_loss"]["rights"][0]
WORSE: tuple[tuple[str, Mapping[str, Any], str], ...] = (
    ("pledge_guarantee", {"loan": TOO_LARGE}, "loan-to-value"),
    ("infringement_liability", {"cover": {"retention": cny("100.00")}}, "retention-low"),
    ("infringement_liability", {"cover": {"copay_panel": "0"}}, "copay-low"),
    ("infringement_loss", {"cover": {"months": 36}}, "months-limit"),
    ("infringement_loss", {"rights": [{**RIGHT, **UNPAID}]}, "fees-unpaid"),
    ("customs_guarantee", {"arrears": {"checked_on": "2024-06-01"}}, "arrears-check-old"),
    ("customs_guarantee", {"cover": {"amount": cny("30000000.00")}}, "amount-to-value"),
)
"""A product, what makes its sample worse, and the finding that follows."""


@pytest.mark.parametrize(("code", "parts", "finding"), WORSE)
def test_every_product_has_a_way_back_from_one_thing_made_worse(
    code: str, parts: Mapping[str, Any], finding: str
) -> None:
    inputs = a_sample(code, **parts)
    assert finding in {one.code for one in stopped(value(product(code), inputs), Asked())}
    assert_sound(inputs, ways(product(code), inputs, Asked()), Asked())


def test_worse_is_said_of_every_product() -> None:
    assert {code for code, _, _ in WORSE} == set(SAMPLES)


def test_the_size_of_a_turn_from_nothing_is_infinite() -> None:
    share = LINE.levers[-1]
    assert Way((), (Turn(share, None, "1/2", inf),), value(LINE, some_inputs())).rank == (1, inf)


def test_ways_on_the_wire_name_the_field_to_change() -> None:
    inputs = some_inputs(a_risk(loan=TOO_LARGE, right=UNPAID))
    told = ways_json(value(LINE, inputs), ways(LINE, inputs, Asked()))
    assert told["decision"] == "declined"
    (right,) = told["ways"][0]["put_right"]
    (turn,) = told["ways"][0]["turns"]
    assert (right["finding"], turn["field"]) == ("fees-unpaid", "risk.loan.amount.amount")
    assert Fraction(turn["to"]) < Fraction(turn["from"])
