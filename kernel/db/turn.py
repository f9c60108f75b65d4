"""Writers who want the same take turns, first come first served.

SQLite lets one write at a time. Left alone, the others ask again after sleeps that grow to a
tenth of a second, each holding a connection, and whoever asks at the right moment wins; so a
few wait for a second while others pass. Here they wait in a row, before they take a connection.
Another process writes to the same file by SQLite's own waiting, as ever.

PostgreSQL lets many write at once, and gives up whoever read what another has changed since. So
acts that are bound to meet, such as those that draw on one pool, queue for it by name: in a row
within the process, and by an advisory lock between processes, before their snapshot is taken.
"""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from hashlib import sha256
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from kernel.db.connect import BUSY_SECONDS
from kernel.errors import Fault, Unavailable


class Row:
    """Those who wait, in the order in which they came."""

    def __init__(self) -> None:
        """Nobody waits and nobody writes."""
        self._door, self._taken = Lock(), False
        self._waiting: deque[Lock] = deque()

    @contextmanager
    def turn(self, patience: float = BUSY_SECONDS) -> Iterator[None]:
        """Wait for a turn, hold it, and hand it on.

        Raises:
            Unavailable: `database-busy`, where it has not come within `patience` seconds.
        """
        self._wait(patience)
        try:
            yield
        finally:
            self._hand_on()

    def _wait(self, patience: float) -> None:
        with self._door:
            if not self._taken:
                self._taken = True
                return
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return
        with self._door:
            if mine not in self._waiting:
                return  # it came at the last moment
            self._waiting.remove(mine)
        cure = "repeat the request with the same Idempotency-Key"
        raise Unavailable("database-busy", Fault("database", "is too busy", cure))

    def _hand_on(self) -> None:
        with self._door:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


TURNS: Final = "turns"
"""Where a session keeps the names of the queues whose turn it has."""

_rows: WeakKeyDictionary[Engine, Row] = WeakKeyDictionary()
_named: WeakKeyDictionary[Engine, dict[str, Row]] = WeakKeyDictionary()
_making = Lock()
os.register_at_fork(after_in_child=_rows.clear)  # whoever held a turn is not there
os.register_at_fork(after_in_child=_named.clear)

_PATIENCE = text(
    f"SELECT set_config('lock_timeout', '{BUSY_SECONDS}s', true), "
    f"set_config('statement_timeout', '{BUSY_SECONDS + 1}s', true)"
)
_LOCK = select(func.pg_advisory_lock(bindparam("key")))
_UNLOCK = select(func.pg_advisory_unlock_all())


def turn_of(engine: Engine, *, read_only: bool) -> AbstractContextManager[None]:
    """Return the turn of a transaction; readers and PostgreSQL need none."""
    if read_only or engine.dialect.name != "sqlite":
        return nullcontext()
    with _making:
        return _rows.setdefault(engine, Row()).turn()


class Awaited(Exception):  # noqa: N818 - no fault: the act is run again once its turn has come
    """An act must wait in a queue before it reads.

    Attributes:
        names: of all queues whose turn it then has.
    """

    def __init__(self, names: frozenset[str]) -> None:
        """Wait in these queues."""
        super().__init__(", ".join(sorted(names)))
        self.names = names


def take_turn(session: Session, *names: str) -> None:
    """Queue for what many acts want at once, such as the pools of one scheme.

    What an act has read before it waited is old when its turn comes, and on PostgreSQL it would
    have to be given up. So the act is run again from its start, once it has the turn, and keeps it
    until it is committed. Where the database takes one writer at a time, nobody waits here.

    Raises:
        Awaited: the turn is not this act's yet; `kernel.db.engine.transact` waits for it.
    """
    held: frozenset[str] | None = session.info.get(TURNS)
    if held is not None and not held.issuperset(names):
        raise Awaited(held.union(names))


def writes_alone(session: Session) -> bool:
    """Say whether nobody else can write while a transaction runs, so that no row needs holding."""
    return session.get_bind().dialect.name == "sqlite"


@contextmanager
def turns_of(engine: Engine, names: frozenset[str]) -> Iterator[Connection | Engine]:
    """Wait for the turn in each queue, by name; yield what the act runs on while it has them.

    Raises:
        Unavailable: `database-busy`, where a turn has not come in time.
    """
    if not names or engine.dialect.name != "postgresql":
        yield engine
        return
    with ExitStack() as held:
        for name in sorted(names):  # one order, so that no two wait for each other
            held.enter_context(_row_of(engine, name).turn())
        connection = held.enter_context(engine.connect())
        held.callback(_let_go, connection)
        connection.execute(_PATIENCE)
        for name in sorted(names):
            connection.execute(_LOCK, {"key": _key(name)})
        connection.commit()  # the locks stay with the connection; the act's snapshot comes after
        yield connection


def _row_of(engine: Engine, name: str) -> Row:
    with _making:
        return _named.setdefault(engine, {}).setdefault(name, Row())


def _key(name: str) -> int:
    """Return the number of a queue: 64 bits with a sign, as PostgreSQL counts its locks."""
    return int.from_bytes(sha256(f"turn:{name}".encode()).digest()[:8], signed=True)


def _let_go(connection: Connection) -> None:
    """Give every lock of a connection back; a connection that cannot is closed, which does too."""
    if connection.invalidated:
        return
    try:
        connection.rollback()
        connection.execute(_UNLOCK)
        connection.commit()
    except DBAPIError:
        connection.invalidate()
