"""ACTS recover, answer_call, close and reopen: money back, calls paid, the end of a claim."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import (
    RECOVERED,
    SETTLED,
    House,
    a_risk,
    folder_of,
    read_scheme,
    scheme_text,
    shipped,
    yuan,
)
from money_moves import hand_over

from claims import store
from claims.answer_call import answer_call
from claims.assess import Assessment, assess
from claims.calls import store as called
from claims.calls.tables import CallRow
from claims.close import close, reopen
from claims.recover import Receipts, recover
from claims.tables import ClaimRow
from kernel.money import Money

ZHONGSHAN = {"scheme": "zhongshan-2021"}
REVERSE = """
[[layers]]
upto   = "1/2"
shares = { insurer = "80/100", bank = "20/100" }

[[layers]]
shares = { fund = "80/100", bank = "20/100" }
"""


def settled(house: House, money: str = "70000000.00", **cover: Any) -> ClaimRow:
    """A settled claim under the Zhongshan scheme."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan(money))
    return house.settled(house.policy(a_risk(cover={**ZHONGSHAN, **cover})))


def receipts(**changes: Any) -> Receipts:
    named = {
        "reference": "R1",
        "source": "sale of the right",
        "value_date": RECOVERED,
        "gross": yuan("100.00"),
        "costs": yuan("0"),
    }
    return Receipts(**{**named, **changes})


def calls(house: House, claim: ClaimRow) -> tuple[CallRow, ...]:
    row = house.settlement(claim)
    return house.read(lambda s: called.of_settlement(s, row.id))


def test_a_recovery_goes_back_pro_rata_after_costs(house: House) -> None:
    """100,000.00 less 10,000.00 of costs, by 54 / 26 / 16 / 4."""
    claim = settled(house)
    row = house.recover(claim, "100000.00", "10000.00")
    assert (row.net_minor, row.surplus_minor, row.sequence) == (9_000_000, 0, 1)
    assert row.parts == {
        "fund": 4_860_000, "bank": 2_340_000, "insurer": 1_440_000, "appraiser": 360_000,
    }  # fmt: skip
    booked = house.balances()
    assert booked["recovery_income:insurer"] == -1_440_000
    assert booked["recovery_payable:bank"] == -2_340_000
    assert booked["pool_money:zhongshan-2021:fund"] == 7_000_000_000 - 162_000_000 + 4_860_000
    assert house.kinds("claim", claim.id)[-1] == "recovered"


def test_the_bank_shares_for_what_nobody_paid_it(house: House) -> None:
    """Art. 60: of 300,000.00, 62/300 go to the bank beside its own 78/300."""
    claim = settled(house, "1000000.00")
    row = house.recover(claim, "300000.00")
    assert row.parts == {
        "fund": 10_000_000, "bank": 7_800_000, "insurer": 4_800_000, "appraiser": 1_200_000,
        "uncovered": 6_200_000,
    }  # fmt: skip
    assert house.balances("recovery_payable:bank") == {"recovery_payable:bank": -14_000_000}


def test_costs_that_no_proceeds_met_come_off_the_next(house: House) -> None:
    claim = settled(house)
    first = house.recover(claim, "100.00", "300.00")
    assert (first.net_minor, sum(first.parts.values())) == (0, 0)
    assert house.balances("recovery_costs") == {"recovery_costs_carried": 20_000}
    second = house.recover(claim, "150.00", "10.00", reference="R2")
    assert second.net_minor == 0
    assert house.balances("recovery_costs") == {"recovery_costs_carried": 6_000}
    third = house.recover(claim, "160.00", reference="R3")
    assert (third.net_minor, third.sequence) == (10_000, 3)
    assert sum(third.parts.values()) == 10_000
    assert house.balances("recovery_costs") == {"recovery_costs_carried": 0}


