"""Settlements that follow one another: each holds all before it, the difference is paid."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from builders import (
    ASSESSED,
    GOOD_CONDUCT,
    RECOVERED,
    SETTLED,
    House,
    a_desk,
    a_risk,
    shipped,
    yuan,
)

from claims import store
from claims.answer_call import answer_call
from claims.assess import Assessment, assess
from claims.calls import store as called
from claims.close import close, reopen
from claims.pay_on_account import pay_on_account
from claims.recompute import recompute
from claims.revise import revise
from claims.rules.purpose import Purpose
from claims.settle import settle
from claims.settling.early import Agreed
from claims.take_back import Repayment, take_back
from claims.uploads.duties import duties
from kernel.db import books
from kernel.db.engine import transact
from underwriting import store as contracts
from underwriting.register import contribute
from underwriting.tables import PolicyRow

ZHONGSHAN = {"scheme": "zhongshan-2021"}
FUND = "pool_money:zhongshan-2021:fund"
LATER = date(2026, 7, 1)
LAST = date(2026, 8, 3)


def in_pool(house: House, money: str = "70000000.00", **cover: Any) -> PolicyRow:
    """A policy of 3,000,000.00: fund 54, bank 26, insurer 16, appraiser 4 %."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan(money))
    return house.policy(a_risk(cover={**ZHONGSHAN, **cover}))


def on_account(house: House, claim: Any, minor: int, *, on: date, purpose: str = "interim") -> Any:
    amounts, agreed = {"principal": minor}, Agreed(on, "the bank needs the money")
    return house.do(pay_on_account, claim.id, amounts, Purpose(purpose), agreed=agreed, on=on)


def pay_all(house: House, claim: Any, *, on: date, party: str = "") -> None:
    for call in house.read(lambda s: called.unpaid(s, claim.id)):
        if party in ("", call.party):
            house.do(answer_call, call.id, on, on=on)


def test_two_interims_and_a_final_with_a_pool_that_runs_dry(house: House) -> None:
    """Exact: the fund holds 100,000,000; 54 % of 1,000,000.00, then of 2,000,000.00, then dry."""
    claim = house.accepted(in_pool(house, "1000000.00"))
    first = on_account(house, claim, 100_000_000, on=SETTLED)
    assert (first.sequence, first.purpose, first.paid_to_bank_minor) == (1, "interim", 16_000_000)
    assert house.shares(claim)["fund"] == 54_000_000
    assert house.balances(FUND) == {FUND: 46_000_000}
    second = on_account(house, claim, 100_000_000, on=LATER)
    assert house.shares(claim) == {
        "fund": 100_000_000, "bank": 52_000_000, "insurer": 32_000_000, "appraiser": 8_000_000,
        "uncovered": 8_000_000,
    }  # fmt: skip
    assert house.balances(FUND) == {FUND: 0}
    assert second.counts_on == SETTLED
    state = house.read(lambda s: contracts.policy(s, claim.policy_id)).paid_minor
    assert state == 200_000_000
    house.do(settle, claim.id, on=LAST)
    rows = house.settlements(claim)
    assert [(row.sequence, row.purpose) for row in rows] == [
        (1, "interim"), (2, "interim"), (3, "final"),
    ]  # fmt: skip
    assert house.shares(claim) == {
        "fund": 100_000_000, "bank": 78_000_000, "insurer": 48_000_000, "appraiser": 12_000_000,
        "uncovered": 62_000_000,
    }  # fmt: skip
    paid = [row.payload for row in transact(house.engine, books.unsent)]
    whole = ("interim", "final")  # beside them stands what is due for paying late
    orders = [one["amount_minor"] for one in paid if one.get("purpose") in whole]
    assert orders == [16_000_000, 16_000_000, 16_000_000]
    assert house.settlement(claim).paid_out_minor == 48_000_000
    assert house.balances("claims_paid") == {"claims_paid:insurer": 48_000_000}
    assert house.balances("memo_call:fund") == {"memo_call:fund": 100_000_000}


def test_the_same_loss_at_once_comes_to_the_same(house: House) -> None:
    """Whatever was paid on account, the end is what one settlement would have been."""
    policy = in_pool(house)
    at_once = house.settled(policy)
    risk = a_risk(cover=ZHONGSHAN, borrower={"register_id": "91442000MA4OTHER02"})
    in_parts = house.accepted(house.policy(risk))
    for minor in (1, 33_333_333, 66_666_667):
        on_account(house, in_parts, minor, on=SETTLED)
    house.do(settle, in_parts.id, on=SETTLED)
    assert house.shares(in_parts) == house.shares(at_once)
    newest, one = house.settlement(in_parts), house.settlement(at_once)
    assert newest.paid_out_minor == one.paid_out_minor
    assert newest.tranches == one.tranches
    assert newest.lines == one.lines


