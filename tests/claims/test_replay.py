"""ACTS replay, correct_recovery, pay_recovery: late facts, corrections, money handed back."""

import itertools
import shutil
from datetime import date, timedelta
from functools import partial
from typing import Any

import builders
import pytest
from builders import RECOVERED, House, a_risk, shipped, yuan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from money_moves import collect
from sqlmodel import Session, col, select

from claims import store
from claims.correct_recovery import Correction, correct_recovery
from claims.disposal import store as kept
from claims.disposal.account import accounts, balances
from claims.disposal.audit import verify_recoveries
from claims.facts import case_of
from claims.pay_recovery import Payment, pay_recovery
from claims.recompute import recompute
from claims.recover import Receipts, recover
from claims.tables import ClaimRow, RecoveryRow
from claims.worded import party_called
from documents.stated import read_stated
from kernel.db import books
from kernel.db.engine import make_engine, transact
from kernel.db.tables import JournalRow
from kernel.money import Money
from kernel.sharing import Recovery, RecoveryRule, Standing, give_back
from underwriting.register import contribute
from underwriting.store import pool

ZHONGSHAN = {"scheme": "zhongshan-2021"}
PAID = date(2026, 10, 1)


def settled(house: House, scheme: str = "zhongshan-2021") -> ClaimRow:
    if scheme == "zhongshan-2021":
        house.pool(shipped(scheme), "fund", yuan("70000000.00"))
    return house.settled(house.policy(a_risk(cover={"scheme": scheme})))


def came(reference: str, day: date, gross: str, costs: str = "0", **more: Any) -> Receipts:
    return Receipts(reference, "sale of the right", day, yuan(gross), yuan(costs), **more)


def rows(house: House, claim: ClaimRow) -> tuple[RecoveryRow, ...]:
    return house.read(lambda s: store.recoveries(s, claim.id))


def given_back(house: House, claim: ClaimRow) -> dict[str, int]:
    found = house.settlement(claim)
    return {
        share.party: share.given_back_minor
        for share in house.read(lambda s: store.shares(s, found.id))
    }


def standing_books(house: House) -> dict[str, int]:
    """Balances without those of nought, so that what was reversed shows nowhere."""
    return {account: minor for account, minor in house.balances().items() if minor}


def test_a_late_cost_comes_off_in_its_place(house: House) -> None:
    """Costs that were paid before the sale come off it, though they were reported after it."""
    claim = settled(house)
    house.do(recover, claim.id, came("SALE", RECOVERED, "100000.00"), on=RECOVERED)
    assert rows(house, claim)[0].net_minor == 10_000_000
    early = came("COUNSEL", date(2026, 8, 1), "0", "10000.00")
    house.do(recover, claim.id, early, on=RECOVERED)
    sale, counsel = rows(house, claim)
    assert (counsel.net_minor, sale.net_minor) == (0, 9_000_000)
    assert sale.parts == {
        "fund": 4_860_000, "bank": 2_340_000, "insurer": 1_440_000, "appraiser": 360_000,
    }  # fmt: skip
    assert house.settlement(claim).costs_carried_minor == 0
    assert house.balances("recovery_costs") == {"recovery_costs_carried": 0}
    assert house.kinds("claim", claim.id)[-2:] == ["recoveries_replayed", "recovered"]
    first, second = house.read(lambda s: kept.editions(s, sale.id))
    assert (first.net_minor, second.net_minor) == (10_000_000, 9_000_000)
    assert (first.edition, second.edition, second.carried_minor) == (1, 2, 1_000_000)


def test_a_late_recovery_reverses_and_enters_anew(house: House) -> None:
    claim = settled(house)
    house.do(recover, claim.id, came("ONE", RECOVERED, "2999999.00"), on=RECOVERED)
    house.do(recover, claim.id, came("TWO", date(2026, 7, 1), "2.00"), on=RECOVERED)
    one, two = rows(house, claim)
    assert (two.surplus_minor, one.surplus_minor) == (0, 100)
    assert sum(one.parts.values()) == 300_000_000 - 200
    assert house.balances("surplus") == {"surplus_payable:policyholder": -100}
    memos = house.read(lambda s: _keys(s, one.id))
    assert memos == [f"recovery:{one.id}", f"recovery-reversal:{one.id}:1", f"recovery:{one.id}:2"]


