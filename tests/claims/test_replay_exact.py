"""Replays against exact fractions: ties, days, costs, reversals and over-recovery, worked by hand.

The oracle keeps what each party still bears of each layer and pays whole fen by largest remainder,
ties in the order in which the layer is written. No rule of the house is used in it.
"""

import itertools
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from builders import RECOVERED, House, a_risk, folder_of, scheme_text, yuan

from claims import store
from claims.correct_recovery import Correction, correct_recovery
from claims.disposal import store as kept
from claims.disposal.audit import verify_recoveries
from claims.recompute import share_anew
from claims.recover import Receipts, recover
from claims.tables import ClaimRow
from kernel.db.ledger import posted
from kernel.money import Money
from underwriting.history.store import posted_lines

LAYERS = """
[[layers]]
upto = "1/2"
shares = { guarantor = "1/2", insurer = "1/2" }
[[layers]]
shares = { bank = "1/4", insurer = "1/2", guarantor = "1/4" }
"""
LOWER = {"guarantor": 75_000_000, "insurer": 75_000_000}
UPPER = {"bank": 37_500_000, "insurer": 75_000_000, "guarantor": 37_500_000}
"""Of 3,000,000.00, in fen, each in the order written; by the alphabet the insurer is last."""


class Proceeds(NamedTuple):
    """Value date, gross and costs in fen."""

    on: date
    gross: int
    costs: int


SALE = Proceeds(date(2026, 7, 1), 1_000_003, 0)
FEE = Proceeds(date(2026, 7, 1), 0, 200_002)
EARLY = Proceeds(date(2026, 6, 20), 33_333_331, 7)
NEXT = Proceeds(date(2026, 8, 9), 90_000_005, 123)
BEYOND = Proceeds(date(2026, 8, 20), 250_000_000, 1)


def expected(money: list[Proceeds], rule: str) -> tuple[dict[str, int], int, int]:
    """What each gets, the surplus and the costs unmet, with exact fractions."""
    layers = [dict(LOWER), dict(UPPER)]
    if rule == "pro_rata":
        layers = [{**LOWER, **UPPER, "insurer": 150_000_000, "guarantor": 112_500_000}]
    given, surplus, unmet = dict.fromkeys(("guarantor", "insurer", "bank"), 0), 0, 0
    for _, of_day in itertools.groupby(sorted(money), key=lambda one: one.on):
        for _, gross, costs in sorted(of_day, key=lambda one: one.gross >= one.costs):
            free = gross - costs - unmet
            left, unmet = max(0, free), max(0, -free)
            for layer in reversed(layers):
                paid = _largest_remainder(min(left, sum(layer.values())), layer)
                for party, minor in paid.items():
                    layer[party] -= minor
                    given[party] += minor
                left -= sum(paid.values())
            surplus += left
    return given, surplus, unmet


