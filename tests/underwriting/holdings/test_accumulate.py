"""A policy counts, counts otherwise, counts no longer; the rows and the moves agree."""

from datetime import date, timedelta
from typing import Any

import pytest
from builders import House, a_desk
from insurer import FAMILY, GROUP, MILLION, OBLIGOR, TODAY, YUAN, policy_rows
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from kernel.db.engine import read, transact
from underwriting.accumulate import Counted, accumulate, release
from underwriting.holdings import store
from underwriting.holdings.exposed import exposures_of
from underwriting.holdings.tables import AccumulationRow, RetentionRow
from underwriting.portfolio.exposures import Held
from underwriting.portfolio.keys import Dimension, Key
from underwriting.tables import PolicyRow

LAST = date(2026, 3, 2)
KEYS = (OBLIGOR, GROUP, FAMILY)


def a_count(minor: int = 3 * MILLION, **changes: Any) -> Counted:
    stated = {"minor": minor, "retained": minor // 2, "premium": minor // 50, "ends_on": LAST}
    return Counted(**(stated | changes))


def bound(house: House, keys: tuple[Key, ...] = KEYS, **changes: Any) -> str:
    """A policy that counts; its id."""

    def act(session: Session) -> str:
        (policy,) = policy_rows(session, house.client_id, 1)
        accumulate(session, policy, keys, a_count(**changes), desk=a_desk())
        return policy.id

    return transact(house.engine, act)


def change(house: House, id_: str, act: Any, *args: Any, on: date = TODAY) -> None:
    transact(
        house.engine,
        lambda s: act(s, s.get(PolicyRow, id_), *args, desk=a_desk(on)),
    )


def held(house: House, key: Key, on: date = TODAY) -> Held:
    return read(house.engine, lambda s: exposures_of(s, [key], "CNY", on)).at(key)


def moves(house: House, id_: str) -> list[tuple[int, int]]:
    def act(session: Session) -> list[tuple[int, int]]:
        rows = session.exec(select(RetentionRow).where(RetentionRow.policy_id == id_))
        return sorted((row.retained_minor, row.premium_minor) for row in rows)

    return read(house.engine, act)


def test_a_policy_counts_under_each_of_its_keys_once(house: House) -> None:
    id_ = bound(house, (*KEYS, FAMILY))
    rows = read(house.engine, lambda s: store.of_policy(s, id_))
    assert [(row.dimension, row.name) for row in rows] == sorted(
        (k.dimension.value, k.name) for k in KEYS
    )
    for key in KEYS:
        assert held(house, key) == Held(3 * MILLION, 1, {"pledge_guarantee": 3 * MILLION // 2})
    assert moves(house, id_) == [(3 * MILLION // 2, 60_000 * YUAN)]


def test_it_counts_until_its_last_day(house: House) -> None:
    bound(house)
    assert held(house, FAMILY, LAST).policies == 1
    assert held(house, FAMILY, LAST + timedelta(days=1)) == Held(0, 0)


def test_a_change_replaces_what_stood_and_writes_the_difference(house: House) -> None:
    id_ = bound(house)
    other = Key(Dimension.FAMILY, "CN-FAMILY-2")
    less = a_count(2 * MILLION, ends_on=LAST + timedelta(days=60))
    change(house, id_, accumulate, (OBLIGOR, GROUP, other), less, on=TODAY + timedelta(days=9))
    assert held(house, OBLIGOR, LAST + timedelta(days=60)).minor == 2 * MILLION
    assert held(house, other).minor == 2 * MILLION
    assert held(house, FAMILY, TODAY + timedelta(days=8)).policies == 1, "until the day before"
    assert held(house, FAMILY, TODAY + timedelta(days=9)) == Held(0, 0)
    assert moves(house, id_) == sorted([
        (3 * MILLION // 2, 60_000 * YUAN), (-MILLION // 2, -20_000 * YUAN),
    ])  # fmt: skip


def test_a_key_that_comes_back_counts_again(house: House) -> None:
    id_ = bound(house)
    change(house, id_, accumulate, (OBLIGOR,), a_count(), on=TODAY + timedelta(days=1))
    change(house, id_, accumulate, KEYS, a_count(), on=TODAY + timedelta(days=2))
    assert held(house, FAMILY, LAST).policies == 1
    assert len(read(house.engine, lambda s: store.of_policy(s, id_))) == 3
    assert len(moves(house, id_)) == 1, "nothing changed in what is kept"


def test_a_cancelled_policy_counts_no_longer_and_keeps_its_earned_premium(house: House) -> None:
    id_ = bound(house)
    gone = TODAY + timedelta(days=100)
    change(house, id_, release, gone - timedelta(days=1), 16_000 * YUAN, on=gone)
    assert held(house, OBLIGOR, gone - timedelta(days=1)).policies == 1
    assert held(house, OBLIGOR, gone) == Held(0, 0)
    kept = read(house.engine, lambda s: store.kept_of_policy(s, id_))
    assert kept == (0, 16_000 * YUAN)


def test_a_release_never_prolongs(house: House) -> None:
    id_ = bound(house)
    change(house, id_, release, LAST + timedelta(days=500), 0)
    assert held(house, OBLIGOR, LAST + timedelta(days=1)) == Held(0, 0)


@pytest.mark.parametrize("keys", [(), (GROUP,), (OBLIGOR, Key(Dimension.OBLIGOR, "another"))])
def test_a_policy_has_one_obligor(house: House, keys: tuple[Key, ...]) -> None:
    with pytest.raises(AssertionError, match="one obligor"):
        bound(house, keys)


def test_no_more_is_kept_than_is_insured(house: House) -> None:
    with pytest.raises(AssertionError, match="part of the whole"):
        bound(house, minor=MILLION, retained=MILLION + 1)


@pytest.mark.parametrize("table", [RetentionRow, AccumulationRow])
def test_moves_only_grow(house: House, table: type[RetentionRow | AccumulationRow]) -> None:
    bound(house)

    def act(session: Session) -> None:
        row = session.exec(select(table)).first()
        row.retained_minor = 1
        session.add(row)
        session.flush()

    if table is AccumulationRow:
        transact(house.engine, act)  # it follows its policy
        return
    with pytest.raises(DBAPIError, match="only grows"):
        transact(house.engine, act)


def test_what_two_policies_keep_is_what_their_moves_add_up_to(house: House) -> None:
    for minor in (MILLION, 2 * MILLION):
        bound(house, minor=minor)
    found = read(house.engine, lambda s: exposures_of(s, KEYS, "CNY", TODAY))
    assert found.written["pledge_guarantee"].retained == sum(found.at(OBLIGOR).retained.values())
    assert found.at(FAMILY).policies == 2