def _keys(session: Session, recovery_id: str) -> list[str]:
    found = session.exec(select(JournalRow).where(col(JournalRow.key).contains(recovery_id)))
    order = {"recovery": 0, "recovery-reversal": 1}
    keys = [row.key for row in found]
    return sorted(keys, key=lambda key: (key.count(":") > 1, -order[key.split(":")[0]]))


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)))
def test_any_order_of_arrival_ends_as_the_calendar_has_it(
    sqlite_url: str, order: list[int]
) -> None:
    """Against `give_back` called by value date, and against the books of another order."""
    expected, unmet = chronological(FACTS)
    house = fresh(sqlite_url)
    claim = settled(house)
    for n in order:
        day, gross, costs = FACTS[n]
        money = (Money(gross, "CNY"), Money(costs, "CNY"))
        receipts = Receipts(f"R{n}", "any", date.fromisoformat(day), *money)
        desk = builders.a_desk(RECOVERED)
        transact(house.engine, partial(recover, claim_id=claim.id, receipts=receipts, desk=desk))
    house.audit()
    assert house.read(verify_recoveries) == ()
    assert given_back(house, claim) == expected
    assert house.settlement(claim).costs_carried_minor == unmet
    fund = house.read(lambda s: pool(s, "zhongshan-2021", "fund", "CNY"))
    assert fund.drawn_minor == 162_000_000 - expected["fund"]
    booked = standing_books(house)
    assert booked["recovery_payable:fund"] == -expected["fund"]
    assert booked["recovery_income:insurer"] == -expected["insurer"]


FACTS = [
    ("2026-06-20", 33_333_31, 0),
    ("2026-07-01", 0, 50_000_00),
    ("2026-08-03", 1_000_000_07, 123_45),
    ("2026-08-09", 2_100_000_00, 9_999),
]
"""Value date, gross and costs."""
_FRESH = itertools.count()


def fresh(url: str) -> House:
    """A house of its own: every example begins with nothing."""
    path = url.removeprefix("sqlite:///")
    copy = f"{path}.{next(_FRESH)}"
    shutil.copy(path, copy)
    return builders.a_house(make_engine(f"sqlite:///{copy}"))


def chronological(facts: list[tuple[str, int, int]]) -> tuple[dict[str, int], int]:
    borne = {
        "fund": 162_000_000, "bank": 78_000_000, "insurer": 48_000_000, "appraiser": 12_000_000,
    }  # fmt: skip
    total, carried = dict.fromkeys(borne, 0), 0
    for _, gross, costs in sorted(facts):
        back = give_back(
            RecoveryRule.PRO_RATA, Standing([borne], total, carried), Recovery(gross, costs)
        )
        total = {party: total[party] + back.parts[party] for party in borne}
        carried = back.costs_carried
    return total, carried


def test_a_corrected_cost_gives_all_back_again(house: House) -> None:
    claim = settled(house)
    row = house.recover(claim, "100001.00", "1.00")
    right = Correction("counsel's bill came in", costs=yuan("10001.00"))
    house.do(correct_recovery, row.id, right, on=PAID)
    (now,) = rows(house, claim)
    assert (now.net_minor, now.costs_minor) == (9_000_000, 1_000_100)
    assert given_back(house, claim)["insurer"] == 1_440_000
    assert house.kinds("claim", claim.id)[-2:] == ["recoveries_replayed", "recovery_corrected"]
    house.refuse("nothing-corrected", correct_recovery, row.id, right, on=PAID)
    ahead = Correction("x", value_date=PAID + timedelta(days=1))
    house.refuse("invalid", correct_recovery, row.id, ahead, on=PAID)
    house.refuse("invalid", correct_recovery, row.id, Correction("x", Money(1, "EUR")), on=PAID)
    back = Correction("it was another's", costs=yuan("1.00"))
    house.do(correct_recovery, row.id, back, on=PAID)
    assert len(house.read(lambda s: kept.editions(s, row.id))) == 3
    assert rows(house, claim)[0].net_minor == 10_000_000


