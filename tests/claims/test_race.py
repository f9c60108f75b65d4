"""Claims that race for one pool: all of it is paid out, and not a fen more."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from builders import RECOVERED, SETTLED, House, a_desk, a_notice, a_risk, shipped, yuan

from claims.notify import notify
from claims.recover import Receipts, recover
from claims.settle import settle
from claims.tables import ClaimRow
from kernel.db.engine import transact
from kernel.errors import Conflict
from underwriting import store as contracts

FUND = "pool_money:zhongshan-2021:fund"


def claims_on_one_pool(house: House, money: str, number: int) -> list[ClaimRow]:
    """Accepted claims whose shares of the fund are 1,620,000.00 each."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan(money))
    risks = [
        a_risk(cover={"scheme": "zhongshan-2021"}, borrower={"register_id": f"9144200{n:011}"})
        for n in range(number)
    ]
    return [house.accepted(house.policy(risk)) for risk in risks]


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run acts at one time, each in a thread."""
    with ThreadPoolExecutor(len(acts)) as clerks:
        return [one.result() for one in [clerks.submit(act) for act in acts]]


def settling(house: House, claim: ClaimRow) -> Callable[[], Any]:
    desk = a_desk(SETTLED)
    return lambda: transact(house.engine, lambda s: settle(s, claim.id, desk=desk))


def test_a_pool_is_paid_out_exactly(house: House) -> None:
    """4,000,000.00 for four claims on 1,620,000.00 each."""
    claims = claims_on_one_pool(house, "4000000.00", 4)
    together([settling(house, claim) for claim in claims])
    house.audit()
    paid = sorted(house.shares(claim)["fund"] for claim in claims)
    assert paid == [0, 76_000_000, 162_000_000, 162_000_000]
    uncovered = sum(house.settlement(claim).uncovered_minor for claim in claims)
    assert uncovered == 4 * 162_000_000 - 400_000_000
    assert house.balances(FUND) == {FUND: 0}
    pool = house.read(lambda s: contracts.pool(s, "zhongshan-2021", "fund", "CNY"))
    assert pool.drawn_minor == pool.contributed_minor


def test_one_claim_is_settled_once(house: House) -> None:
    """Whoever comes second is refused; the bank is paid once."""
    (claim,) = claims_on_one_pool(house, "4000000.00", 1)

    def attempt() -> bool:
        try:
            settling(house, claim)()
        except Conflict:
            return False
        return True

    assert sorted(together([attempt] * 3)) == [False, False, True]
    house.audit()
    assert house.balances("cash") == {"cash": -48_000_000}


def test_one_default_is_notified_once(house: House) -> None:
    policy, desk = house.policy(), a_desk(SETTLED)

    def attempt() -> bool:
        try:
            transact(house.engine, lambda s: notify(s, a_notice(policy), desk=desk))
        except Conflict:
            return False
        return True

    assert sorted(together([attempt] * 3)) == [False, False, True]
    house.audit()


def test_recoveries_of_one_claim_queue(house: House) -> None:
    (claim,) = claims_on_one_pool(house, "4000000.00", 1)
    settling(house, claim)()
    desk = a_desk(RECOVERED)

    def act(number: int) -> Callable[[], Any]:
        one = Receipts(f"R{number}", "a sale", RECOVERED, yuan("1000000.00"), yuan("0.00"))
        return lambda: transact(house.engine, lambda s: recover(s, claim.id, one, desk=desk))

    rows = together([act(number) for number in range(4)])
    house.audit()
    assert sorted(row.sequence for row in rows) == [1, 2, 3, 4]
    assert sum(row.surplus_minor for row in rows) == 100_000_000
    assert house.balances(FUND) == {FUND: 400_000_000}
