"""A demand paid under a letter becomes a claim: its facts, its clock, and no cash a second time."""

import sys
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import builders
import pytest
from sqlalchemy import Engine

from claims import store as claims
from claims.assess import Assessment, assess
from claims.claim_demand import claim_demand
from claims.demanded import duties
from claims.notify import Notice, notify
from claims.rules.demand_duties import demand_duties
from claims.settle import settle
from kernel.money import Money

FOLDER = Path(__file__).parents[1] / "underwriting" / "guarantees"
PAID, CLAIMED, SETTLED = date(2025, 4, 14), date(2025, 4, 15), date(2025, 4, 16)
TAX = Money.of("260000.00", "CNY").minor
RECOURSE = "letter_recourse:policyholder"


def lent(name: str) -> Any:
    """A plain module of the tests of letters."""
    if name not in sys.modules:
        spec = spec_from_file_location(name, FOLDER / f"{name}.py")
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture
def customs(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A house that issues letters, with one demand on a letter received and not yet paid."""
    monkeypatch.setitem(builders._PAPER_OF, claim_demand, "claim_receipt")
    lent("letter_stated")
    trade = lent("guaranteeing")
    issuer = trade.an_issuer(engine)
    letter = issuer.accepted()
    issuer.reserve(letter, trade.a_use())
    issuer.demand(letter, trade.a_demand())
    return issuer, letter


def paid(customs: Any) -> Any:
    """The same, paid a week later."""
    issuer, letter = customs
    issuer.pay(letter, "C1", on=PAID)
    return issuer, letter


def claimed(customs: Any) -> Any:
    issuer, letter = paid(customs)
    claim = issuer.house.do(claim_demand, letter.id, "C1", on=CLAIMED)
    return issuer.house, letter, claim


def test_what_was_paid_is_asked_with_the_facts_of_the_demand(customs: Any) -> None:
    house, letter, claim = claimed(customs)
    assert claim.asked == {"tax": TAX}
    assert claim.default_date == date(2025, 4, 7)
    assert claim.notified_on == CLAIMED
    assert claim.policy_id == letter.policy_id
    demand = claim.file["demand"]
    assert (demand["reference"], demand["declaration"]) == ("C1", "D1")
    assert demand["written"] is True
    assert demand["arose_on"] == "2025-03-12"
    assert demand["due_on"] == "2025-03-27", "15 days from the day it was declared"
    assert demand["amount"] == "260000.00"
    assert demand["available"] == "3000000.00", "nothing else was open"
    assert demand["paid_on"] == PAID.isoformat()
    items = house.read(lambda s: claims.items(s, claim.id))
    assert [(item.line, item.amount_minor) for item in items] == [("tax", TAX)]


def test_papers_presented_with_the_demand_are_in(customs: Any) -> None:
    _, _, claim = claimed(customs)
    assert set(claim.file["papers"]) == {"demand", "guarantee_record"}


def test_its_clock_is_that_of_the_demand(customs: Any) -> None:
    house, _, claim = claimed(customs)
    examine, pay = house.read(lambda s: duties(s, claim.id, SETTLED))
    demand = claim.file["demand"]
    assert examine.due == date.fromisoformat(demand["refuse_by"])
    assert (pay.due, pay.done_on) == (date.fromisoformat(demand["pay_by"]), PAID)
    assert not pay.late(SETTLED)
    late = {"demand": {**demand, "pay_by": "2025-04-11"}}
    assert demand_duties(late)[1].late(SETTLED)
    assert demand_duties({}) == demand_duties({"demand": {"written": True}}) == ()


def test_the_settlement_pays_no_cash_again(customs: Any) -> None:
    """Paying debited the importer; the settlement turns that into a paid claim."""
    house, _, claim = claimed(customs)
    before = house.balances()
    assert before[RECOURSE] == TAX
    found = Assessment(
        papers=("tax_notice", "declaration"),
        conduct={"purpose_covered": True, "importer_misstated": False},
    )
    row = house.do(assess, claim.id, found, on=CLAIMED)
    assert row.state == "accepted", row.findings
    assert row.approved == {"tax": TAX, "surcharge": 0}
    house.do(settle, claim.id, on=SETTLED)
    after = house.balances()
    assert after["cash"] == before["cash"], "no cash a second time"
    assert after.get(RECOURSE, 0) == 0
    assert after["claims_paid:insurer"] == TAX


def test_a_demand_that_was_not_paid_is_no_claim(customs: Any) -> None:
    issuer, letter = customs
    issuer.house.refuse("demand-not-paid", claim_demand, letter.id, "C1", on=CLAIMED)
    issuer.house.refuse("no-such-demand", claim_demand, letter.id, "C9", on=CLAIMED)


def test_a_demand_is_claimed_once(customs: Any) -> None:
    house, letter, claim = claimed(customs)
    refusal = house.refuse("claim-twice", claim_demand, letter.id, "C1", on=SETTLED)
    assert claim.id in refusal.faults[0].cure


def test_two_demands_of_one_day_on_one_letter_are_two_claims(customs: Any) -> None:
    """Each is asked, assessed and settled by itself; the importer owes nothing twice."""
    issuer, letter = customs
    trade = lent("guaranteeing")
    issuer.reserve(letter, trade.a_use("D2", "100000.00"))
    issuer.demand(letter, trade.a_demand("C2", "100000.00", declaration="D2"))
    house = issuer.house
    claims_of = {}
    for reference in ("C1", "C2"):
        issuer.pay(letter, reference, on=PAID)
        claims_of[reference] = house.do(claim_demand, letter.id, reference, on=CLAIMED)
    first, second = claims_of["C1"], claims_of["C2"]
    assert first.default_date == second.default_date
    assert (first.event_key, second.event_key) == (f"{letter.number}/C1", f"{letter.number}/C2")
    assert (first.asked["tax"], second.asked["tax"]) == (TAX, Money.of("100000.00", "CNY").minor)
    for reference, claim in claims_of.items():
        refused = house.refuse("claim-twice", claim_demand, letter.id, reference, on=SETTLED)
        assert claim.id in refused.faults[0].cure
        found = Assessment(
            papers=("tax_notice", "declaration"),
            conduct={"purpose_covered": True, "importer_misstated": False},
        )
        assert house.do(assess, claim.id, found, on=CLAIMED).state == "accepted"
        house.do(settle, claim.id, on=SETTLED)
    after = house.balances()
    assert after.get(RECOURSE, 0) == 0
    assert after["claims_paid:insurer"] == TAX + Money.of("100000.00", "CNY").minor


@pytest.mark.parametrize(
    ("demand", "twice"),
    [
        ({}, True),
        ({"reference": "C1"}, True),
        ({"letter": "GL-OTHER", "reference": "C1"}, False),
        ({"reference": "C9"}, False),
    ],
)
def test_a_notice_by_hand_is_the_same_event_where_nothing_tells_it_apart(
    customs: Any, demand: dict[str, str], *, twice: bool
) -> None:
    house, letter, claim = claimed(customs)
    notice = Notice(
        policy_id=letter.policy_id,
        default_date=claim.default_date,
        known_on=claim.default_date,
        asked={"tax": 100},
        currency="CNY",
        papers=(),
        facts={"demand": demand},
    )
    if twice:
        house.refuse("claim-twice", notify, notice, on=SETTLED)
    else:
        other = house.do(notify, notice, on=SETTLED)
        assert other.event_key != claim.event_key
        house.refuse("claim-twice", notify, notice, on=SETTLED)
