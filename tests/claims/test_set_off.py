"""Who owes on its call is given no money of recoveries: it is set off first."""

from datetime import date
from typing import Any

import pytest
from builders import RECOVERED, SETTLED, House, a_desk, a_risk, shipped, yuan

from claims.calls import store as called
from claims.disposal.duties import duties
from claims.dispute_call import Dispute, dispute_call
from claims.pay_call import CallPayment, pay_call
from claims.pay_recovery import Payment, pay_recovery
from claims.tables import ClaimRow
from kernel.db.engine import transact

SCHEME = "zhongshan-2021"
PAID = date(2026, 9, 4)
WHOLE = yuan("1620000.00")
"""The fund's 54 % of 3,000,000.00, and what of 3,500,000.00 comes back to it."""


def pay(payee: str, way: Any, amount: Any, reference: str = "P1") -> Payment:
    return Payment(payee, way, amount, PAID, reference)


def recovered(house: House, settles: str = "several") -> ClaimRow:
    """All of 3,000,000.00 came back, and 500,000.00 beyond; nobody has paid its call."""
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    cover = {"scheme": SCHEME, "settles": settles}
    claim = house.settled(house.policy(a_risk(cover=cover)))
    house.recover(claim, "3500000.00")
    return claim


def call_on(house: House, claim: ClaimRow, party: str) -> Any:
    calls = house.read(lambda s: called.of_claim(s, claim.id))
    return next(one for one in calls if one.party == party)


def waits(house: House, claim: ClaimRow) -> set[str]:
    found = house.read(lambda s: duties(s, claim.id, PAID))
    return {one.code for one in found if one.done_on is None}


@pytest.mark.parametrize(("settles", "cash"), [("several", -WHOLE.minor), ("lead", 0)])
def test_a_party_that_paid_nothing_is_given_nothing(house: House, settles: str, cash: int) -> None:
    """The bank is paid in the party's place, or under a lead the house keeps what it is owed."""
    claim = recovered(house, settles)
    assert {"set_off_fund", "set_off_appraiser"} <= waits(house, claim)
    assert not {"give_back_fund", "give_back_appraiser"} & waits(house, claim)
    cent = pay("fund", "out", yuan("0.01"))
    refused = house.refuse("set-off-first", pay_recovery, claim.id, cent, on=PAID)
    (fault,) = refused.faults
    assert (fault.field, "1,620,000.00" in fault.problem) == ("amount", True)
    assert '"set_off"' in fault.cure
    house.refuse("set-off-first", pay_recovery, claim.id,
                 pay("appraiser", "out", yuan("120000.00")), on=PAID)  # fmt: skip
    before = house.balances()["cash"]
    house.do(pay_recovery, claim.id, pay("fund", "set_off", WHOLE), on=PAID)
    assert house.balances()["cash"] - before == cash
    assert house.balances("recovery_payable:fund") == {"recovery_payable:fund": 0}
    call = call_on(house, claim, "fund")
    assert (call.state, call.open_minor) == ("paid", 0)
    assert house.kinds("claim", claim.id)[-2:] == ["recovery_set_off", "call_paid"]
    assert not {"set_off_fund", "give_back_fund"} & waits(house, claim)
    house.refuse("recovery-payment-over", pay_recovery, claim.id,
                 pay("fund", "out", yuan("0.01"), "P2"), on=PAID)  # fmt: skip


def test_what_is_due_above_the_open_call_is_paid_out(house: House) -> None:
    """1,000,000.00 of the call is paid: of 1,620,000.00 due, 620,000.00 waits for the rest."""
    claim = recovered(house)
    call, part = call_on(house, claim, "fund"), yuan("1000000.00")
    house.do(pay_call, call.id, CallPayment(part, SETTLED, "W1"), on=RECOVERED)
    over = pay("fund", "out", yuan("1000000.01"))
    house.refuse("set-off-first", pay_recovery, claim.id, over, on=PAID)
    house.do(pay_recovery, claim.id, pay("fund", "out", part), on=PAID)
    assert "set_off_fund" in waits(house, claim)
    rest = pay("fund", "set_off", yuan("620000.01"), "P2")
    house.refuse("recovery-payment-over", pay_recovery, claim.id, rest, on=PAID)
    house.do(pay_recovery, claim.id, pay("fund", "set_off", yuan("620000.00"), "P2"), on=PAID)
    assert call_on(house, claim, "fund").state == "paid"


def test_nothing_is_set_off_that_is_disputed_or_not_called_for(house: House) -> None:
    """Of the appraiser's 120,000.00 it disputes 20,000.00; the bank is called for nothing."""
    claim = recovered(house)
    call = call_on(house, claim, "appraiser")
    said, desk = Dispute(yuan("20000.00"), "too much", "layers"), a_desk(SETTLED)
    transact(house.engine, lambda s: dispute_call(s, call.id, said, desk=desk))
    whole = pay("appraiser", "set_off", yuan("120000.00"))
    house.refuse("nothing-to-set-off", pay_recovery, claim.id, whole, on=PAID)
    house.do(pay_recovery, claim.id, pay("appraiser", "set_off", yuan("100000.00")), on=PAID)
    assert call_on(house, claim, "appraiser").open_minor == 2_000_000
    bank = pay("bank", "set_off", yuan("1.00"), "P2")
    house.refuse("nothing-to-set-off", pay_recovery, claim.id, bank, on=PAID)
    early = Payment("fund", "set_off", yuan("1.00"), date(2026, 5, 31), "P3")
    refused = house.refuse("invalid", pay_recovery, claim.id, early, on=PAID)
    assert refused.faults[0].field == "paid_on"
