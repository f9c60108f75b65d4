"""The random world that the tests of reports share, made once on each kind of database."""

import shutil
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import psycopg
import pytest
from builders import a_house

from kernel.db.engine import make_engine


def _lend(name: str) -> None:
    """Let the tests of this folder import a plain module beside them."""
    spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


_lend("report_world")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def world_url(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[str]:
    """A migrated database that lives as long as the session."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("world") / "world.db"
        shutil.copy(request.getfixturevalue("_sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("_postgres_template")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE report_world TEMPLATE {template}")
    yield server.get_uri("report_world")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("DROP DATABASE report_world WITH (FORCE)")


@pytest.fixture(scope="session")
def world(world_url: str, tmp_path_factory: Any) -> Iterator[Any]:
    """60 policies and 25 claims under 3 schemes, to be read; what writes, writes papers only."""
    engine = make_engine(world_url)
    yield sys.modules["report_world"].a_world(a_house(engine), tmp_path_factory.mktemp("schemes"))
    engine.dispose()
