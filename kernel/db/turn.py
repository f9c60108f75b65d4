"""Writers of one SQLite file take turns, first come first served.

SQLite lets one write at a time. Left alone, the others ask again after sleeps that grow to a
tenth of a second, each holding a connection, and whoever asks at the right moment wins; so a
few wait for a second while others pass. Here they wait in a row, before they take a connection.
Another process writes to the same file by SQLite's own waiting, as ever.
"""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

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


_rows: WeakKeyDictionary[Engine, Row] = WeakKeyDictionary()
_making = Lock()
os.register_at_fork(after_in_child=_rows.clear)  # whoever held a turn is not there


def turn_of(engine: Engine, *, read_only: bool) -> AbstractContextManager[None]:
    """Return the turn of a transaction; readers and PostgreSQL need none."""
    if read_only or engine.dialect.name != "sqlite":
        return nullcontext()
    with _making:
        return _rows.setdefault(engine, Row()).turn()
