"""Writers of one SQLite file: in the order they came, one at a time, in nobody's way who reads."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from kernel.db import turn
from kernel.db.connect import POOL_SIZE
from kernel.db.engine import make_engine, read, transact
from kernel.db.turn import TURNS, Row, take_turn, turn_of, turns_of
from kernel.errors import Unavailable

MANY = 2 * POOL_SIZE


def waiting(row: Row, count: int) -> None:
    """Wait until so many wait."""
    ends = time.monotonic() + 10
    while len(row._waiting) < count:
        assert time.monotonic() < ends, "nobody queues"
        time.sleep(0.001)


def test_turns_come_in_the_order_of_asking() -> None:
    row, order = Row(), []

    def take(number: int) -> None:
        with row.turn():
            order.append(number)

    with ThreadPoolExecutor(MANY) as pool, row.turn():
        for number in range(MANY):
            pool.submit(take, number)
            waiting(row, number + 1)
        assert order == []
    assert order == list(range(MANY))
    with row.turn():  # and it is free again
        pass


def test_a_turn_is_handed_on_by_one_who_fails() -> None:
    row = Row()
    with pytest.raises(KeyError), row.turn():
        raise KeyError
    with row.turn(patience=0.01):
        pass


def test_patience_ends_with_a_refusal_and_the_row_goes_on() -> None:
    row = Row()
    with row.turn():
        with pytest.raises(Unavailable, match="busy") as refusal, row.turn(patience=0.01):
            pytest.fail("two at once")
        assert refusal.value.code == "database-busy"
        assert not row._waiting
    with row.turn(patience=0.01):
        pass


def test_readers_and_postgresql_take_no_turn(engine: Engine) -> None:
    with turn_of(engine, read_only=False), turn_of(engine, read_only=True):
        if engine.dialect.name == "postgresql":
            with turn_of(engine, read_only=False):
                pass


def test_those_who_wait_to_write_hold_no_connection(sqlite_url: str) -> None:
    """Sixteen writers wait behind a slow one; a reader is served meanwhile."""
    engine, begun, go = make_engine(sqlite_url), Event(), Event()

    def slowly(session: Session) -> None:
        session.execute(text("SELECT 1"))
        begun.set()
        assert go.wait(20)

    with ThreadPoolExecutor(MANY + 1) as pool:
        first = pool.submit(transact, engine, slowly)
        assert begun.wait(20)
        rest = [pool.submit(transact, engine, lambda s: s.execute(text("SELECT 1")).scalar())
                for _ in range(MANY)]  # fmt: skip
        waiting(turn._rows[engine], MANY)
        assert read(engine, lambda s: s.execute(text("SELECT 7")).scalar()) == 7
        assert engine.pool.checkedout() == 1  # type: ignore[attr-defined] # of a queue pool
        go.set()
        assert [one.result() for one in rest] == [1] * MANY
        first.result()
    engine.dispose()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork")
def test_a_fork_takes_no_turn_along(sqlite_url: str, fork: Callable[[Callable[[], None]], int]
                                    ) -> None:  # fmt: skip
    """A server is forked while somebody writes: the child is not kept waiting for ever."""
    engine = make_engine(sqlite_url)

    def child() -> None:
        with turn_of(engine, read_only=False):
            pass

    with turn_of(engine, read_only=False):
        assert fork(child) == 0
    engine.dispose()


@pytest.fixture
def fork() -> Callable[[Callable[[], None]], int]:
    """Run a function in a fork of this process, at most ten seconds; return its exit status."""

    def run(work: Callable[[], None]) -> int:
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                work()
                status = 0
            finally:
                os._exit(status)
        ends = time.monotonic() + 10
        while time.monotonic() < ends:
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                return status
            time.sleep(0.01)
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        return -1

    return run


def test_an_act_is_run_again_once_it_has_its_turn(engine: Engine) -> None:
    """On PostgreSQL what was read before the turn is read anew; SQLite takes one writer anyway."""
    held: list[frozenset[str] | None] = []

    def act(session: Session) -> str:
        held.append(session.info.get(TURNS))
        take_turn(session, "b")
        take_turn(session, "a")
        return "done"

    assert transact(engine, act) == "done"
    runs = [frozenset(), frozenset("b"), frozenset("ab")]
    assert held == (runs if engine.dialect.name == "postgresql" else [None])


def test_those_who_want_the_same_never_meet(engine: Engine) -> None:
    """Each reads what the one before left; nobody is given up, and other queues do not wait."""
    transact(engine, lambda s: s.connection().execute(text("CREATE TABLE purse (paid INTEGER)")))
    transact(engine, lambda s: s.connection().execute(text("INSERT INTO purse VALUES (0)")))
    runs: list[int] = []

    def draw(session: Session) -> None:
        take_turn(session, "purse")
        runs.append(1)
        paid = session.connection().scalar(text("SELECT paid FROM purse"))
        time.sleep(0.002)
        session.connection().execute(text("UPDATE purse SET paid = :new"), {"new": paid + 1})

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(transact, engine, draw) for _ in range(30)]:
            done.result()
    count = lambda s: s.connection().scalar(text("SELECT paid FROM purse"))  # noqa: E731 - one line
    assert read(engine, count) == 30
    assert len(runs) == 30


def test_an_act_that_fails_gives_its_turn_back(engine: Engine) -> None:
    def fail(session: Session) -> None:
        take_turn(session, "purse")
        raise KeyError

    for _ in range(MANY):
        with pytest.raises(KeyError):
            transact(engine, fail)
    transact(engine, lambda s: take_turn(s, "purse"))
    if engine.dialect.name == "postgresql":
        locks = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert read(engine, lambda s: s.connection().scalar(locks)) == 0


def test_another_process_waits_for_the_same_name(postgresql_url: str) -> None:
    """Another engine has rows of its own, as another process has: the database parts them."""
    one, two = make_engine(postgresql_url), make_engine(postgresql_url)
    order: list[str] = []

    def second(session: Session) -> None:
        take_turn(session, "purse")
        order.append("second")

    with ThreadPoolExecutor(1) as pool:
        with turns_of(one, frozenset({"purse"})):
            later = pool.submit(transact, two, second)
            time.sleep(0.2)
            order.append("first")
        later.result()
    assert order == ["first", "second"]
    one.dispose()
    two.dispose()