def _largest_remainder(total: int, owed: dict[str, int]) -> dict[str, int]:
    whole = sum(owed.values())
    quotas = {name: Fraction(total * minor, whole) if whole else Fraction(0)
              for name, minor in owed.items()}  # fmt: skip
    parts = {name: quota.numerator // quota.denominator for name, quota in quotas.items()}
    while sum(parts.values()) < total:  # one unit at a time to whoever lacks most, the first of it
        parts[max(parts, key=lambda name: quotas[name] - parts[name])] += 1
    return parts


def settled(house: House, folder: Path, rule: str) -> ClaimRow:
    text = scheme_text("exact", layers=LAYERS, recovery=rule)
    folder_of(folder, exact=text)
    risk = a_risk(cover={"scheme": "exact"})
    claim = house.settled(house.policy(risk, schemes_folder=folder))
    assert house.shares(claim) == {"guarantor": 112_500_000, "insurer": 150_000_000,
                                   "bank": 37_500_000}  # fmt: skip
    return claim


def bring(house: House, claim: ClaimRow, money: Proceeds, name: str) -> Any:
    sums = (Money(money.gross, "CNY"), Money(money.costs, "CNY"))
    receipts = Receipts(name, "any", money.on, *sums)
    return house.do(recover, claim.id, receipts, on=RECOVERED)


def state(house: House, claim: ClaimRow) -> tuple[dict[str, int], int, int]:
    """What the house gave to each, the surplus and the costs unmet: shares, rows and books."""
    row = house.settlement(claim)
    shares = house.read(lambda s: store.shares(s, row.id))
    given = {share.party: share.given_back_minor for share in shares}
    rows = house.read(lambda s: store.recoveries(s, claim.id))
    surplus = sum(one.surplus_minor for one in rows)
    books = house.balances("recovery") | house.balances("surplus")
    assert books.get("surplus_payable:policyholder", 0) == -surplus
    assert books.get("recovery_costs_carried", 0) == row.costs_carried_minor
    for party, minor in given.items():
        kind = "income" if party == "insurer" else "payable"
        assert books.get(f"recovery_{kind}:{party}", 0) == -minor
    assert house.read(verify_recoveries) == ()
    return given, surplus, row.costs_carried_minor


@pytest.mark.parametrize("rule", ["pro_rata", "reverse"])
def test_each_step_is_what_exact_fractions_give(house: House, tmp_path: Path, rule: str) -> None:
    """Late, of one day with its costs after it, beyond the loss; and again when shared anew."""
    claim, there = settled(house, tmp_path, rule), []
    for number, money in enumerate((SALE, FEE, EARLY, NEXT, BEYOND)):
        bring(house, claim, money, f"R{number}")
        there.append(money)
        assert state(house, claim) == expected(there, rule), money
    before = state(house, claim)
    house.do(share_anew, claim.id, "nothing changed", on=RECOVERED)
    assert state(house, claim) == before


def test_a_tie_falls_to_whoever_the_layer_names_first(house: House, tmp_path: Path) -> None:
    """2 fen on 1/4, 1/2, 1/4: the bank and the guarantor tie; the upper layer names the bank."""
    claim = settled(house, tmp_path, "reverse")
    for number in (1, 2):  # the second is shared on tranches read back
        row = bring(house, claim, Proceeds(date(2026, 7, number), 2, 0), f"R{number}")
        first = {"bank": 1, "insurer": 1, "guarantor": 0}
        assert row.parts == (first if number == 1 else {"bank": 0, "insurer": 1, "guarantor": 1})
    assert state(house, claim)[0] == {"bank": 1, "insurer": 2, "guarantor": 1}


def test_costs_of_a_day_come_off_its_proceeds_whichever_is_recorded_first(
    house: House, tmp_path: Path
) -> None:
    """Proceeds of 10,000.03 and a fee of 2,000.02 of one day: 8,000.01 are shared, none carried."""
    claim = settled(house, tmp_path, "pro_rata")
    bring(house, claim, SALE, "SALE")
    bring(house, claim, FEE, "FEE")
    given, surplus, unmet = state(house, claim)
    assert (sum(given.values()), surplus, unmet) == (800_001, 0, 0)
    sale, fee = house.read(lambda s: store.recoveries(s, claim.id))
    assert (sale.net_minor, fee.net_minor) == (800_001, 0)
    assert house.balances("recovery_costs") == {"recovery_costs_carried": 0}


def test_over_recovery_is_released_and_taken_back_with_its_cause(
    house: House, tmp_path: Path
) -> None:
    """The surplus falls with a correction; each edition stays, its entry reversed exactly once."""
    claim = settled(house, tmp_path, "reverse")
    bring(house, claim, EARLY, "EARLY")
    last = bring(house, claim, BEYOND._replace(gross=280_000_000), "BEYOND")
    assert state(house, claim)[1] == 33_333_324 + 279_999_999 - 300_000_000
    right = Correction("less was paid", gross=yuan("2500000.00"))
    house.do(correct_recovery, last.id, right, on=RECOVERED)
    assert state(house, claim) == expected([EARLY, BEYOND], "reverse")
    first, second = house.read(lambda s: kept.editions(s, last.id))
    assert (first.surplus_minor, second.surplus_minor) == (13_333_323, 0)

    def lines(key: str) -> dict[str, int]:
        return {one.account: one.minor for one in
                house.read(lambda s: posted_lines(s, key))}  # fmt: skip

    entered, turned = lines(f"recovery:{last.id}"), lines(f"recovery-reversal:{last.id}:1")
    assert turned == {account: -minor for account, minor in entered.items()}
    anew = lines(f"recovery:{last.id}:2")
    assert (anew["cash"], "surplus_payable:policyholder" in anew) == (249_999_999, False)
    assert house.read(lambda s: posted(s, f"recovery-reversal:{last.id}:2")) is None