def pay(payee: str, amount: str, reference: str = "P1", way: Any = "out") -> Payment:
    return Payment(payee, way, yuan(amount), PAID, reference)


def test_a_party_that_was_handed_too_much_owes_it_back(house: House) -> None:
    """54,000.00 paid to the fund; corrected to 48,600.00: 5,400.00 come back."""
    claim = settled(house)
    row = house.recover(claim, "100000.00")
    collect(house, claim)
    house.do(pay_recovery, claim.id, pay("fund", "54000.00"), on=PAID)
    assert house.balances("recovery_payable:fund") == {"recovery_payable:fund": 0}
    wrong = Correction("costs were left out", costs=yuan("10000.00"))
    house.do(correct_recovery, row.id, wrong, on=PAID)
    assert house.balances("recovery_pay")["recovery_payback:fund"] == 540_000
    assert house.balances("recovery_pay")["recovery_payable:fund"] == 0
    house.refuse("recovery-payment-over", pay_recovery, claim.id,
                 pay("fund", "5400.01", "P2", "back"), on=PAID)  # fmt: skip
    house.do(pay_recovery, claim.id, pay("fund", "400.00", "P2", "back"), on=PAID)
    assert house.balances("recovery_pay")["recovery_payback:fund"] == 500_000
    house.do(recover, claim.id, came("MORE", PAID, "5000.00"), on=PAID)  # 2,700 of it the fund's
    assert house.balances("recovery_pay")["recovery_payback:fund"] == 230_000
    (fund,) = (one for one in house.read(lambda s: balances(s, case_of(s, claim.id)))
               if one.payee == "fund")  # fmt: skip
    assert (fund.due, fund.given, fund.to_hand_back, fund.to_give) == (
        5_130_000, 5_360_000, 230_000, 0,
    )  # fmt: skip


def test_the_surplus_is_released_to_the_debtor(house: House) -> None:
    """3,000,000.00 were lost, 3,000,100.00 came: 100.00 are the debtor's (Civil Code 438)."""
    claim = settled(house)
    house.recover(claim, "3000100.00")
    house.refuse("recovery-payment-over", pay_recovery, claim.id,
                 pay("policyholder", "100.01"), on=PAID)  # fmt: skip
    house.do(pay_recovery, claim.id, pay("policyholder", "100.00"), on=PAID)
    assert house.balances("surplus") == {"surplus_payable:policyholder": 0}
    late = came("LATE", date(2026, 8, 1), "0", "30.00")
    house.do(recover, claim.id, late, on=PAID)
    assert house.balances("recovery_payback:policyholder") == {
        "recovery_payback:policyholder": 3_000
    }


@pytest.mark.parametrize(
    ("payment", "code"),
    [
        (pay("insurer", "1.00"), "invalid"),
        (pay("nobody", "1.00"), "invalid"),
        (Payment("fund", "out", Money(1, "EUR"), PAID, "P1"), "invalid"),
        (Payment("fund", "out", yuan("0"), PAID, "P1"), "invalid"),
        (Payment("fund", "out", yuan("1"), PAID + timedelta(days=1), "P1"), "invalid"),
        (pay("fund", "1.00", way="back"), "recovery-payment-over"),
    ],
)
def test_a_payment_that_is_wrong_is_refused(house: House, payment: Payment, code: str) -> None:
    claim = settled(house)
    house.recover(claim, "100.00")
    house.refuse(code, pay_recovery, claim.id, payment, on=PAID)


def test_a_payment_counts_once(house: House) -> None:
    claim = settled(house)
    house.recover(claim, "100.00")
    collect(house, claim)
    house.do(pay_recovery, claim.id, pay("fund", "1.00"), on=PAID)
    house.refuse("recovery-payment-twice", pay_recovery, claim.id, pay("fund", "1.00"), on=PAID)