def test_a_true_up_pays_the_difference_and_calls_for_it(house: House) -> None:
    """2,000,000.00 allowed first, all of it later; the fund had paid its first call."""
    claim = house.claim(in_pool(house))
    low = Assessment(conduct=GOOD_CONDUCT, adjusted={"principal": (200_000_000, "to be shown")})
    house.do(assess, claim.id, low, on=date(2026, 3, 16))
    house.do(settle, claim.id, on=SETTLED)
    pay_all(house, claim, on=SETTLED, party="fund")
    row = house.again(claim, on=LATER)
    assert (row.purpose, row.paid_to_bank_minor, row.paid_out_minor) == (
        "true_up", 48_000_000, 48_000_000,
    )  # fmt: skip
    open_calls = house.read(lambda s: called.unpaid(s, claim.id))
    assert {call.party: call.amount_minor for call in open_calls} == {
        "fund": 54_000_000, "appraiser": 12_000_000,
    }  # fmt: skip
    orders = [
        one.payload["amount_minor"]
        for one in transact(house.engine, books.unsent)
        if one.topic == "payment_order"
    ]
    assert orders == [32_000_000, 16_000_000]
    pay_all(house, claim, on=LATER)
    memo = {account: minor for account, minor in house.balances("memo").items() if minor}
    assert memo == {}
    house.do(close, claim.id, "paid", on=LATER)


@pytest.mark.parametrize("settles", ["several", "lead"])
def test_a_true_up_downward_leaves_a_receivable_and_refunds(house: House, settles: str) -> None:
    """All of it settled, 1,000,000.00 stands in the end; the fund had paid, the appraiser not."""
    claim = house.settled(in_pool(house, settles=settles))
    pay_all(house, claim, on=SETTLED, party="fund")
    low = Assessment(conduct=GOOD_CONDUCT, adjusted={"principal": (100_000_000, "was repaid")})
    row = house.again(claim, low, on=LATER)
    first, second = house.settlements(claim)
    assert first.paid_to_bank_minor == 3 * second.paid_to_bank_minor
    assert row.overpaid_minor == first.paid_out_minor - row.paid_to_bank_minor > 0
    over = house.balances("overpaid")
    assert over == {"overpaid:bank": row.overpaid_minor}
    calls = house.read(lambda s: called.unpaid(s, claim.id))
    assert {(call.direction, call.party, call.amount_minor) for call in calls} == {
        ("refund", "fund", 108_000_000), ("call", "appraiser", 4_000_000),
    }  # fmt: skip
    assert house.balances(FUND) == {FUND: 7_000_000_000 - 54_000_000}
    asked_back = [one for one in transact(house.engine, books.unsent) if one.topic == "pay_back"]
    assert [one.payload["amount_minor"] for one in asked_back] == [row.overpaid_minor]
    pay_all(house, claim, on=LATER)
    refused = house.refuse("overpaid", close, claim.id, "done", on=LATER)
    assert "owes back" in refused.faults[0].problem
    _repay(house, claim, row.overpaid_minor)
    house.do(close, claim.id, "done", on=LATER)
    left = {name: minor for name, minor in house.balances().items() if minor}
    assert left["claims_paid:insurer"] == -left["cash"] == 16_000_000
    assert not [name for name in left if name.startswith(("overpaid", "share_rec", "memo"))]


def _repay(house: House, claim: Any, minor: int) -> None:
    """The insured pays back in two parts; a third, and one too large, are refused."""
    half = minor // 2
    money = yuan("0.01")

    def one(reference: str, amount: int) -> Repayment:
        return Repayment(reference, replace(money, minor=amount), LATER)

    house.refuse("invalid", take_back, claim.id, one("B0", minor + 1), on=LATER)
    house.refuse("invalid", take_back, claim.id, one("B0", 0), on=LATER)
    house.do(take_back, claim.id, one("B1", half), on=LATER)
    house.refuse("repayment-twice", take_back, claim.id, one("B1", 1), on=LATER)
    house.do(take_back, claim.id, one("B2", minor - half), on=LATER)
    house.refuse("nothing-overpaid", take_back, claim.id, one("B3", 1), on=LATER)


