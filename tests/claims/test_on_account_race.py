"""Payments on account that race for one pool, and one that is cut off half-way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from builders import SETTLED, House, a_desk, a_risk, shipped, yuan
from sqlmodel import Session

from claims.pay_on_account import pay_on_account
from claims.rules.purpose import Purpose
from claims.tables import ClaimRow
from kernel.db.engine import transact
from kernel.errors import Refusal
from underwriting import store as contracts

FUND = "pool_money:zhongshan-2021:fund"


def a_claim(house: House, number: int) -> ClaimRow:
    borrower = {"register_id": f"9144200{number:011}"}
    risk = a_risk(cover={"scheme": "zhongshan-2021"}, borrower=borrower)
    return house.accepted(house.policy(risk))


def paying(house: House, claim: ClaimRow, minor: int) -> Callable[[], bool]:
    def act() -> bool:
        amounts = {"principal": minor}
        try:
            transact(
                house.engine,
                lambda s: pay_on_account(
                    s, claim.id, amounts, Purpose.INTERIM, desk=a_desk(SETTLED)
                ),
            )
        except Refusal:
            return False
        return True

    return act


def test_twenty_payments_at_once_on_one_claim_and_one_pool(house: House) -> None:
    """Ten on each of two claims, 100,000.00 each; the fund has 800,000.00 for its 54 %."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("800000.00"))
    claims = [a_claim(house, 1), a_claim(house, 2)]
    acts = [paying(house, claims[n % 2], 10_000_000) for n in range(20)]
    with ThreadPoolExecutor(20) as clerks:
        done = [one.result() for one in [clerks.submit(act) for act in acts]]
    house.audit()
    assert all(done)
    for claim in claims:
        rows = house.settlements(claim)
        assert [row.sequence for row in rows] == list(range(1, 11))
        assert rows[-1].eligible_minor == 100_000_000
        assert rows[-1].paid_out_minor == 16_000_000
    drawn = sum(house.shares(claim)["fund"] for claim in claims)
    assert drawn == 80_000_000
    assert house.balances(FUND) == {FUND: 0}
    uncovered = sum(house.shares(claim).get("uncovered", 0) for claim in claims)
    assert uncovered == 2 * 54_000_000 - 80_000_000
    pool = house.read(lambda s: contracts.pool(s, "zhongshan-2021", "fund", "CNY"))
    assert pool.drawn_minor == pool.contributed_minor
    assert house.balances("cash") == {"cash": -32_000_000}


def test_more_than_is_asked_is_not_paid_by_a_race(house: House) -> None:
    """Five of 1,000,000.00 on a claim of 3,000,000.00: three are paid, two refused."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    claim = a_claim(house, 3)
    with ThreadPoolExecutor(5) as clerks:
        futures = [clerks.submit(paying(house, claim, 100_000_000)) for _ in range(5)]
    assert sorted(one.result() for one in futures) == [False, False, True, True, True]
    house.audit()
    assert house.balances("cash") == {"cash": -48_000_000}


class Cut(Exception):  # noqa: N818 - the power fails, nobody erred
    """The power fails."""


def _cut(*_: Any, **__: Any) -> None:
    raise Cut


@pytest.mark.parametrize(
    "step",
    [
        "claims.settling.restate.raise_calls",
        "claims.settling.restate.move_pools",
        "kernel.db.gather.into",  # half of the pages are written
    ],
)
def test_a_payment_that_is_cut_off_leaves_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Reversal, new entry, pools and calls stand in one transaction."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    claim = a_claim(house, 4)
    assert paying(house, claim, 100_000_000)()
    before = (house.balances(), house.shares(claim), house.kinds("claim", claim.id))
    with monkeypatch.context() as broken:
        broken.setattr(step, _cut)
        with pytest.raises(Cut):
            transact(house.engine, _again(claim))
    house.audit()
    assert (house.balances(), house.shares(claim), house.kinds("claim", claim.id)) == before
    transact(house.engine, _again(claim))
    house.audit()
    assert house.settlement(claim).sequence == 2


def _again(claim: ClaimRow) -> Callable[[Session], Any]:
    return lambda s: pay_on_account(
        s, claim.id, {"principal": 1_000_000}, Purpose.INTERIM, desk=a_desk(SETTLED)
    )