def test_a_pool_that_spent_what_it_got_back_is_asked_for_more(house: House) -> None:
    """What a pool gets back it can pay again; handing it back then needs a contribution."""
    claim = settled_poor(house)
    row = house.recover(claim, "1000000.00")
    other = a_risk(cover=ZHONGSHAN, borrower={"register_id": "91442000MA4OTHER02"})
    house.settled(house.policy(other), on=RECOVERED)
    wrong = Correction("the sale was undone", gross=yuan("500000.00"))
    refused = house.refuse("pool-short", correct_recovery, row.id, wrong, on=PAID)
    assert "270,000.00" in refused.faults[0].problem


def settled_poor(house: House) -> ClaimRow:
    house.pool(shipped("zhongshan-2021"), "fund", yuan("1620000.00"))
    return house.settled(house.policy(a_risk(cover=ZHONGSHAN)))


def test_an_account_of_a_period_opens_where_the_last_one_closed(house: House) -> None:
    claim = settled(house)
    row = house.recover(claim, "100000.00")
    collect(house, claim)
    house.do(pay_recovery, claim.id, pay("fund", "54000.00"), on=PAID)
    house.do(correct_recovery, row.id, Correction("x", costs=yuan("10000.00")), on=PAID)

    def of(opens: date, closes: date) -> dict[str, Any]:
        found = house.read(lambda s: accounts(s, case_of(s, claim.id), opens, closes))
        return {one.closing.payee: one for one in found}

    first = of(date(2026, 1, 1), RECOVERED)["fund"]
    second = of(RECOVERED + timedelta(days=1), PAID)["fund"]
    assert first.closing == second.opening
    assert (first.closing.due, second.closing.due) == (5_400_000, 4_860_000)
    assert second.closing.to_hand_back == 540_000
    assert [(one.why, one.due, one.given) for one in second.movements] == [
        ("x", -540_000, 0), ("paid", 0, 5_400_000),
    ]  # fmt: skip
    own = of(date(2026, 1, 1), PAID)["insurer"]
    assert own.closing.due == own.closing.given == 1_440_000


def test_an_origin_is_one_of_the_list(house: House) -> None:
    claim = settled(house)
    row = house.do(recover, claim.id, came("A", RECOVERED, "1.00", origin="set_off"), on=RECOVERED)
    assert house.read(lambda s: kept.origin(s, row.id)) == "set_off"
    wrong = came("B", RECOVERED, "1.00", origin="luck")
    house.refuse("invalid", recover, claim.id, wrong, on=RECOVERED)


def test_a_new_settlement_gives_all_back_on_its_own_tranches(house: House) -> None:
    """The fund had 1,000,000.00 of 1,620,000.00: the bank was given a part for the rest.

    The fund is filled and the loss shared anew: 62,000.00 of 300,000.00 were the fund's.
    """
    funded = house.pool(shipped("zhongshan-2021"), "fund", yuan("1000000.00"))
    claim = house.settled(house.policy(a_risk(cover=ZHONGSHAN)))
    first = house.recover(claim, "300000.00")
    assert first.parts == {
        "fund": 10_000_000, "bank": 7_800_000, "insurer": 4_800_000, "appraiser": 1_200_000,
        "uncovered": 6_200_000,
    }  # fmt: skip
    house.do(pay_recovery, claim.id, pay("bank", "140000.00"), on=PAID)
    house.do(contribute, funded.id, yuan("5000000.00"), key="C1", on=PAID)
    house.do(recompute, claim.id, "the fund was filled", on=PAID)
    (row,) = rows(house, claim)
    assert row.parts == {
        "fund": 16_200_000, "bank": 7_800_000, "insurer": 4_800_000, "appraiser": 1_200_000,
    }  # fmt: skip
    assert house.balances("recovery_pay") == {
        "recovery_payable:appraiser": -1_200_000,
        "recovery_payable:bank": 0,
        "recovery_payable:fund": -16_200_000,
        "recovery_payback:bank": 6_200_000,
    }
    fund = house.read(lambda s: pool(s, "zhongshan-2021", "fund", "CNY"))
    assert fund.drawn_minor == 162_000_000 - 16_200_000
    assert house.read(verify_recoveries) == ()
    old, new = house.read(lambda s: kept.editions(s, row.id))
    assert old.settlement_id != new.settlement_id == house.settlement(claim).id