def test_what_came_back_is_paid_out_again_when_the_total_rises(house: House) -> None:
    """16, down to 5.33 owed, 4 returned, up to 16 again: 4 are paid, the rest was kept."""
    claim = house.settled(in_pool(house))
    low = Assessment(conduct=GOOD_CONDUCT, adjusted={"principal": (100_000_000, "was repaid")})
    house.again(claim, low, on=LATER)
    back = Repayment("B1", yuan("40000.00"), LATER)
    house.do(take_back, claim.id, back, on=LATER)
    row = house.again(claim, on=LAST)
    assert (row.paid_out_minor, row.taken_back_minor) == (52_000_000, 4_000_000)
    assert row.overpaid_minor == 0
    assert house.balances("cash") == {"cash": -48_000_000}
    assert not any(house.balances("overpaid").values())


def test_recoveries_are_given_back_again_on_the_new_tranches(house: House) -> None:
    """A pool that is filled later bears more; what came back is shared by the new parts."""
    claim = house.settled(in_pool(house, "1000000.00"))
    house.recover(claim, "300000.00")
    before = {share: back for share, back in _given(house, claim).items() if back}
    assert sum(before.values()) == 30_000_000
    pool = house.read(lambda s: contracts.pool(s, "zhongshan-2021", "fund", "CNY"))
    house.do(contribute, pool.id, yuan("5000000.00"), key="C2", on=RECOVERED)
    row = house.do(recompute, claim.id, "the fund was filled", on=RECOVERED)
    assert (row.purpose, row.uncovered_minor) == ("recomputed", 0)
    assert house.shares(claim)["fund"] == 162_000_000
    parts = {party: Fraction(minor, 300_000_000) for party, minor in house.shares(claim).items()}
    assert _given(house, claim) == {party: int(30_000_000 * part) for party, part in parts.items()}
    assert house.balances(FUND) == {FUND: 600_000_000 - 162_000_000 + 16_200_000}
    refused = house.refuse("nothing-changed", recompute, claim.id, "again", on=RECOVERED)
    assert "fact that has changed" in refused.faults[0].cure


def _given(house: House, claim: Any) -> dict[str, int]:
    row = house.settlement(claim)
    shares = house.read(lambda s: store.shares(s, row.id))
    return {share.party: share.given_back_minor for share in shares}


def test_a_lower_total_after_nearly_all_came_back(house: House) -> None:
    """2,900,000.00 of 3,000,000.00 came back; then 500,000.00 stands: the rest is surplus."""
    claim = house.settled(in_pool(house))
    house.recover(claim, "2900000.00")
    low = Assessment(conduct=GOOD_CONDUCT, adjusted={"principal": (50_000_000, "was repaid")})
    house.again(claim, low, on=RECOVERED)
    assert _given(house, claim) == house.shares(claim)
    assert house.balances(FUND) == {FUND: 7_000_000_000}


