"""How each of the two databases is opened, so that what is committed stays committed.

Each setting below was chosen by a proof: see `docs/reliability.md` and the tests, which
check every one of them on an open connection.
"""

import sqlite3
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from kernel.errors import Fault, Unavailable, invalid

READ_ONLY: Final = {"read_only": True, "postgresql_readonly": True}
"""Execution options of a transaction that only reads."""

BUSY_SECONDS: Final = 30
POOL_SIZE: Final = 8
POSTGRES_OPTIONS: Final = (
    "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000"
)

_URL_CURE = "give sqlite:///file.db or postgresql://user@host/database"


def make_engine(url: str) -> Engine:
    """Open a SQLite file or a PostgreSQL database with the settings that keep money safe.

    `postgresql://` and `postgres://` mean psycopg 3. An in-memory SQLite is refused: all
    its sessions share one transaction. No connection is made before the first use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as trouble:
        raise invalid("database_url", "is not a database address", _URL_CURE) from trouble
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _sqlite(parsed)
    if parsed.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return _postgresql(parsed.set(drivername="postgresql+psycopg"))
    raise invalid("database_url", f"{parsed.drivername!r} is not supported", _URL_CURE)


def _sqlite(url: URL) -> Engine:
    if url.database in {None, "", ":memory:"} or "mode" in url.query:
        raise invalid("database_url", "names no file", _URL_CURE)
    engine = create_engine(
        url, connect_args={"timeout": BUSY_SECONDS}, pool_size=POOL_SIZE, max_overflow=0
    )
    event.listen(engine, "connect", _settle_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _settle_sqlite(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
    """Set one new connection; outside a transaction, where the pragmas are not ignored."""
    del entry
    connection.isolation_level = None  # the driver must not send a BEGIN of its own
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        fault = Fault("database_url", "the disk does not take a WAL", "use a local file system")
        raise Unavailable("database-not-durable", fault)
    connection.execute("PRAGMA synchronous=FULL")  # at NORMAL a power cut loses what was promised
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA recursive_triggers=ON")  # REPLACE must meet the DELETE triggers
    connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def _begin_sqlite(connection: Connection) -> None:
    """Writers queue at their BEGIN, so no decision rests on a stale read; readers do not wait."""
    reads = bool(connection.get_execution_options().get("read_only"))
    if connection.info.get("reads") is not reads:
        connection.exec_driver_sql(f"PRAGMA query_only={int(reads)}")
        connection.info["reads"] = reads
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Engine:
    settings: dict[str, Any] = {"options": POSTGRES_OPTIONS}
    return create_engine(
        url,
        isolation_level="SERIALIZABLE",
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args=settings,
    )
