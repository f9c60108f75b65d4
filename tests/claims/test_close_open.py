"""A claim on which anything is open is not closed: each thing is named with its cure."""

from datetime import date
from typing import Any

import builders
import pytest
from builders import ASSESSED, GOOD_CONDUCT, RECOVERED, House, a_risk, shipped, yuan

from claims.answer_appeal import answer_appeal
from claims.answer_call import answer_call
from claims.appeal import appeal
from claims.assess import Assessment, assess
from claims.calls import store as called
from claims.close import close, unsettled
from claims.close_disposal import close_disposal, close_lot
from claims.disposal import lots
from claims.disposal.duties import duties
from claims.facts import case_of
from claims.hear_appeal import hear_appeal
from claims.open_disposal import Opening, open_disposal
from claims.pay_recovery import Payment, pay_recovery
from claims.room.view import Side, View
from claims.subrogate import Taking, subrogate
from claims.tables import ClaimRow

PAID = date(2026, 9, 4)
INSURED = View(Side.INSURED, frozenset({"bank"}))


def paid_up(house: House, claim: ClaimRow) -> None:
    """Every call on it is paid."""
    for call in house.read(lambda s: called.unpaid(s, claim.id)):
        house.do(answer_call, call.id, call.raised_on, on=RECOVERED)


def open_on(house: House, claim: ClaimRow) -> list[str]:
    found = house.read(lambda s: tuple(unsettled(s, case_of(s, claim.id))))
    assert all(one.problem and one.cure for one in found)
    return [one.field for one in found]


def give(house: House, claim: ClaimRow, payee: str, amount: str) -> None:
    payment = Payment(payee, "out", yuan(amount), PAID, f"OUT-{payee}")
    house.do(pay_recovery, claim.id, payment, on=PAID)


def test_recoveries_are_handed_over_before_the_close(house: House) -> None:
    """100,000.00: 54,000.00 the fund's, 26,000.00 the bank's, 4,000.00 the appraiser's."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    claim = house.settled(house.policy(a_risk(cover={"scheme": "zhongshan-2021"})))
    paid_up(house, claim)
    house.recover(claim, "100000.00")
    refused = house.refuse("recoveries-open", close, claim.id, "done", on=PAID)
    assert [fault.field for fault in refused.faults] == [
        "recoveries.appraiser", "recoveries.bank", "recoveries.fund",
    ]  # fmt: skip
    assert "CNY 54,000.00" in refused.faults[2].problem
    give(house, claim, "fund", "54000.00")
    give(house, claim, "bank", "26000.00")
    assert open_on(house, claim) == ["recoveries.appraiser"]
    give(house, claim, "appraiser", "4000.00")
    assert house.do(close, claim.id, "done", on=PAID).state == "closed"
    waits = house.read(lambda s: duties(s, claim.id, PAID))
    assert [one.code for one in waits if one.done_on is None] == [], "nor is it taken over then"


def test_a_disposal_is_ended_before_the_close(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lot is withdrawn: what the debtor owes may be pursued all the same."""
    monkeypatch.setattr(builders, "_BESIDE", (*builders._BESIDE, "recourse_notice"))
    claim = house.settled(house.policy())
    paid_up(house, claim)
    house.do(subrogate, claim.id, Taking(yuan("0")), on=RECOVERED)
    disposal = house.do(open_disposal, claim.id, Opening(), on=RECOVERED)
    refused = house.refuse("disposal-open", close, claim.id, "done", on=PAID)
    assert [fault.field for fault in refused.faults] == [f"disposals.{disposal.number}"]
    for lot in house.read(lambda s: lots.lots(s, disposal.id)):
        house.do(close_lot, lot.id, "withdrawn", on=PAID)
    house.do(close_disposal, disposal.id, "the debtor pays by instalments", on=PAID)
    assert house.do(close, claim.id, "done", on=PAID).state == "closed"


def test_a_refusal_under_appeal_is_not_closed(house: House) -> None:
    claim = house.claim(house.policy())
    bad = Assessment(conduct={**GOOD_CONDUCT, "fraud_by_insured": True})
    house.do(assess, claim.id, bad, on=ASSESSED)
    named: dict[str, Any] = {"view": INSURED, "party_id": house.client_id, "on": ASSESSED}
    row = house.do(appeal, claim.id, "we hid nothing", **named)
    refused = house.refuse("appeal-open", close, claim.id, "done", on=ASSESSED)
    assert [fault.field for fault in refused.faults] == [f"appeals.{row.id}"]
    for actor in ("third", "fourth"):
        said = (row.id, "upheld", "all was read")
        house.do(hear_appeal, *said, name=actor, actor=actor, on=ASSESSED)
    answer = {"assessment": None, "actor": "third", "on": ASSESSED}
    house.do(answer_appeal, row.id, "upheld", "it stands", **answer)
    assert house.do(close, claim.id, "done", on=ASSESSED).state == "closed"
