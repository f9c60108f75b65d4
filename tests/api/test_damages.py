"""Damages over HTTP: every method with its steps, the order of the law, and what is refused."""

from typing import Any

import pytest
from callers import Counter

PROFIT = {
    "units": "1200", "price": "350.00", "unit_cost": "210.50", "contribution": "3/5",
    "units_sold": "800", "price_cut": "12.25",
}  # fmt: skip
GAIN = {"sales": "20000000.00", "operating_margin": "0.15", "contribution": "1/2"}
FEE = {"fee": "120000.00", "units": "2.5", "multiple": "2"}
STATUTE = {"middle": "250000.00", "weights": {"scale": "1.2"}}


def asked(**parts: Any) -> dict[str, Any]:
    return {"right": "invention", "infringed_on": "2025-02-10", **parts}


def answer(counter: Counter, **parts: Any) -> Any:
    return counter.caller["firm"].post("/v1/damages", asked(**parts), key=None)


def refused(counter: Counter, **parts: Any) -> Any:
    found = counter.caller["firm"].ask("POST", "/v1/damages", asked(**parts), key=None)
    assert found.status_code == 422, found.text
    return found.json()


def test_every_method_is_shown_and_the_law_chooses(counter: Counter) -> None:
    """By hand: profit 110,240.00, gain 1,500,000.00, royalty 600,000.00, statute 300,000.00."""
    found = answer(
        counter, lost_profit=PROFIT, unjust_gain=GAIN, royalty=FEE, statutory=STATUTE,
        multiple="2", costs="80000.00",
    )  # fmt: skip
    assert {one["method"]: one["amount"] for one in found["worked"]} == {
        "lost_profit": "110240.00", "unjust_gain": "1500000.00",
        "royalty": "600000.00", "statutory": "300000.00",
    }  # fmt: skip
    assert found["method"] == "unjust_gain"
    assert {key: found[key] for key in ("base", "costs", "compensation", "punitive", "total")} == {
        "base": "1500000.00", "costs": "80000.00", "compensation": "1580000.00",
        "punitive": "1500000.00", "total": "3080000.00",
    }  # fmt: skip
    assert found["law"] == "Patent Law (2020) art. 71"


def test_steps_are_named_in_both_languages_with_their_evidence(counter: Counter) -> None:
    profit = answer(counter, lost_profit=PROFIT)["worked"][0]
    steps = {step["code"]: step for step in profit["steps"]}
    assert steps["units"]["value"] == "1200"
    assert steps["unit_profit"]["value"] == "139.50"
    assert steps["loss"]["exact"] == "11024000"
    assert all(step["words"] and step["words_zh"] for step in profit["steps"])
    assert "sales_before_after" in profit["evidence"]


def test_a_royalty_is_of_sales_or_by_the_piece(counter: Counter) -> None:
    by_sales = answer(counter, royalty={"rate": "0.05", "sales": "2000000.00"})
    assert by_sales["base"] == "100000.00"
    told = refused(counter, royalty={"rate": "0.05", "units": "3"})
    assert "rate and sales, or fee and units" in str(told)


def test_who_claims_nothing_is_told_what_may_be_worked_out(counter: Counter) -> None:
    assert "lost_profit, unjust_gain, royalty, statutory" in str(refused(counter))


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"lost_profit": PROFIT, "multiple": "6"}, "multiple"),
        ({"statutory": STATUTE, "multiple": "2"}, "multiple"),
        ({"lost_profit": PROFIT, "right": "ic_layout"}, "right"),
        ({"lost_profit": PROFIT, "statutory_part": "5000000.01"}, "statutory_part"),
        ({"unjust_gain": {**GAIN, "lives_on_it": True}}, "unjust_gain.sales_margin"),
        ({"royalty": {**FEE, "multiple": "0.5"}}, "royalty.multiple"),
        ({"lost_profit": {**PROFIT, "price_cut": "350.01"}}, "lost_profit.price_cut"),
        ({"lost_profit": PROFIT, "infringed_on": "2005-01-01"}, "infringed_on"),
        ({"lost_profit": PROFIT, "infringed_on": "2025-03-04"}, "infringed_on"),
        ({"statutory": {**STATUTE, "weights": {"X": "1"}}}, "statutory.weights.X"),
        ({"lost_profit": {**PROFIT, "units": "999999999", "price": "999999999999.00"}},
         "lost_profit"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_field(
    counter: Counter, parts: dict[str, Any], field: str
) -> None:
    (told,) = refused(counter, **parts)["errors"]
    assert told["field"] == field


def test_a_law_that_is_not_known_is_told_without_the_methods(counter: Counter) -> None:
    (right,) = refused(counter, lost_profit=PROFIT, right="x")["errors"]
    assert right["problem"] == "no law of damages is known for 'x'"
    (day,) = refused(counter, lost_profit=PROFIT, infringed_on="2005-01-01")["errors"]
    assert day["cure"] == "give a day from 2009-10-01 on"


def test_a_stranger_is_not_heard(counter: Counter) -> None:
    assert counter.client.post("/v1/damages", json=asked(lost_profit=PROFIT)).status_code == 401
