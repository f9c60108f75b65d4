"""A denied claim that was paid on account: what is owed back does not stop a new look at it."""

from datetime import date
from typing import Any

import pytest
from builders import House, a_desk
from matter_kit import BILLED, CONDUCT, DECIDED, bill, proposed, yuan

from claims import store
from claims.answer_appeal import answer_appeal
from claims.answer_settlement import answer_settlement
from claims.appeal import appeal
from claims.assess import Assessment, assess
from claims.close import close, reopen
from claims.hear_appeal import hear_appeal
from claims.pay_on_account import pay_on_account
from claims.revise import revise
from claims.room.view import Side, View
from claims.rules.purpose import Purpose
from claims.settle import settle
from kernel.db.engine import transact

OWED = 252_000_00
"""(300,000 - 20,000) x 0.9, to the third party."""
AGAIN = date(2025, 7, 8)
NOT_WILFUL = Assessment(conduct={"wilful": False, "settled_unconsented": False})


def refuse(house: House, claim: Any, found: Assessment, on: date) -> None:
    """Deny it; the statement that asks back what was paid is a paper of the refusal."""
    desk = a_desk(on)
    row = transact(house.engine, lambda s: assess(s, claim.id, found, desk=desk))
    assert row.state == "denied"
    house.audit()


@pytest.fixture
def denied(house: House, claim: Any) -> Any:
    """Damages of 300,000 consented to and paid on account; then it turns out to be wilful."""
    proposed(house, claim)
    bill(house, claim, "damages", "380000", "D-1")
    house.do(answer_settlement, claim.id, 1, yuan("300000"), "no more", on=BILLED)
    part = {"damages": yuan("300000").minor}
    house.do(pay_on_account, claim.id, part, Purpose.INTERIM, on=DECIDED)
    found = {name: kept for name, kept in CONDUCT.items() if name != "settled_unconsented"}
    wilful = Assessment(conduct={**found, "wilful": True})
    refuse(house, claim, wilful, DECIDED)
    assert house.settlement(claim).overpaid_minor == OWED
    return claim


def paid_as_before(house: House, claim: Any) -> None:
    """The decision owes what was paid on account: nothing more is paid, nothing is owed back."""
    house.do(settle, claim.id, on=AGAIN)
    row = house.settlement(claim)
    assert (row.paid_to_bank_minor, row.paid_out_minor, row.overpaid_minor) == (OWED, OWED, 0)
    assert row.payees == {"third_party": OWED}
    assert not any(house.balances("overpaid").values())


def test_it_is_reopened_though_money_is_owed_back(house: House, denied: Any) -> None:
    """It cannot be closed before; the reserve is set up anew, for nothing of it is owed as yet."""
    house.refuse("overpaid", close, denied.id, "done", on=AGAIN)
    row = house.do(reopen, denied.id, "the court found no intent", on=AGAIN)
    assert (row.state, row.reserve_minor) == ("notified", OWED)
    house.do(assess, denied.id, NOT_WILFUL, on=AGAIN)
    paid_as_before(house, denied)


def test_what_is_owed_back_is_no_barrier_to_an_appeal(house: House, denied: Any) -> None:
    insured = View(Side.INSURED, frozenset())
    named = {"view": insured, "party_id": house.client_id, "on": AGAIN}
    row = house.do(appeal, denied.id, "没有故意 there was no intent", **named)
    for actor in ("third", "fourth"):
        said = (row.id, "changed", "没有故意 no intent")
        house.do(hear_appeal, *said, name=actor, actor=actor, on=AGAIN)
    answer = {"assessment": NOT_WILFUL, "actor": "third", "on": AGAIN}
    house.do(answer_appeal, row.id, "changed", "合议 the panel met", **answer)
    assert house.read(lambda s: store.claim(s, denied.id)).state == "accepted"
    paid_as_before(house, denied)


def test_refused_again_it_owes_back_the_same(house: House, denied: Any) -> None:
    house.do(reopen, denied.id, "papers were found", on=AGAIN)
    refuse(house, denied, Assessment(), AGAIN)
    assert house.settlement(denied).overpaid_minor == OWED
    assert house.balances("case_reserve") == {"case_reserve": 0}


def test_what_is_refused_of_a_denied_claim_names_the_way_out(house: House, denied: Any) -> None:
    for act in ((assess, denied.id, NOT_WILFUL), (revise, denied.id, "anew")):
        refused = house.refuse("claim-move-not-allowed", *act, on=AGAIN)
        assert "reopen" in refused.faults[0].cure