def test_nobody_gets_back_more_than_it_bore(house: House) -> None:
    """3,000,000.00 were lost: what is above belongs to the debtor."""
    claim = settled(house)
    house.recover(claim, "2999999.00")
    last = house.recover(claim, "2.00", reference="R2")
    assert (sum(last.parts.values()), last.surplus_minor) == (100, 100)
    rows = house.read(lambda s: store.shares(s, store.settlement_of(s, claim.id).id))
    assert all(row.given_back_minor == row.paid_minor for row in rows)
    assert house.balances("surplus") == {"surplus_payable:policyholder": -100}
    assert house.balances("pool_money") == {"pool_money:zhongshan-2021:fund": 7_000_000_000}
    more = house.recover(claim, "5.00", reference="R3")
    assert (sum(more.parts.values()), more.surplus_minor) == (0, 500)


def test_the_last_to_bear_is_the_first_repaid(house: House, tmp_path: Path) -> None:
    """Reverse rule over two layers of 1,500,000.00: the upper one is made whole first."""
    text = scheme_text("local", layers=REVERSE, recovery="reverse")
    folder = folder_of(tmp_path, local=text)
    policy = house.policy(a_risk(cover={"scheme": "local"}), schemes_folder=folder)
    claim = house.settled(policy)
    assert house.shares(claim) == {"insurer": 120_000_000, "bank": 60_000_000, "fund": 120_000_000}
    first = house.recover(claim, "1000000.00")
    assert first.parts == {"insurer": 0, "bank": 20_000_000, "fund": 80_000_000}
    second = house.recover(claim, "1000000.00", reference="R2")
    assert second.parts == {"insurer": 40_000_000, "bank": 20_000_000, "fund": 40_000_000}


def test_what_a_pool_gets_back_it_can_pay_again(house: House) -> None:
    claim = settled(house, "1620000.00")
    house.recover(claim, "1000000.00")
    other = a_risk(cover=ZHONGSHAN, borrower={"register_id": "91442000MA4OTHER02"})
    second = house.settled(house.policy(other), on=RECOVERED)
    assert house.shares(second)["fund"] == 54_000_000


def test_a_pool_that_came_later_is_not_given_what_it_never_paid(
    house: House, tmp_path: Path
) -> None:
    """No cap asked for a pool when the loss was shared, so none was charged."""
    layers = '[[layers]]\nshares = { fund = "50/100", insurer = "50/100" }'
    text = scheme_text("local", layers=layers)
    folder = folder_of(tmp_path, local=text)
    policy = house.policy(a_risk(cover={"scheme": "local"}), schemes_folder=folder)
    claim = house.settled(policy)
    house.pool(read_scheme(text, "local"), "fund", yuan("5.00"))
    assert house.recover(claim, "100.00").parts == {"fund": 5000, "insurer": 5000}
    assert house.balances("pool_money") == {"pool_money:local:fund": 500}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value_date": RECOVERED + timedelta(days=1)}, "value_date"),
        ({"value_date": date(2026, 3, 10)}, "value_date"),
        ({"gross": Money(1, "EUR")}, "gross"),
        ({"costs": Money(1, "EUR")}, "costs"),
        ({"gross": yuan("0")}, "gross"),
    ],
)
def test_a_recovery_that_is_wrong_is_refused(
    house: House, changes: dict[str, Any], field: str
) -> None:
    claim = settled(house)
    refused = house.refuse("invalid", recover, claim.id, receipts(**changes), on=RECOVERED)
    assert refused.faults[0].field == field


def test_a_reference_counts_once(house: House) -> None:
    claim = settled(house)
    house.recover(claim, "100.00")
    house.refuse("recovery-twice", recover, claim.id, receipts(), on=RECOVERED)


def test_nothing_comes_back_before_the_settlement(house: House) -> None:
    claim = house.accepted(house.policy())
    refused = house.refuse("claim-not-settled", recover, claim.id, receipts(), on=RECOVERED)
    assert refused.faults[0].cure == "settle it first"


def test_a_call_is_paid_once_between_settlement_and_today(house: House) -> None:
    claim = settled(house)
    appraiser, fund = calls(house, claim)
    when = SETTLED + timedelta(days=9)
    house.refuse("invalid", answer_call, fund.id, SETTLED - timedelta(days=1), on=when)
    house.refuse("invalid", answer_call, fund.id, when + timedelta(days=1), on=when)
    paid = house.do(answer_call, fund.id, when, on=when)
    assert (paid.state, paid.paid_on) == ("paid", when)
    house.refuse("call-paid", answer_call, fund.id, when, on=when)
    house.refuse("no-such-call", answer_call, "ca_none", when, on=when)
    booked = house.balances("memo_call")
    assert booked == {"memo_call:appraiser": appraiser.amount_minor, "memo_call:fund": 0}


