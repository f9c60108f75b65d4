"""ACTS of record: parties, pools and their money, measures."""

from datetime import timedelta
from fractions import Fraction

from builders import QUOTED, House, shipped, yuan

from kernel.db.engine import read
from kernel.money import Money
from kernel.sharing import Scheme
from underwriting import store
from underwriting.register import (
    Measure,
    Opening,
    contribute,
    register_party,
    register_pool,
    state_measure,
)

ZHONGSHAN: Scheme = shipped("zhongshan-2021").scheme
GUANGZHOU: Scheme = shipped("guangzhou-2025").scheme
RATIO = "bank_npl_loss_ratio"


def a_measure(ratio: str = "1/100", days: int = 0) -> Measure:
    return Measure(RATIO, Fraction(ratio), QUOTED + timedelta(days=days), "the bank's report")


def test_a_number_in_the_register_is_one_party(house: House) -> None:
    first = house.do(register_party, "guarantor", "示范担保公司", "91440000GUAR000001")
    assert house.kinds("party", first.id) == ["registered"]
    house.refuse("party-twice", register_party, "bank", "另一名称", "91440000GUAR000001")
    names = [party.name for party in read(house.engine, store.parties)]
    assert sorted(names) == sorted(["示范担保公司", "示范银行", "示范仪器有限公司"])


def test_a_pool_opens_with_its_money(house: House) -> None:
    pool = house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    assert (pool.contributed_minor, pool.drawn_minor, pool.portfolio_minor) == (7 * 10**9, 0, None)
    assert house.balances() == {
        "pool_contributed:zhongshan-2021:fund": -7 * 10**9,
        "pool_money:zhongshan-2021:fund": 7 * 10**9,
    }
    assert house.kinds("pool", pool.id)[0] == "contributed"


def test_a_pool_opens_once(house: House) -> None:
    house.pool(shipped("zhongshan-2021"), "fund", yuan("1.00"))
    house.refuse("pool-twice", register_pool, ZHONGSHAN, "fund", yuan("2.00"), portfolio=None)


def test_a_pool_stands_behind_a_party_of_its_scheme(house: House) -> None:
    refused = house.refuse(
        "invalid", register_pool, ZHONGSHAN, "province_fund", yuan("1.00"), portfolio=None
    )
    assert "fund, bank, insurer, appraiser" in refused.faults[0].cure


def test_a_pool_comes_with_what_it_paid_before(house: House) -> None:
    opening = Opening(drawn=400, paid_this_year=300)
    pool = house.do(
        register_pool, GUANGZHOU, "fund", Money(1000, "CNY"), portfolio=None, opening=opening
    )
    assert (pool.contributed_minor, pool.drawn_minor) == (1000, 400)
    assert house.balances("pool_money") == {"pool_money:guangzhou-2025:fund": 600}
    year = house.read(lambda s: store.pool_year(s, "guangzhou-2025", "fund", "CNY", 2025))
    assert year.paid_minor == 300


def test_a_pool_did_not_pay_more_than_it_had(house: House) -> None:
    house.refuse(
        "invalid", register_pool, ZHONGSHAN, "fund", yuan("1.00"), portfolio=None,
        opening=Opening(drawn=101),
    )  # fmt: skip


def test_a_portfolio_is_in_the_currency_of_its_pool(house: House) -> None:
    house.refuse(
        "invalid", register_pool, ZHONGSHAN, "fund", yuan("1.00"), portfolio=Money(5, "EUR")
    )


def test_a_contribution_counts_once_by_its_key(house: House) -> None:
    pool = house.pool(shipped("zhongshan-2021"), "fund", yuan("100.00"))
    house.do(contribute, pool.id, yuan("50.00"), key="2025-Q2")
    house.refuse("already-posted", contribute, pool.id, yuan("50.00"), key="2025-Q2")
    assert house.do(contribute, pool.id, yuan("0.01"), key="2025-Q3").contributed_minor == 15001
    assert house.balances("pool_money") == {"pool_money:zhongshan-2021:fund": 15001}


def test_a_contribution_is_in_the_currency_of_the_pool(house: House) -> None:
    pool = house.pool(shipped("zhongshan-2021"), "fund", yuan("100.00"))
    house.refuse("invalid", contribute, pool.id, Money(1, "EUR"), key="x")
    house.refuse("no-such-pool", contribute, "pl_none", yuan("1.00"), key="x")


def test_the_newest_measure_up_to_the_day_counts(house: House) -> None:
    for ratio, days in (("1/100", 0), ("4/100", 2), ("2/100", 1)):
        on = QUOTED + timedelta(days=5)
        house.do(state_measure, GUANGZHOU, house.client_id, a_measure(ratio, days), on=on)

    def latest(days: int) -> str:
        on = QUOTED + timedelta(days=days)
        row = house.read(
            lambda s: store.latest_measure(s, "guangzhou-2025", house.client_id, RATIO, on)
        )
        return row.ratio

    assert (latest(0), latest(1), latest(2), latest(9)) == ("1/100", "1/50", "1/25", "1/25")


def test_a_measure_is_watched_and_known(house: House) -> None:
    refused = house.refuse("invalid", state_measure, ZHONGSHAN, house.client_id, a_measure())
    assert refused.faults[0].cure == "watched: none"
    ahead = a_measure(days=1)
    house.refuse("invalid", state_measure, GUANGZHOU, house.client_id, ahead)
    house.refuse("no-such-party", state_measure, GUANGZHOU, "pt_none", a_measure())


def test_a_measure_is_stated_once_a_day(house: House) -> None:
    house.do(state_measure, GUANGZHOU, house.client_id, a_measure())
    house.refuse("measure-twice", state_measure, GUANGZHOU, house.client_id, a_measure("2/100"))
