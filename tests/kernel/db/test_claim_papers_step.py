"""The step to papers of a claim: down where none came, stopped where one did, up again."""

from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from kernel.db.engine import make_engine, transact
from kernel.db.revisions import alembic_config, check_schema

BEFORE = "4a10c0de0010"
_FILE = (
    "INSERT INTO upload (sha256, created_at, size, form, media_type, content)"
    " VALUES (:sha256, :at, :size, 'txt', 'text/plain', :content)"
)


def _filed(url: str, size: int = 5, sha256: str = "ab" * 32) -> None:
    engine = make_engine(url)
    at = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp())
    row = {"sha256": sha256, "at": at, "size": size, "content": b"paper"}
    try:
        transact(engine, lambda session: session.connection().execute(text(_FILE), row))
    finally:
        engine.dispose()


def test_down_and_up_where_no_file_came(database_url: str) -> None:
    config = alembic_config(database_url)
    command.downgrade(config, BEFORE)
    command.upgrade(config, "head")
    engine = make_engine(database_url)
    check_schema(engine)
    engine.dispose()
    _filed(database_url)


def test_a_file_that_came_stops_the_way_down(database_url: str) -> None:
    _filed(database_url)
    with pytest.raises(AssertionError, match="not thrown away"):
        command.downgrade(alembic_config(database_url), BEFORE)


def test_a_file_is_as_long_as_it_says_and_stands_once(database_url: str) -> None:
    with pytest.raises(IntegrityError):
        _filed(database_url, size=4)
    with pytest.raises(IntegrityError):
        _filed(database_url, sha256="ab")
    _filed(database_url)
    with pytest.raises(IntegrityError):
        _filed(database_url)
