"""Six workers against one limit: never overpaid, always paid out, whichever way they decide."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from kernel.clock import FixedClock
from kernel.db import books
from kernel.db.books import Subject
from kernel.db.engine import read, transact
from kernel.db.verify import verify_events

_LIMIT, _DRAW, _WORKERS, _EACH = 1000, 10, 6, 40

_TABLES = (
    "CREATE TABLE purse (id INTEGER PRIMARY KEY, paid INTEGER NOT NULL)",
    "CREATE TABLE draw (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL)",
    "INSERT INTO purse VALUES (1, 0)",
)


def _run(statement: str, session: Session) -> None:
    session.connection().execute(text(statement))


@pytest.fixture
def purse(engine: Engine) -> Engine:
    for statement in _TABLES:
        transact(engine, partial(_run, statement))
    return engine


def _draw_on_row(session: Session, number: int) -> bool:
    """Decide on a row that was read, then write the sum that was worked out."""
    del number
    paid = session.connection().scalar(text("SELECT paid FROM purse WHERE id = 1"))
    if paid + _DRAW > _LIMIT:
        return False
    session.connection().execute(text("UPDATE purse SET paid = :new"), {"new": paid + _DRAW})
    return True


def _draw_on_sum(session: Session, number: int) -> bool:
    """Decide on a SUM, then insert a row: nothing that two workers both update."""
    paid = session.connection().scalar(text("SELECT COALESCE(SUM(amount), 0) FROM draw"))
    if paid + _DRAW > _LIMIT:
        return False
    values = {"id": number, "amount": _DRAW}
    session.connection().execute(text("INSERT INTO draw VALUES (:id, :amount)"), values)
    return True


@pytest.mark.parametrize(
    ("act", "question"),
    [
        (_draw_on_row, "SELECT paid FROM purse"),
        (_draw_on_sum, "SELECT SUM(amount) FROM draw"),
    ],
    ids=["row", "sum"],
)
def test_a_limit_is_met_exactly_and_never_passed(
    purse: Engine, act: Callable[..., bool], question: str
) -> None:
    def work(worker: int) -> int:
        numbers = range(worker * _EACH, (worker + 1) * _EACH)
        return sum(transact(purse, partial(act, number=number)) for number in numbers)

    with ThreadPoolExecutor(_WORKERS) as pool:
        granted = sum(pool.map(work, range(_WORKERS)))
    paid = read(purse, lambda session: session.connection().scalar(text(question)))
    assert (paid, granted * _DRAW) == (_LIMIT, _LIMIT)


def test_events_of_one_subject_queue_without_gap(engine: Engine, clock: FixedClock) -> None:
    subject = Subject("pool", "pl_1")

    def work(worker: int) -> None:
        for _ in range(10):
            transact(
                engine,
                lambda s: books.note(s, subject, "drawn", {}, actor=f"w{worker}", at=clock.now()),
            )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    trail = read(engine, lambda session: books.events(session, subject))
    assert [row.sequence for row in trail] == list(range(1, 41))
    assert read(engine, verify_events) == ()


def test_one_key_acts_once(engine: Engine, clock: FixedClock) -> None:
    """Eight submitters of one request: one acts, all get the same answer."""

    def submit(worker: int) -> bytes:
        def act(session: Session) -> bytes:
            known = books.recall(session, scope="pa_1/settle", key="k", request_sha256="0" * 64)
            if known:
                return known.response
            books.enqueue(session, Subject("claim", "cl_1"), "paid", {}, at=clock.now())
            return books.remember(
                session,
                scope="pa_1/settle",
                key="k",
                request_sha256="0" * 64,
                status=201,
                response=b"by %d" % worker,
                content_type="application/json",
                at=clock.now(),
            ).response

        return transact(engine, act)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(submit, range(8)))
    assert len(answers) == 1
    assert len(transact(engine, books.unsent)) == 1
