"""What payees are ordered to be given and to hand back comes to what they are due."""

from datetime import date

from builders import RECOVERED, House, a_risk, shipped, yuan
from money_moves import collect

from claims.correct_recovery import Correction, correct_recovery
from claims.disposal.account import balances
from claims.facts import case_of
from claims.pay_recovery import Payment, pay_recovery
from claims.recompute import recompute
from claims.recover import Receipts, recover
from claims.tables import ClaimRow
from kernel.db import books
from kernel.db.engine import transact
from underwriting.register import contribute
from underwriting.store import pool

ZHONGSHAN = {"scheme": "zhongshan-2021"}
EARLY, PAID = date(2026, 8, 1), date(2026, 10, 1)
SIGNS = {"give_back": 1, "give_back_withdrawn": -1, "hand_back": -1, "hand_back_withdrawn": 1}


def settled(house: House, money: str = "70000000.00") -> ClaimRow:
    """A loss of 3,000,000.00: fund 54, bank 26, insurer 16, appraiser 4 %."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan(money))
    claim: ClaimRow = house.settled(house.policy(a_risk(cover=ZHONGSHAN)))
    return claim


def came(house: House, claim: ClaimRow, reference: str, day: date, gross: str) -> None:
    one = Receipts(reference, "sale of the right", day, yuan(gross), yuan("0"))
    house.do(recover, claim.id, one, on=PAID)


def ordered(house: House, payee: str) -> list[tuple[str, int]]:
    """Topic and minor units of each order for a payee, in order."""
    found = sorted(transact(house.engine, books.unsent), key=lambda one: one.sequence)
    return [
        (one.topic, one.payload["amount_minor"])
        for one in found
        if one.topic in SIGNS and one.payload["party"] == payee
    ]


def check(house: House, claim: ClaimRow) -> None:
    """Orders, less what was withdrawn, are what each payee is due; the issuer has none."""
    for one in house.read(lambda s: balances(s, case_of(s, claim.id))):
        told = ordered(house, one.payee)
        assert sum(SIGNS[topic] * minor for topic, minor in told) == one.due, one
        assert all(minor > 0 for _, minor in told)
    assert ordered(house, "insurer") == ordered(house, "uncovered") == []


def test_a_late_recovery_orders_what_is_due_beside_the_first(house: House) -> None:
    """2,000,000.00, then 1,500,000.00 of a day before: 500,000.00 are the debtor's in the end."""
    claim = settled(house)
    came(house, claim, "ONE", RECOVERED, "2000000.00")
    came(house, claim, "TWO", EARLY, "1500000.00")
    assert ordered(house, "fund") == [("give_back", 108_000_000), ("give_back", 54_000_000)]
    assert ordered(house, "policyholder") == [("give_back", 50_000_000)]
    check(house, claim)


def test_a_correction_orders_what_is_more_and_withdraws_what_is_less(house: House) -> None:
    claim = settled(house)
    row = house.recover(claim, "100000.00")
    for gross in ("150000.00", "50000.00"):
        house.do(correct_recovery, row.id, Correction(gross, gross=yuan(gross)), on=PAID)
    assert ordered(house, "fund") == [
        ("give_back", 5_400_000), ("give_back", 2_700_000), ("give_back_withdrawn", 5_400_000),
    ]  # fmt: skip
    check(house, claim)


def test_what_was_paid_is_asked_back_by_the_difference(house: House) -> None:
    """40,000.00 of 54,000.00 were paid to the fund; what it owes back goes off what comes next."""
    claim = settled(house)
    collect(house, claim)
    row = house.recover(claim, "100000.00")
    house.do(pay_recovery, claim.id, Payment("fund", "out", yuan("40000"), PAID, "P1"), on=PAID)
    for gross in ("50000.00", "40000.00", "100000.00"):
        house.do(correct_recovery, row.id, Correction(gross, gross=yuan(gross)), on=PAID)
    assert ordered(house, "fund") == [
        ("give_back", 5_400_000),
        ("give_back_withdrawn", 1_400_000), ("hand_back", 1_300_000),
        ("hand_back", 540_000),
        ("give_back", 1_400_000), ("hand_back_withdrawn", 1_840_000),
    ]  # fmt: skip
    check(house, claim)


def test_a_new_settlement_orders_what_it_changes(house: House) -> None:
    """What nobody bore was ordered to the bank; the fund is filled, and 62,000.00 are its."""
    claim = settled(house, "1000000.00")
    house.recover(claim, "300000.00")
    assert ordered(house, "bank") == [("give_back", 14_000_000)]
    check(house, claim)
    fund = house.read(lambda s: pool(s, "zhongshan-2021", "fund", "CNY"))
    house.do(contribute, fund.id, yuan("5000000.00"), key="C1", on=PAID)
    house.do(recompute, claim.id, "the fund was filled", on=PAID)
    assert ordered(house, "bank")[1:] == [("give_back_withdrawn", 6_200_000)]
    assert ordered(house, "fund") == [("give_back", 10_000_000), ("give_back", 6_200_000)]
    check(house, claim)
