"""The waterfall between two prices: whole, ordered, and moved by what was changed alone."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proposals import a_risk, a_scheme, cny, some_exposures, some_inputs

from kernel.errors import Invalid
from underwriting.explain.diff import diff
from underwriting.explain.shown import difference_json
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.valued import value

LINE = product("pledge_guarantee")


def moved(first: Inputs, second: Inputs) -> dict[str, int]:
    """What each exchange moved, in fen; what moved nothing is left out."""
    changes = diff(LINE, first, second).changes
    return {"+".join(one.what): one.moved.minor for one in changes if one.moved.minor}


def test_a_price_does_not_differ_from_itself() -> None:
    assert diff(LINE, some_inputs(), some_inputs()).changes == ()


def test_one_change_is_the_whole_difference() -> None:
    first = some_inputs()
    second = some_inputs(a_risk(loan={"amount": cny("3300000.00")}))
    whole = value(LINE, second).premium.total - value(LINE, first).premium.total
    assert moved(first, second) == {"risk.loan": whole.minor}
    assert whole.minor > 0


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (lambda one: replace(one, terms=dearer(one.terms)), "tariff"),
        (lambda one: replace(one, scheme=a_scheme("qingdao-2015")), "scheme"),
        (lambda one: replace(one, on=one.on - timedelta(days=40)), "day"),
    ],
)
def test_the_step_carries_the_name_of_what_was_changed(change: Any, step: str) -> None:
    first = some_inputs()
    found = moved(first, change(first))
    assert set(found) == {step}


def dearer(terms: Any) -> dict[str, Any]:
    return {**terms, "loadings": {**terms["loadings"], "expense": 0.25}}


@settings(max_examples=12)
@given(
    amount=st.integers(1_000_000, 9_000_000),
    months=st.integers(6, 36),
    grade=st.sampled_from(["A", "BBB", "BB", "B"]),
    back=st.integers(0, 60),
)
def test_the_steps_sum_to_the_difference(amount: int, months: int, grade: str, back: int) -> None:
    first = some_inputs()
    risk = a_risk(
        loan={"amount": cny(f"{amount}.00"), "term_months": months}, borrower={"grade": grade}
    )
    second = some_inputs(risk, on=date(2025, 3, 3) - timedelta(days=back))
    there, back_again = diff(LINE, first, second), diff(LINE, second, first)
    whole = there.second.premium.total - there.first.premium.total
    assert sum(one.moved.minor for one in there.changes) == whole.minor
    assert sum(one.moved.minor for one in back_again.changes) == -whole.minor
    assert there.first.premium.total == value(LINE, first).premium.total


def test_another_currency_is_no_match() -> None:
    first = some_inputs(a_risk(cover={"scheme": "test"}), scheme=a_scheme("test"))
    yen = {"amount": "60000000", "currency": "JPY"}
    rights = [{**first.risk["rights"][0], "appraised": yen}]
    risk = {**first.risk, "loan": {**first.risk["loan"], "amount": yen}, "rights": rights}
    second = replace(first, risk=risk, exposures=some_exposures("JPY"))
    with pytest.raises(Invalid) as refused:
        diff(LINE, first, second)
    assert refused.value.faults[0].field == "other"


def test_what_gives_no_price_alone_is_taken_with_the_next() -> None:
    """Another issuer is no party of the scheme before the scheme is exchanged, or after."""
    layers = '[[layers]]\nshares = { carrier_insurer = "70/100", bank = "30/100" }'
    first = some_inputs(a_risk(cover={"scheme": "test"}), scheme=a_scheme("test"))
    risk = a_risk(cover={"scheme": "test", "issuer": "carrier_insurer"})
    second = some_inputs(risk, scheme=a_scheme("test", layers=layers))
    found = diff(LINE, first, second)
    (joined,) = (one.what for one in found.changes if len(one.what) > 1)
    assert joined == ("scheme", "risk.cover")


def test_a_scheme_whose_facts_come_with_it_is_one_step() -> None:
    """Zhongshan asks a pool's balance: facts go before the scheme, and neither is skipped."""
    first = some_inputs()
    second = some_inputs(a_risk(cover={"scheme": "zhongshan-2021"}), balances={"fund": 10**10})
    found = diff(LINE, first, second)
    names = [name for one in found.changes for name in one.what]
    assert names.index("facts") < names.index("scheme")
    assert found.changes[-1].after == value(LINE, second).premium.total


def test_other_products_are_no_match() -> None:
    with pytest.raises(Invalid) as refused:
        diff(LINE, some_inputs(), replace(some_inputs(), product="another"))
    assert "is for another" in refused.value.faults[0].problem


def test_it_is_shown_with_signs() -> None:
    cheaper = some_inputs(a_risk(borrower={"grade": "A"}))
    shown = difference_json(diff(LINE, some_inputs(), cheaper))
    assert shown["difference"]["amount"].startswith("-")
    assert [one["what"] for one in shown["changes"]][-1] == ["risk.borrower"]
    assert shown["decision_before"] == shown["decision_after"] == "accepted"