def statements(house: House, claim: ClaimRow) -> list[Any]:
    """The statements of a claim's recoveries, as they are printed, in order."""
    papers = house.read(lambda s: books.documents(s, books.Subject("claim", claim.id)))
    said = (read_stated(one.stated) for one in papers if one.kind == "recovery_statement")
    return sorted(said, key=lambda one: one.number)


def check_statements(found: list[Any]) -> None:
    """Before and now are in total, and before is what the statement before had in total."""
    told: dict[str, int] = {}
    for one in found:
        for line in one.parties:
            assert told.get(line.party, 0) == line.before.minor
            assert line.before + line.now == line.in_total
            told[line.party] = line.in_total.minor
        assert sum(told.values()) == one.total.in_total.minor


def test_a_statement_lists_what_a_late_recovery_changed(house: House) -> None:
    """The loss is 3,000,000.00. 2,999,999.00 came on 1 September; 2.00 of July come to light.

    Then 1.00 of the first is over: the statement of the second says so.
    """
    claim = settled(house)
    house.do(recover, claim.id, came("ONE", RECOVERED, "2999999.00"), on=RECOVERED)
    house.do(recover, claim.id, came("TWO", date(2026, 7, 1), "2.00"), on=RECOVERED)
    first, second = statements(house, claim)
    assert (first.changed, first.surplus.minor) == ((), 0)
    assert (second.surplus.minor, second.surplus_to) == (100, "示范机械有限公司")
    assert second.total.now.minor == 100
    (anew,) = second.changed
    assert (anew.reference, anew.before.minor, anew.now.minor) == ("ONE", 299_999_900, 299_999_800)
    assert (anew.surplus_before.minor, anew.surplus_now.minor) == (0, 100)
    check_statements([first, second])


def test_a_statement_lists_what_was_put_right_in_between(house: House) -> None:
    """A correction and a new settlement send no statement: the next one lists what they changed."""
    funded = house.pool(shipped("zhongshan-2021"), "fund", yuan("1000000.00"))
    claim = house.settled(house.policy(a_risk(cover=ZHONGSHAN)))
    row = house.recover(claim, "300000.00")
    house.do(correct_recovery, row.id, Correction("x", costs=yuan("10000.00")), on=PAID)
    house.do(contribute, funded.id, yuan("5000000.00"), key="C1", on=PAID)
    house.do(recompute, claim.id, "the fund was filled", on=PAID)
    house.do(recover, claim.id, came("TWO", PAID, "1000.00"), on=PAID)
    house.do(recover, claim.id, came("THREE", PAID, "1000.00"), on=PAID)
    found = statements(house, claim)
    assert [len(one.changed) for one in found] == [0, 1, 0]
    check_statements(found)
    gone = {line.party: line for line in found[1].parties}["银行未获分担部分 bank, uncovered"]
    assert (gone.borne.minor, gone.before.minor, gone.in_total.minor) == (0, 6_200_000, 0)
    assert found[1].changed[0].more.minor == -1_000_000


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)))
def test_statements_add_up_in_any_order_of_arrival(sqlite_url: str, order: list[int]) -> None:
    house = fresh(sqlite_url)
    claim = settled(house)
    for n in order:
        day, gross, costs = FACTS[n]
        money = (Money(gross, "CNY"), Money(costs, "CNY"))
        receipts = Receipts(f"R{n}", "any", date.fromisoformat(day), *money)
        house.do(recover, claim.id, receipts, on=RECOVERED)
    found = statements(house, claim)
    check_statements(found)
    expected, _ = chronological(FACTS)
    case = house.read(lambda s: case_of(s, claim.id))
    named = {party_called(case, party): minor for party, minor in expected.items()}
    assert {line.party: line.in_total.minor for line in found[-1].parties} == named
