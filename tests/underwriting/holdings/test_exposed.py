"""What the books hold under a key: two statements that agree with counting by hand."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import House, a_desk
from insurer import FAMILY, GROUP, MILLION, OBLIGOR, TODAY, YUAN, a_means, policy_rows
from sqlalchemy import event
from sqlmodel import Session, col, select

from kernel.db.engine import make_engine, read, transact
from underwriting.accumulate import Counted, accumulate
from underwriting.holdings import store
from underwriting.holdings.exposed import exposures_of
from underwriting.holdings.limits_today import limits_today
from underwriting.holdings.tables import AccumulationRow, MeansRow, RetentionRow
from underwriting.portfolio.exposures import Held, Written
from underwriting.portfolio.keys import Dimension, Key
from underwriting.portfolio.limits import load_limits
from underwriting.state_means import state_means

KEYS = [OBLIGOR, GROUP, FAMILY, Key(Dimension.BANK, "一家银行"), Key(Dimension.POOL, "x/fund")]
PRODUCTS = ("pledge_guarantee", "infringement_loss")


def fill(session: Session, client_id: str, seed: int, count: int = 40) -> None:
    """Policies of two products and two currencies, some over, under some of the keys."""
    draw = random.Random(seed)
    for _ in range(count):
        (policy,) = policy_rows(
            session,
            client_id,
            1,
            product=draw.choice(PRODUCTS),
            currency=draw.choice(["CNY", "USD"]),
            ends_on=TODAY + timedelta(days=draw.randint(-30, 400)),
        )
        minor = draw.randint(0, 10**12)
        counted = Counted(
            minor=minor,
            retained=draw.randint(0, minor),
            premium=draw.randint(0, 10**9),
            ends_on=policy.ends_on,
        )
        obligor = draw.choice([OBLIGOR, Key(Dimension.OBLIGOR, "91440000OTHER00001")])
        keys = (obligor, *draw.sample(KEYS[1:], draw.randint(0, 4)))
        on = TODAY - timedelta(days=draw.randint(0, 120))
        accumulate(session, policy, keys, counted, desk=a_desk(on))


def by_hand(session: Session, key: Key, currency: str, on: date) -> Held:
    """The same sum over every row of the table, in Python."""
    rows = [
        row
        for row in session.exec(select(AccumulationRow))
        if (row.dimension, row.name, row.currency) == (*key, currency) and row.ends_on >= on
    ]
    kept = {
        code: sum(row.retained_minor for row in rows if row.product == code)
        for code in {row.product for row in rows}
    }
    return Held(sum(row.minor for row in rows), len(rows), kept or None)


@pytest.mark.parametrize("seed", [1, 2])
def test_sums_agree_with_counting_by_hand(house: House, seed: int) -> None:
    transact(house.engine, lambda s: fill(s, house.client_id, seed))

    def act(session: Session) -> None:
        for currency, on in (("CNY", TODAY), ("USD", TODAY), ("CNY", TODAY + timedelta(days=200))):
            found = exposures_of(session, KEYS, currency, on)
            assert list(found.held) == KEYS, "every key that was asked for is answered"
            for key in KEYS:
                assert found.at(key) == by_hand(session, key, currency, on)
                other = "USD" if currency == "CNY" else "CNY"
                elsewhere = by_hand(session, key, other, on).minor
                assert found.elsewhere.get(key, {}).get(other, 0) == elsewhere
            moved = [
                row
                for row in session.exec(select(RetentionRow))
                if row.currency == currency and found.means and row.moved_on > found.means.as_of
            ]
            for code, written in found.written.items():
                mine = [row for row in moved if row.product == code]
                assert written.retained == sum(row.retained_minor for row in mine)
                year = [row.premium_minor for row in mine if row.moved_on.year == on.year]
                assert written.premium == sum(year)
            assert set(found.written) == {row.product for row in moved}

    read(house.engine, act)


def test_the_report_by_dimension_agrees_and_shows_the_largest_first(house: House) -> None:
    transact(house.engine, lambda s: fill(s, house.client_id, 3))

    def act(session: Session) -> None:
        for dimension in Dimension:
            rows = store.accumulations(session, dimension, TODAY, limit=200)
            sums = [row.held.minor for row in rows]
            assert sums == sorted(sums, reverse=True)
            for row in rows:
                hand = by_hand(session, row.key, row.currency, TODAY)
                assert (row.held.minor, row.held.policies) == hand[:2]
                assert sum(row.held.retained.values()) == sum(hand.retained.values())
        under = store.policies_under(session, FAMILY, TODAY, limit=200)
        cny = [row.minor for row in under if row.currency == "CNY"]
        assert (sum(cny), len(cny)) == by_hand(session, FAMILY, "CNY", TODAY)[:2]
        assert len(store.accumulations(session, Dimension.OBLIGOR, TODAY, limit=1)) == 1

    read(house.engine, act)


def test_limits_of_the_day_show_the_key_that_uses_most(house: House) -> None:
    transact(house.engine, lambda s: fill(s, house.client_id, 4))

    def act(session: Session) -> None:
        standing = limits_today(session, load_limits(), "CNY", TODAY)
        assert standing.findings == ()
        guarantee = {"pledge_guarantee", "customs_guarantee"}
        rows = {(row.grounds.code, row.key and row.key.dimension): row for row in standing.rows}
        assert len(rows) == len(standing.rows)
        written = standing.exposures.written["pledge_guarantee"].retained
        assert rows["guarantee-total", None].used == 5 * 10**11 + written
        for (code, dimension), row in rows.items():
            assert row.added == 0
            if row.key is not None and not row.key.name:
                assert store.accumulations(session, dimension, TODAY, limit=1) == []
            elif code == "single-obligor":
                hands = [
                    by_hand(session, Key(dimension, name), "CNY", TODAY).kept_of(guarantee)
                    for name in set(session.exec(select(AccumulationRow.name)))
                ]
                assert row.used == max(hands)
            elif not row.statutory:
                assert row.used == by_hand(session, row.key, "CNY", TODAY).minor
        poor = limits_today(session, load_limits(), "USD", TODAY)
        assert [found.code for found in poor.findings] == ["means-not-stated"]
        assert not any(row.statutory for row in poor.rows)

    read(house.engine, act)


def test_the_newest_means_known_on_the_day_stand(house: House) -> None:
    first, second = a_means(currency="EUR"), a_means(currency="EUR", as_of=date(2025, 3, 31))
    for means in (first, replace(second, net_assets=7)):
        transact(house.engine, lambda s, m=means: state_means(s, m, desk=a_desk(date(2025, 5, 1))))

    def stands(on: date) -> Any:
        return read(house.engine, lambda s: exposures_of(s, (), "EUR", on)).means

    assert stands(date(2024, 12, 30)) is None
    assert stands(date(2025, 3, 30)) == first
    assert stands(date(2025, 3, 31)).net_assets == 7
    assert read(house.engine, lambda s: exposures_of(s, (), "SGD", TODAY)).means is None


def test_means_of_a_house_that_wrote_nothing_since(house: House) -> None:
    assert read(house.engine, lambda s: exposures_of(s, KEYS, "CNY", TODAY)).written == {}


def test_two_statements_answer_any_number_of_keys(house: House) -> None:
    asked: list[str] = []

    def act(session: Session) -> None:
        event.listen(
            house.engine, "before_cursor_execute", lambda *a: asked.append(a[2]), named=False
        )
        exposures_of(session, [Key(Dimension.FAMILY, f"F{n}") for n in range(50)], "CNY", TODAY)

    read(house.engine, act)
    assert sum(one.lstrip().startswith("SELECT") for one in asked) == 2


def test_sqlite_answers_from_the_indexes_alone(sqlite_url: str) -> None:
    """Otherwise a quote would read the whole table, and get slower with every policy."""
    engine = make_engine(sqlite_url)
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    read(engine, lambda s: exposures_of(s, KEYS, "CNY", TODAY))
    plans = []
    with engine.connect() as connection:
        for statement, given in asked:
            if statement.lstrip().startswith("SELECT"):
                found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
                plans += [row[3] for row in found]
    engine.dispose()
    assert (
        sum("COVERING INDEX ix_accumulation_key (dimension=? AND name=?" in p for p in plans) == 5
    )
    assert any("COVERING INDEX ix_retention_moved" in plan for plan in plans)
    assert not [p for p in plans if p.startswith("SCAN") and ("accum" in p or "reten" in p)], plans


def test_written_counts_what_moved_after_the_statement(house: House) -> None:
    def act(session: Session) -> None:
        (policy,) = policy_rows(session, house.client_id, 1, currency="GBP")
        state_means(session, a_means(currency="GBP"), desk=a_desk())
        for day, minor in ((date(2024, 12, 31), 5), (date(2025, 1, 1), 9), (TODAY, 12)):
            counted = Counted(
                minor=minor * MILLION, retained=minor * MILLION, premium=minor * YUAN,
                ends_on=policy.ends_on,
            )  # fmt: skip
            accumulate(session, policy, (OBLIGOR,), counted, desk=a_desk(day))
        found = exposures_of(session, (OBLIGOR,), "GBP", TODAY)
        assert found.written == {"pledge_guarantee": Written(7 * MILLION, 7 * YUAN)}
        assert found.at(OBLIGOR).minor == 12 * MILLION
        assert exposures_of(session, (OBLIGOR,), "GBP", TODAY, but=policy.id).at(OBLIGOR) == (
            0,
            0,
            None,
        )
        count = session.exec(select(MeansRow).where(col(MeansRow.currency) == "GBP")).all()
        assert len(count) == 1

    transact(house.engine, act)