def test_the_lead_is_paid_in_cash(house: House) -> None:
    claim = settled(house, settles="lead")
    for call in calls(house, claim):
        house.do(answer_call, call.id, SETTLED, on=SETTLED)
    booked = house.balances()
    assert booked["cash"] == -48_000_000
    assert booked["share_receivable:fund"] == booked["share_receivable:appraiser"] == 0


def test_a_claim_closes_when_every_call_is_paid(house: House) -> None:
    claim = settled(house)
    refused = house.refuse("calls-unpaid", close, claim.id, "done", on=SETTLED)
    assert {fault.field for fault in refused.faults} == {"calls.fund", "calls.appraiser"}
    for call in calls(house, claim):
        house.do(answer_call, call.id, SETTLED, on=SETTLED)
    assert house.do(close, claim.id, "done", on=SETTLED).state == "closed"
    assert house.kinds("claim", claim.id)[-1] == "closed"
    house.refuse("claim-move-not-allowed", close, claim.id, "again", on=SETTLED)


def test_a_closed_claim_takes_money_only_when_it_is_open_again(house: House) -> None:
    claim = settled(house)
    for call in calls(house, claim):
        house.do(answer_call, call.id, SETTLED, on=SETTLED)
    house.refuse("claim-move-not-allowed", reopen, claim.id, "not closed", on=SETTLED)
    house.do(close, claim.id, "done", on=SETTLED)
    refused = house.refuse("claim-not-settled", recover, claim.id, receipts(), on=RECOVERED)
    assert refused.faults[0].cure == "reopen it first"
    assert house.do(reopen, claim.id, "a late sale", on=RECOVERED).state == "settled"
    house.recover(claim, "100.00")
    house.refuse("recoveries-open", close, claim.id, "done", on=RECOVERED)
    hand_over(house, claim)
    assert house.do(close, claim.id, "done", on=RECOVERED).state == "closed"
    kinds = [one for one in house.kinds("claim", claim.id) if one != "recovery_paid"]
    assert kinds[-4:] == ["closed", "reopened", "recovered", "closed"]


def test_a_denied_claim_closes_and_opens_anew_with_its_reserve(house: House) -> None:
    claim = house.claim(house.policy())
    house.refuse("claim-move-not-allowed", close, claim.id, "early", on=SETTLED)
    fraud = Assessment(conduct={"fraud_by_insured": True})
    house.do(assess, claim.id, fraud, on=date(2026, 3, 16))
    house.do(close, claim.id, "refused", on=SETTLED)
    row = house.do(reopen, claim.id, "new evidence", on=SETTLED)
    assert (row.state, row.reserve_minor) == ("notified", claim.reserve_minor)
    house.do(assess, claim.id, fraud, on=SETTLED)
    assert house.do(close, claim.id, "refused again", on=SETTLED).state == "closed"


def test_a_denial_can_be_looked_at_again(house: House) -> None:
    """The cure of every ground of conduct: show evidence and have the claim assessed again."""
    claim = house.claim(house.policy())
    fraud = Assessment(conduct={"fraud_by_insured": True})
    denied = house.do(assess, claim.id, fraud, on=date(2026, 3, 16))
    cures = [found["cure"] for found in denied.findings if found["effect"] == "decline"]
    assert any("assessed again" in cure for cure in cures)
    house.do(close, claim.id, "refused", on=SETTLED)
    house.do(reopen, claim.id, "new evidence", on=SETTLED)
    cleared = Assessment(
        conduct={
            "fraud_by_insured": False, "pledge_registered": True, "use_as_agreed": True,
            "change_consented": True,
        }
    )  # fmt: skip
    assert house.do(assess, claim.id, cleared, on=SETTLED).state == "accepted"
