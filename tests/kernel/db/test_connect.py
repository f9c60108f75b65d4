"""The settings on which durability and isolation rest are in force on open connections."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from kernel.db.engine import make_engine, read, transact
from kernel.db.tables import OutboxRow
from kernel.errors import Invalid


def _ask(session: Session, question: str) -> object:
    return session.connection().exec_driver_sql(question).scalar()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("busy_timeout", 30000),
    ],
)
def test_sqlite_pragmas_are_in_force(sqlite_url: str, pragma: str, value: object) -> None:
    engine = make_engine(sqlite_url)
    assert transact(engine, lambda session: _ask(session, f"PRAGMA {pragma}")) == value
    engine.dispose()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("transaction_isolation", "serializable"),
        ("statement_timeout", "10s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "15s"),
        ("transaction_read_only", "off"),
    ],
)
def test_postgresql_settings_are_in_force(postgresql_url: str, setting: str, value: str) -> None:
    engine = make_engine(postgresql_url)
    assert transact(engine, lambda session: _ask(session, f"SHOW {setting}")) == value
    engine.dispose()


def test_sqlite_writer_holds_the_write_lock_from_its_begin(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with Session(engine) as session:
        session.connection()
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), timeout=0)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            session.rollback()
            other.execute("BEGIN IMMEDIATE")
    engine.dispose()


def test_sqlite_reader_does_not_wait_for_a_writer(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with Session(engine) as writer:
        writer.connection()
        assert read(make_engine(sqlite_url), lambda s: s.exec(select(OutboxRow)).all()) == []
    engine.dispose()


def test_a_reader_cannot_write(engine: Engine) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"):
        read(engine, lambda session: session.execute(text("CREATE TABLE sneaked (x INTEGER)")))
    transact(engine, lambda session: session.execute(text("CREATE TABLE allowed (x INTEGER)")))


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_psycopg(scheme: str) -> None:
    engine = make_engine(f"{scheme}://someone@host/base")
    assert (engine.dialect.name, engine.driver) == ("postgresql", "psycopg")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://host/base",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
        "postgresql+psycopg2://host/base",
        "zhibao.db",
    ],
)
def test_other_addresses_are_refused_with_a_cure(url: str) -> None:
    with pytest.raises(Invalid, match=r"database_url.*give sqlite:///file.db"):
        make_engine(url)


def test_no_file_is_made_before_the_first_use(tmp_path: Path) -> None:
    make_engine(f"sqlite:///{tmp_path / 'later.db'}")
    assert not (tmp_path / "later.db").exists()
