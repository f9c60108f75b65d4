"""Which demands are open, and what is known beside a letter's terms: each said in one place."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import a_desk
from guaranteeing import QUOTED, a_demand, a_use, stated
from letters_sample import a_letter

import underwriting
from kernel.db.engine import read
from underwriting.guarantees import store
from underwriting.guarantees.drafting import Identity, foundation, terms_of_policy
from underwriting.guarantees.known import evidence_of, of_policy
from underwriting.guarantees.open_demands import days_of, is_open, open_demands
from underwriting.guarantees.stated import GroundStated
from underwriting.guarantees.tables import LetterDemandRow

HOUSE = Path(underwriting.__file__).parent
GROUND = GroundStated(code="unsigned", zh="未签字", en="not signed")


@pytest.mark.parametrize(
    ("state", "waits"),
    [("received", True), ("suspended", True), ("extended", False), ("refused", False),
     ("paid", False)],
)  # fmt: skip
def test_a_demand_waits_until_it_is_answered(state: str, waits: bool) -> None:  # noqa: FBT001 - the parameter is the case
    assert is_open(LetterDemandRow(state=state)) is waits


def test_no_other_module_says_which_demands_are_open() -> None:
    """A set of the two open standings stands in one file."""
    both = re.compile(r"received\W{1,6}suspended|suspended\W{1,6}received")
    found = [path.name for path in HOUSE.rglob("*.py") if both.search(path.read_text("utf-8"))]
    assert set(found) <= {"open_demands.py", "tables.py"}, found


def test_open_demands_are_those_without_an_answer(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    issuer.demand(letter, a_demand())
    issuer.demand(letter, a_demand("C2", "1.00", declaration="D9"))

    def names() -> list[str]:
        found = read(issuer.engine, lambda s: open_demands(s, store.letter(s, letter.id)))
        return [one.reference for one in found]

    assert names() == ["C1", "C2"]
    issuer.refuse_demand(letter, "C2", GROUND, on=date(2025, 4, 8))
    assert names() == ["C1"]
    issuer.pay(letter, "C1")
    assert names() == []


def test_an_open_demand_is_counted_and_an_answered_one_keeps_its_days() -> None:
    calendar = a_desk().calendar
    demand = LetterDemandRow(
        state="suspended", received_on=date(2025, 4, 7), suspended_until=date(2025, 5, 7),
        refuse_by=date(2025, 1, 1), pay_by=date(2025, 1, 2),
    )  # fmt: skip
    demands = a_letter().demands
    days = days_of(demand, demands, calendar)
    assert (days.refuse_by, days.pay_by) == (date(2025, 4, 14), date(2025, 5, 7))
    demand.state = "paid"
    assert days_of(demand, demands, calendar).refuse_by == date(2025, 1, 1)


def test_what_the_policy_says_is_the_same_for_a_draft_and_for_new_days(issuer: Any) -> None:
    policy = issuer.policy()
    found = read(issuer.engine, lambda s: foundation(s, policy.id))
    identity = Identity("CGL25000001X", 1, QUOTED, "示范保险", demonstration=True)
    terms = terms_of_policy(found, stated(), identity)
    alone, whole = of_policy(found, terms), evidence_of(found, stated(), terms)
    for name in ("highest_tax", "last_due", "debtor_credit", "usable_months", "pledged"):
        assert getattr(alone, name) == getattr(whole, name), name
    assert (alone.pledge_registered_on, whole.pledge_registered_on) == (None, date(2025, 2, 28))
    later = replace(terms, usable_until=date(2026, 4, 9))
    assert (of_policy(found, later).last_due - alone.last_due).days == 31
