"""What a court found, or a settlement with consent, bounds the damages that are paid."""

from typing import Any

from builders import House
from matter_kit import BILLED, CONDUCT, DECIDED, bill, proposed, yuan

from claims.answer_settlement import answer_settlement
from claims.ask_more import Item
from claims.assess import Assessment, assess
from claims.conclude_matter import Outcome, conclude_matter
from claims.join_claim import LaterDemand, join_claim
from claims.pay_on_account import pay_on_account
from claims.rules.purpose import Purpose
from claims.settle import settle


def adjudged(house: House, claim: Any, amount: str, reference: str = "J-1") -> None:
    outcome = Outcome(reference, BILLED, yuan(amount), judged=True)
    house.do(conclude_matter, claim.id, outcome, on=BILLED)


def paid(house: House, claim: Any, **facts: str) -> Any:
    stated = {name: yuan(amount) for name, amount in facts.items()}
    open_ = {name: value for name, value in CONDUCT.items() if name != "settled_unconsented"}
    row = house.do(assess, claim.id, Assessment(conduct=open_, facts=stated), on=DECIDED)
    assert row.state == "accepted", row.findings
    return house.do(settle, claim.id, on=DECIDED)


def test_damages_are_paid_as_they_were_adjudged(house: House, claim: Any) -> None:
    """600,000 asked, 500,000 found: (500,000 - 100,000 - 50,000 - 20,000) x 0.9 = 297,000."""
    bill(house, claim, "damages", "580000", "D-1")
    adjudged(house, claim, "500000")
    settled = paid(house, claim, punitive="100000", reimbursed="50000")
    assert settled.payees == {"third_party": 297_000_00}
    (line,) = (one for one in settled.lines if one["code"] == "damages")
    assert "adjudged, or agreed with consent: J-1: -CNY 100,000.00" in line["reason"]


def test_a_consent_bounds_them_before_it_is_signed(house: House, claim: Any) -> None:
    """400,000 asked, 300,000 consented: (300,000 - 20,000) x 0.9 = 252,000."""
    proposed(house, claim)
    house.do(answer_settlement, claim.id, 1, yuan("300000"), "no more", on=BILLED)
    bill(house, claim, "damages", "380000", "D-1")
    house.do(assess, claim.id, Assessment(conduct=CONDUCT), on=DECIDED)
    assert house.do(settle, claim.id, on=DECIDED).payees == {"third_party": 252_000_00}


def test_a_judgment_takes_the_place_of_a_consent_to_the_same_demand(
    house: House, claim: Any
) -> None:
    """(100,000 - 20,000) x 0.9 = 72,000, though 300,000 were consented to."""
    proposed(house, claim)
    house.do(answer_settlement, claim.id, 1, yuan("300000"), "no more", on=BILLED)
    bill(house, claim, "damages", "380000", "D-1")
    adjudged(house, claim, "100000")
    assert paid(house, claim).payees == {"third_party": 72_000_00}


def test_what_is_consented_to_another_demand_stands_beside_a_judgment(
    house: House, claim: Any
) -> None:
    """(100,000 + 300,000 - 20,000) x 0.9 = 342,000, on account too."""
    items = (Item("damages", yuan("380000"), "D-2", "second demand"),)
    demand = LaterDemand("DEMAND-2", BILLED, "示范电器", "the same patent family", items)
    house.do(join_claim, claim.id, demand, on=BILLED)
    proposed(house, claim)
    house.do(answer_settlement, claim.id, 1, yuan("300000"), "no more", on=BILLED)
    adjudged(house, claim, "100000")
    part = {"damages": yuan("400000").minor}
    row = house.do(pay_on_account, claim.id, part, Purpose.INTERIM, on=DECIDED)
    assert row.payees == {"third_party": 342_000_00}
    signed = Outcome("AGR-1", BILLED, yuan("200000"), settlement=1)
    house.do(conclude_matter, claim.id, signed, on=DECIDED)
    assert paid(house, claim).paid_to_bank_minor == 252_000_00, "(300,000 - 20,000) x 0.9"


def test_an_end_is_recorded_once(house: House, claim: Any) -> None:
    adjudged(house, claim, "500000", "AGR-1")
    again = Outcome("AGR-1", BILLED, yuan("400000"))
    refused = house.refuse("concluded", conclude_matter, claim.id, again, on=BILLED)
    assert [fault.field for fault in refused.faults] == ["reference"]
