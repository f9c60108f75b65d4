"""The claim of a demand over HTTP: who may open it, once, and what it comes to."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from callers import Counter
from letter_calls import a_draft, accepted, called, used, walk_letters

from kernel.db import books
from kernel.db.engine import read


def course() -> Any:
    name = "course_claim_demand"
    if name not in sys.modules:
        spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def a_paid_letter(counter: Counter) -> str:
    """A letter with one demand refused, C1, and one paid, C2."""
    place = accepted(counter, a_draft(counter))
    used(counter, place)
    called(counter, place)
    return place


def cash(counter: Counter) -> int:
    return read(counter.engine, lambda s: books.balance(s, "cash", "CNY"))


def test_a_paid_demand_is_claimed_decided_and_settled(counter: Counter) -> None:
    place = a_paid_letter(counter)
    before = cash(counter)
    claim = course().walk_claim_demand(counter, place)
    assert claim["state"] == "settled"
    assert claim["approved"]["tax"] == {"amount": "260000.00", "currency": "CNY"}
    assert cash(counter) == before, "customs was paid under the letter"
    owed = read(counter.engine, lambda s: books.balance(s, "letter_recourse:policyholder", "CNY"))
    assert owed == 0
    seen = counter.caller["firm"].get(f"/v1/claims/{claim['id']}")
    assert seen["number"] == claim["number"]


def test_only_an_adjuster_opens_it_and_only_of_what_was_paid(counter: Counter) -> None:
    place = a_paid_letter(counter)
    counter.on(2025, 4, 15)
    for role in ("firm", "bank", "underwriter"):
        refused = counter.caller[role].ask("POST", f"{place}/demands/C2/claim")
        assert refused.status_code == 403, role
    adjuster = counter.caller["adjuster"]
    unpaid = adjuster.ask("POST", f"{place}/demands/C1/claim")
    assert (unpaid.status_code, unpaid.json()["code"]) == (409, "demand-not-paid")
    assert adjuster.ask("POST", f"{place}/demands/C9/claim").status_code == 404
    first = adjuster.ask("POST", f"{place}/demands/C2/claim", key="one-demand")
    again = adjuster.ask("POST", f"{place}/demands/C2/claim", key="one-demand")
    assert (first.status_code, again.json()) == (201, first.json())
    twice = adjuster.ask("POST", f"{place}/demands/C2/claim")
    assert (twice.status_code, twice.json()["code"]) == (409, "claim-twice")


@pytest.mark.slow
def test_it_is_claimed_after_the_letter_came_to_its_end(counter: Counter) -> None:
    place = walk_letters(counter)
    claim = course().walk_claim_demand(counter, place)
    assert claim["state"] == "settled"
    assert course().walk_damages(counter)["total"] == "1580000.00"