@pytest.mark.parametrize("other", ["3000000.00", "100000.00"])
def test_a_pool_moves_once_when_a_claim_with_recoveries_is_refused(
    house: House, other: str
) -> None:
    """1,620,000.00 went to one claim, 972,000.00 came back and went to another, in part or whole.

    What the first bore and what it got back both fall to nothing: the pool is never short of the
    one, nor given too much of the other.
    """
    claim = house.settled(in_pool(house, "1620000.00"))
    house.recover(claim, "1800000.00")
    risk = a_risk(cover=ZHONGSHAN, borrower={"register_id": "91442000MA4OTHER02"})
    second = house.claim(house.policy(risk))
    part = Assessment(conduct=GOOD_CONDUCT, adjusted={"principal": (yuan(other).minor, "shown")})
    house.do(assess, second.id, part, on=date(2026, 3, 16))
    house.do(settle, second.id, on=RECOVERED)
    house.do(revise, claim.id, "it was fraud", on=RECOVERED)
    fraud = Assessment(conduct={**GOOD_CONDUCT, "fraud_by_insured": True})
    transact(house.engine, lambda s: assess(s, claim.id, fraud, desk=a_desk(RECOVERED)))
    house.audit()
    drawn = house.shares(second)["fund"]
    assert drawn == min(97_200_000, yuan(other).minor * 54 // 100)
    assert house.balances(FUND) == {FUND: 162_000_000 - drawn}
    pool = house.read(lambda s: contracts.pool(s, "zhongshan-2021", "fund", "CNY"))
    assert pool.drawn_minor == drawn


def test_a_refusal_after_payment_on_account_asks_all_of_it_back(house: House) -> None:
    claim = house.claim(in_pool(house))
    on_account(house, claim, 100_000_000, on=SETTLED)
    fraud = Assessment(conduct={**GOOD_CONDUCT, "fraud_by_insured": True})
    row = transact(house.engine, lambda s: assess(s, claim.id, fraud, desk=a_desk(LATER)))
    house.audit()
    assert row.state == "denied"
    newest = house.settlement(claim)
    assert (newest.purpose, newest.paid_to_bank_minor) == ("recomputed", 0)
    assert newest.overpaid_minor == 16_000_000
    assert house.balances(FUND) == {FUND: 7_000_000_000}
    house.refuse("overpaid", close, claim.id, "done", on=LATER)
    house.do(take_back, claim.id, Repayment("B1", yuan("160000.00"), LATER), on=LATER)
    house.do(close, claim.id, "done", on=LATER)
    house.do(reopen, claim.id, "new evidence", on=LATER)
    assert house.read(lambda s: s.get(type(claim), claim.id)).state == "notified"


def test_early_payment_does_not_wait_and_the_others_do(house: House) -> None:
    claim = house.claim(in_pool(house))
    soon = date(2026, 4, 1)
    amounts = {"principal": 100_000_000}
    for purpose in (Purpose.INTERIM, Purpose.ADVANCE):
        house.refuse("waiting-period", pay_on_account, claim.id, amounts, purpose, on=soon)
    row = on_account(house, claim, 100_000_000, on=soon, purpose="early")
    assert (row.purpose, row.paid_out_minor) == ("early", 16_000_000)
    after = house.read(lambda s: s.get(type(claim), claim.id))
    assert (after.state, after.reserve_minor) == ("notified", 32_000_000)
    assert house.balances("case_reserve") == {"case_reserve": -32_000_000}


def test_what_may_not_be_paid_on_account(house: House) -> None:
    claim = house.claim(in_pool(house))

    def refuse(code: str, amounts: dict[str, int], purpose: Purpose = Purpose.INTERIM) -> None:
        house.refuse(code, pay_on_account, claim.id, amounts, purpose, on=SETTLED)

    refuse("invalid", {"principal": 1}, Purpose.FINAL)
    refuse("invalid", {"principal": 0})
    refuse("invalid", {"principal": 300_000_001})
    refuse("invalid", {"interest": 1})
    on_account(house, claim, 300_000_000, on=SETTLED)
    refuse("invalid", {"principal": 1})
    house.do(assess, claim.id, Assessment(conduct=GOOD_CONDUCT), on=SETTLED)
    house.do(settle, claim.id, on=SETTLED)
    refuse("claim-decided", {"principal": 1})
    house.do(revise, claim.id, "more was found", on=SETTLED)
    refuse("claim-decided", {"principal": 1})


def test_only_a_settled_claim_is_revised(house: House) -> None:
    claim = house.accepted(house.policy())
    house.refuse("claim-move-not-allowed", revise, claim.id, "why", on=SETTLED)
    house.do(settle, claim.id, on=SETTLED)
    row = house.do(revise, claim.id, "a transcript came", on=SETTLED)
    assert row.state == "notified"
    assert row.file["revised"] == [{"on": "2026-06-01", "reason": "a transcript came"}]
    assert "agreed_on" not in row.file
    assert row.file["first_assessed_on"] == ASSESSED.isoformat()
    house.refuse("claim-move-not-allowed", revise, claim.id, "why", on=SETTLED)


def test_the_clocks_of_a_revised_claim_stand_at_its_first_decision(house: House) -> None:
    """Assessed on 16 March; taken up again twice, the last time in August."""
    claim = house.settled(house.policy())

    def done() -> dict[str, Any]:
        found = house.read(lambda s: duties(s, claim.id, LAST))
        return {one.code: (one.done_on, one.late(LAST)) for one in found}

    house.do(revise, claim.id, "a transcript came", on=LATER)
    for code in ("assess", "advance"):
        assert done()[code] == (ASSESSED, False)
    house.do(assess, claim.id, Assessment(conduct=GOOD_CONDUCT), on=LATER)
    house.do(settle, claim.id, on=LATER)
    house.again(claim, on=LAST)
    for code in ("assess", "advance", "pay"):
        assert not done()[code][1], code
    assert done()["assess"] == (ASSESSED, False)
