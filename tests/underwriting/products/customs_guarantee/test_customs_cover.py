"""Whether a demand is covered: each finding alone, its last good day, and no defence."""

from datetime import date
from typing import Any

import pytest
from customs_proposals import customs_basis, customs_risk

from kernel.finding import Effect
from kernel.working_days import load_calendar
from underwriting.products.customs_guarantee.contract import contract
from underwriting.products.customs_guarantee.cover import CONDUCT, payable_by
from underwriting.products.customs_guarantee.cover import test_cover as cover
from underwriting.rules.contract import Contract

GOOD = dict.fromkeys(CONDUCT[:5], True) | {"importer_misstated": False}
DEMAND = {
    "written": True,
    "district": "7901",
    "purpose": "payment_term",
    "arose_on": "2026-03-09",
    "amount": "3000000.00",
}
"""A demand that is covered on every fact, each at its last good value."""


def bound(**parts: Any) -> Contract:
    risk = customs_risk(**parts)
    return contract(risk, customs_basis(risk))


def found(file: dict[str, Any], *, day: str = "2026-04-20", **parts: Any) -> dict[str, Effect]:
    on = date.fromisoformat(day)
    every = cover(bound(**parts), default_date=on, notified_on=on, file=file, on=on)
    assert all(one.en and one.zh and one.clause and one.cure for one in every)
    return {one.code: one.effect for one in every}


def stated(**changes: Any) -> dict[str, Any]:
    return {"demand": {**DEMAND, **changes}, "importer_misstated": False}


def test_a_covered_demand_has_no_finding() -> None:
    assert found(GOOD) == {}
    assert found(stated()) == {}


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2025-03-09", {"not-in-force"}), ("2025-03-10", set()), ("2026-09-09", set()),
     ("2026-09-10", {"not-in-force"})],
)  # fmt: skip
def test_a_demand_comes_in_time(day: str, codes: set[str]) -> None:
    assert set(found(GOOD, day=day)) == codes


@pytest.mark.parametrize(
    ("changes", "code", "effect"),
    [
        ({"written": False}, "no-written-demand", Effect.WAIT),
        ({"district": "7999"}, "district-not-insured", Effect.DECLINE),
        ({"purpose": "aggregated_collection"}, "purpose-not-covered", Effect.DECLINE),
        ({"arose_on": "2025-03-09"}, "arose-outside", Effect.DECLINE),
        ({"arose_on": "2026-03-10"}, "arose-outside", Effect.DECLINE),
        ({"amount": "3000000.01"}, "above-available", Effect.CUT),
        ({"amount": "500000.01", "available": "500000.00"}, "above-available", Effect.CUT),
    ],
)
def test_each_fact_of_a_demand(changes: dict[str, Any], code: str, effect: Effect) -> None:
    assert found(stated(**changes)) == {code: effect}


def test_the_registering_district_may_demand_too() -> None:
    assert found(stated(district="7900", arose_on="2025-03-10")) == {}


def test_what_is_available_counts_before_the_sum_insured() -> None:
    assert found(stated(amount="500000.00", available="500000.00")) == {}


@pytest.mark.parametrize("name", CONDUCT[:5])
def test_a_fact_that_nobody_established_waits(name: str) -> None:
    (effect,) = found({**GOOD, name: None}).values()
    assert effect is Effect.WAIT
    (effect,) = found({one: seen for one, seen in GOOD.items() if one != name}).values()
    assert effect is Effect.WAIT


def test_what_a_demand_states_counts_before_the_answers() -> None:
    assert found({**GOOD, "demand": {"district": "7999"}}) == {
        "district-not-insured": Effect.DECLINE
    }
    assert found({**GOOD, "district_covered": False, "demand": {"district": "7901"}}) == {}


def test_what_the_importer_misstated_is_no_defence_where_rescission_is_waived() -> None:
    assert found({**GOOD, "importer_misstated": True}) == {"misstated-recourse": Effect.INFORM}
    assert found({**GOOD, "importer_misstated": None}) == {}


def test_where_it_is_not_waived_it_is() -> None:
    kept = {"cover": {"waives_rescission": False}}
    assert found({**GOOD, "importer_misstated": True}, **kept) == {"misstated": Effect.DECLINE}
    assert found({**GOOD, "importer_misstated": None}, **kept) == {"misstated-unknown": Effect.WAIT}
    assert found(GOOD, **kept) == {}


def test_it_is_paid_within_the_agreed_working_days() -> None:
    """Ten working days after Monday 20 April 2026, the holiday of 1 to 5 May apart."""
    calendar = load_calendar()
    paid = payable_by(bound(), date(2026, 4, 20), calendar)
    assert paid == calendar.add_working_days(date(2026, 4, 20), 10)
    short = payable_by(bound(cover={"demand_working_days": 3}), date(2026, 4, 20), calendar)
    assert short == date(2026, 4, 23)
    assert paid > date(2026, 4, 30)
