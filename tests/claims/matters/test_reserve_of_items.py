"""A reserve follows what is asked of a matter, and what is approved; a person's own stays."""

from typing import Any

import pytest
from builders import House, a_desk
from matter_kit import ANSWERED, BILLED, CONDUCT, DECIDED, bill, budget, yuan

from claims import store as claims
from claims.assess import Assessment, assess
from claims.propose_reserves import Proposed, propose_reserves
from claims.reserving import store
from claims.reserving.view import side_by_side
from claims.rules.reserve.lines import Reserves
from kernel.db import books

OWN = Reserves(indemnity=900_000_00, recovery=500_000_00)
FULL = Assessment(conduct=CONDUCT)


def stands(house: House, claim: Any) -> Reserves:
    found: Reserves = house.read(lambda s: store.standing(s, claims.claim(s, claim.id)).lines)
    return found


def raised(house: House, claim: Any) -> list[Any]:
    subject = books.Subject("claim", claim.id)
    events = house.read(lambda s: books.events(s, subject))
    return [one.payload for one in events if one.kind == "reserves_raised"]


@pytest.fixture
def set_by_hand(house: House, claim: Any) -> Any:
    """Damages of 400,000 asked; somebody sets 900,000 aside and expects 500,000 back."""
    bill(house, claim, "damages", "380000", "D-1")
    house.do(propose_reserves, claim.id, Proposed(OWN, "a second demand"), on=BILLED)
    return claim


def test_a_new_item_raises_a_persons_reserve_by_what_it_adds(
    house: House, set_by_hand: Any
) -> None:
    """1.00 of damages adds 0.90; 10.00 of cost 9.00: nothing that somebody set is replaced."""
    bill(house, set_by_hand, "damages", "1", "D-2")
    assert stands(house, set_by_hand) == Reserves(900_000_90, 0, 0, 500_000_00)
    bill(house, set_by_hand, "first_instance", "10", "F-1")
    assert stands(house, set_by_hand) == Reserves(900_000_90, 9_00, 0, 500_000_00)
    assert raised(house, set_by_hand) == [{"indemnity": 90}, {"defence": 900}]


def test_what_an_item_has_above_its_budget_is_not_set_aside(house: House, claim: Any) -> None:
    """(100,000 + 20,000 - 20,000) x 0.9 = 90,000: of 130,000 billed the budget holds 100,000."""
    budget(house, claim, "first_instance", "100000", "100000", on=ANSWERED)
    bill(house, claim, "first_instance", "130000", "F-1")
    assert stands(house, claim).loss == 90_000_00


def test_an_acceptance_brings_the_reserve_to_what_it_approves(house: House, claim: Any) -> None:
    bill(house, claim, "damages", "380000", "D-1")
    assert stands(house, claim).loss == 342_000_00
    low = Assessment(conduct=CONDUCT, adjusted={"damages": (yuan("120000").minor, "as like cases")})
    house.do(assess, claim.id, low, on=DECIDED)
    assert stands(house, claim) == Reserves(indemnity=90_000_00), "(120,000 - 20,000) x 0.9"


def test_an_acceptance_leaves_a_persons_reserve_and_says_so(house: House, set_by_hand: Any) -> None:
    house.do(assess, set_by_hand.id, FULL, on=DECIDED)
    assert stands(house, set_by_hand) == OWN
    found = house.read(lambda s: side_by_side(s, set_by_hand.id, a_desk(DECIDED)))
    (finding,) = found.findings
    assert finding.code == "reserve-not-as-approved"
    assert "CNY 342,000.00 is approved" in finding.en
    row = house.read(lambda s: claims.claim(s, set_by_hand.id))
    assert finding.code not in {one["code"] for one in row.findings}, "the house's alone"
