"""The one door: commits once, runs again after a lost race, never after an unknown outcome."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, select

from kernel.clock import FixedClock
from kernel.db import books
from kernel.db.books import Subject
from kernel.db.engine import make_engine, read, transact
from kernel.db.tables import OutboxRow
from kernel.errors import Conflict, NotFound, Refusal, Unavailable, invalid

_POLICY = Subject("policy", "po_1")


def _trouble(kind: type[DBAPIError] = OperationalError, **sign: str) -> DBAPIError:
    return kind("COMMIT", {}, SimpleNamespace(**sign))  # type: ignore[arg-type] # a driver's error


def _write(session: Session, clock: FixedClock) -> OutboxRow:
    return books.enqueue(session, _POLICY, "policy.bound", {}, at=clock.now())


def _count(engine: Engine) -> int:
    return read(engine, lambda session: len(session.exec(select(OutboxRow)).all()))


class _Failing:
    """An act that writes, then raises what it is given, run by run, and succeeds at last."""

    def __init__(self, clock: FixedClock, *troubles: Exception) -> None:
        self.clock, self.troubles, self.runs = clock, list(troubles), 0

    def __call__(self, session: Session) -> str:
        self.runs += 1
        _write(session, self.clock)
        if self.troubles:
            raise self.troubles.pop(0)
        return "done"


def test_what_an_act_returns_is_readable_after_the_commit(
    engine: Engine, clock: FixedClock
) -> None:
    row = transact(engine, lambda session: _write(session, clock))
    assert (row.topic, row.created_at, row.sent_at) == ("policy.bound", clock.now(), None)
    assert _count(engine) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        _trouble(sqlstate="40001"),
        _trouble(sqlstate="40P01"),
        _trouble(sqlite_errorname="SQLITE_BUSY"),
        _trouble(sqlite_errorname="SQLITE_BUSY_SNAPSHOT"),
        _trouble(sqlite_errorname="SQLITE_LOCKED"),
        StaleDataError(),
    ],
    ids=["serialization", "deadlock", "busy", "snapshot", "locked", "stale"],
)
def test_a_lost_race_runs_the_whole_act_again(
    engine: Engine, clock: FixedClock, trouble: Exception
) -> None:
    act = _Failing(clock, trouble, trouble, trouble, trouble)
    assert transact(engine, act) == "done"
    assert act.runs == 5
    assert _count(engine) == 1


def test_attempts_are_counted(engine: Engine, clock: FixedClock) -> None:
    act = _Failing(clock, *[_trouble(sqlstate="40001")] * 9)
    with pytest.raises(Unavailable) as refusal:
        transact(engine, act, attempts=4)
    assert (refusal.value.code, act.runs, _count(engine)) == ("database-busy", 4, 0)


def test_a_version_that_stays_stale_is_a_conflict(engine: Engine, clock: FixedClock) -> None:
    act = _Failing(clock, *[StaleDataError()] * 9)
    with pytest.raises(Conflict) as refusal:
        transact(engine, act, attempts=2)
    assert refusal.value.code == "changed-meanwhile"


@pytest.mark.parametrize("sqlstate", ["55P03", "57014"])
def test_a_wait_that_took_too_long_is_not_repeated(
    engine: Engine, clock: FixedClock, sqlstate: str
) -> None:
    act = _Failing(clock, _trouble(sqlstate=sqlstate))
    with pytest.raises(Unavailable) as refusal:
        transact(engine, act)
    assert (refusal.value.code, act.runs, _count(engine)) == ("database-busy", 1, 0)


def test_a_broken_unique_key_is_tried_three_times(engine: Engine, clock: FixedClock) -> None:
    runs = []

    def act(session: Session) -> None:
        runs.append(1)
        row = _write(session, clock)
        session.connection().execute(
            OutboxRow.__table__.insert(),  # type: ignore[attr-defined] # set by the mapper
            {**row.model_dump(), "id": row.id},
        )

    with pytest.raises(IntegrityError):
        transact(engine, act)
    assert (len(runs), _count(engine)) == (3, 0)


def test_a_broken_check_is_not_repeated(engine: Engine, clock: FixedClock) -> None:
    runs = []

    def act(session: Session) -> None:
        runs.append(1)
        _write(session, clock).sequence = 0
        session.flush()

    with pytest.raises(IntegrityError):
        transact(engine, act)
    assert (len(runs), _count(engine)) == (1, 0)


@pytest.mark.parametrize(
    "refusal", [invalid("a", "b", "c"), NotFound("x", *invalid("a", "b", "c").faults)]
)
def test_refusals_pass_through_and_undo(
    engine: Engine, clock: FixedClock, refusal: Refusal
) -> None:
    act = _Failing(clock, refusal)
    with pytest.raises(type(refusal)) as raised:
        transact(engine, act)
    assert raised.value is refusal
    assert (act.runs, _count(engine)) == (1, 0)


def test_acts_are_not_nested(engine: Engine) -> None:
    with pytest.raises(AssertionError, match="does not open another"):
        transact(engine, lambda _: transact(engine, lambda _: None))
    assert transact(engine, lambda _: 1) == 1


def _at_commit(engine: Engine, hook: Callable[[Any], None]) -> None:
    """Run `hook` once, just before the next COMMIT is sent."""

    hooks = [hook]

    def once(connection: Any) -> None:
        if hooks:
            hooks.pop()(connection)

    event.listen(engine, "commit", once)


def test_a_race_lost_at_commit_runs_again(postgresql_url: str, clock: FixedClock) -> None:
    """Two acts decide on what the other has not yet committed; COMMIT itself refuses one."""
    engine, other_engine = make_engine(postgresql_url), make_engine(postgresql_url)
    failed: list[str | None] = []
    event.listen(engine, "handle_error", lambda context: failed.append(context.statement))
    seen: list[int] = []

    with Session(other_engine) as other:
        other.exec(select(OutboxRow)).all()
        books.enqueue(other, Subject("policy", "po_2"), "policy.bound", {}, at=clock.now())

        def act(session: Session) -> None:
            seen.append(len(session.exec(select(OutboxRow)).all()))
            _write(session, clock)
            if len(seen) == 1:
                other.commit()

        transact(engine, act)
    assert failed == [None]  # no statement: it was the COMMIT
    assert seen == [0, 1]
    assert _count(engine) == 2
    engine.dispose()
    other_engine.dispose()


def test_a_connection_lost_at_commit_is_never_repeated(
    postgresql_url: str, clock: FixedClock
) -> None:
    engine, other = make_engine(postgresql_url), make_engine(postgresql_url)

    def cut(connection: Any) -> None:
        pid = connection.connection.driver_connection.info.backend_pid
        with other.connect() as killer:
            killer.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    act = _Failing(clock)
    _at_commit(engine, cut)
    with pytest.raises(Unavailable, match="same Idempotency-Key") as refusal:
        transact(engine, act)
    assert (refusal.value.code, act.runs) == ("outcome-unknown", 1)
    assert transact(engine, act) == "done"
    assert _count(engine) == 1
    engine.dispose()
    other.dispose()


def test_an_input_output_error_at_commit_leaves_the_outcome_unknown(
    sqlite_url: str, clock: FixedClock
) -> None:
    engine = make_engine(sqlite_url)

    def fail(_: Any) -> None:
        raise _trouble(sqlite_errorname="SQLITE_IOERR_FSYNC")

    act = _Failing(clock)
    _at_commit(engine, fail)
    with pytest.raises(Unavailable) as refusal:
        transact(engine, act)
    assert (refusal.value.code, act.runs) == ("outcome-unknown", 1)
    engine.dispose()


def test_a_connection_lost_before_commit_did_nothing(
    postgresql_url: str, clock: FixedClock
) -> None:
    engine = make_engine(postgresql_url)

    def act(session: Session) -> None:
        _write(session, clock)
        session.connection().execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(Unavailable) as refusal:
        transact(engine, act)
    assert refusal.value.code == "database-unreachable"
    assert _count(engine) == 0
    engine.dispose()


def test_a_database_that_is_not_there_is_unreachable() -> None:
    engine = make_engine("postgresql://nobody@/nothing?host=/nowhere")
    with pytest.raises(Unavailable) as refusal:
        transact(engine, lambda session: session.connection())
    assert refusal.value.code == "database-unreachable"


def test_a_full_disk_is_refused_and_heals(sqlite_url: str, clock: FixedClock) -> None:
    engine = make_engine(sqlite_url)

    def fill(session: Session) -> None:
        session.connection().exec_driver_sql("PRAGMA max_page_count=1")
        books.enqueue(session, _POLICY, "big", {"text": "x" * 1_000_000}, at=clock.now())

    with pytest.raises(Unavailable) as refusal:
        transact(engine, fill)
    assert refusal.value.code == "database-unreachable"
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    transact(engine, lambda session: _write(session, clock))
    assert _count(engine) == 1
    engine.dispose()


def test_mistakes_of_ours_pass_as_they_are(engine: Engine) -> None:
    with pytest.raises(DBAPIError, match="no_such_table"):
        transact(
            engine,
            lambda session: session.connection().execute(text("SELECT * FROM no_such_table")),
        )
