"""Migrations go up, down and up again, leave nothing when they fail, and say what tables say."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from kernel.clock import FixedClock
from kernel.db import books
from kernel.db.books import Subject
from kernel.db.engine import make_engine, read, transact
from kernel.db.revisions import alembic_config, check_durability, check_schema, upgrade
from kernel.errors import Unavailable
from kernel.journal import Entry, Posting

_ROOT = Path(__file__).parents[3]


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


def _url(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def _shape(engine: Engine) -> dict[str, object]:
    """All tables with columns, keys and checks, and the names of all triggers."""
    look = inspect(engine)
    triggers = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
    )
    with engine.connect() as connection:
        shape: dict[str, object] = {"triggers": list(connection.scalars(text(triggers)))}
    for table in look.get_table_names():
        shape[table] = (
            [(c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(table)],
            look.get_pk_constraint(table),
            sorted(look.get_foreign_keys(table), key=str),
            sorted(look.get_unique_constraints(table), key=str),
            sorted(look.get_check_constraints(table), key=str),
            sorted(
                (str(i["name"]), i["column_names"], i["unique"]) for i in look.get_indexes(table)
            ),
        )
    return shape


def test_up_down_up_comes_back_to_the_same(empty: Engine) -> None:
    upgrade(_url(empty))
    first = _shape(empty)
    assert len(first) > 6
    command.downgrade(alembic_config(_url(empty)), "base")
    assert set(_shape(empty)) == {"triggers", "alembic_version"}
    assert _shape(empty)["triggers"] == []
    upgrade(_url(empty))
    assert _shape(empty) == first


def test_books_that_are_written_in_are_not_thrown_away(engine: Engine, clock: FixedClock) -> None:
    subject = Subject("policy", "po_1")
    transact(engine, lambda s: books.note(s, subject, "x", {}, actor="a", at=clock.now()))
    before = _shape(engine)
    with pytest.raises(AssertionError, match="event has entries"):
        command.downgrade(alembic_config(_url(engine)), "base")
    assert _shape(engine) == before
    check_schema(engine)


_BROKEN = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "broken", "{head}"


def upgrade():
    op.create_table("half_done", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO half_done VALUES (1)")
    op.execute("{statement}")
"""


_REBUILT = """
import sqlalchemy as sa
from alembic import op
from kernel.db.append_only import protect

revision, down_revision = "rebuilt", "{head}"


def upgrade():
    with op.batch_alter_table("journal", recreate="always") as batch:
        batch.add_column(sa.Column("remark", sa.String()))
    for statement in protect("journal", "sqlite"):
        op.execute(statement)
    {then}
"""


def _then(engine: Engine, folder: Path, script: str, **words: str) -> Config:
    """Add a revision after the newest and return a configuration that knows it."""
    with engine.connect() as connection:
        head = connection.scalar(text("SELECT version_num FROM alembic_version"))
    (folder / "next_step.py").write_text(script.format(head=head, **words))
    config = alembic_config(_url(engine))
    ours = _ROOT / "kernel" / "db" / "migrations" / "versions"
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", f"{ours}{os.pathsep}{folder}")
    return config


@pytest.mark.parametrize("statement", ["SELECT * FROM nowhere", "INSERT INTO half_done VALUES (1)"])
def test_a_failed_migration_leaves_nothing(engine: Engine, tmp_path: Path, statement: str) -> None:
    before = _shape(engine)
    config = _then(engine, tmp_path, _BROKEN, statement=statement)
    with pytest.raises(DBAPIError, match=r"nowhere|half_done"):
        command.upgrade(config, "head")
    assert _shape(engine) == before
    check_schema(engine)


def _write_premium(engine: Engine, clock: FixedClock) -> None:
    postings = (Posting("a", "CNY", 1), Posting("b", "CNY", -1))
    entry = Entry("premium", date(2026, 3, 2), postings)
    subject = Subject("policy", "po_1")
    transact(engine, lambda s: books.post(s, entry, subject=subject, key="k", at=clock.now()))


def test_rebuilding_a_table_leaves_its_children(
    sqlite_url: str, clock: FixedClock, tmp_path: Path
) -> None:
    engine = make_engine(sqlite_url)
    _write_premium(engine, clock)
    command.upgrade(_then(engine, tmp_path, _REBUILT, then=""), "head")
    assert read(engine, books.balances) == {("a", "CNY"): 1, ("b", "CNY"): -1}
    with pytest.raises(IntegrityError, match="only grows"), engine.begin() as connection:
        connection.execute(text("DELETE FROM journal"))
    engine.dispose()


def test_a_migration_that_breaks_keys_is_undone(
    sqlite_url: str, clock: FixedClock, tmp_path: Path
) -> None:
    engine = make_engine(sqlite_url)
    _write_premium(engine, clock)
    before = _shape(engine)
    breaks = """op.execute("INSERT INTO posting VALUES ('je_none', 1, 'a', 'CNY', 1)")"""
    with pytest.raises(AssertionError, match="breaks foreign keys"):
        command.upgrade(_then(engine, tmp_path, _REBUILT, then=breaks), "head")
    assert _shape(engine) == before
    engine.dispose()


def _alembic(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alembic", *words],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_tables_and_migrations_agree(database_url: str) -> None:
    done = _alembic("-x", f"url={database_url}", "check")
    assert "No new upgrade operations detected" in done.stdout, done.stdout + done.stderr


def test_a_difference_would_be_seen(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE posting ADD COLUMN smuggled INTEGER"))
    engine.dispose()
    done = _alembic("-x", f"url={sqlite_url}", "check")
    assert done.returncode != 0
    assert "smuggled" in done.stdout + done.stderr


def test_upgrade_needs_no_file_at_hand(
    empty: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    upgrade(_url(empty))
    check_schema(empty)


def test_an_empty_database_is_behind(empty: Engine) -> None:
    with pytest.raises(Unavailable, match="zhibao db upgrade") as refusal:
        check_schema(empty)
    assert refusal.value.code == "schema-behind"
    assert "is empty" in str(refusal.value)


def test_a_migrated_database_is_accepted(engine: Engine) -> None:
    check_schema(engine)


def test_a_revision_from_the_future_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'f00d'"))
    with pytest.raises(Unavailable, match="revision f00d, unknown here") as refusal:
        check_schema(engine)
    assert refusal.value.code == "schema-ahead"


def test_a_database_that_syncs_is_accepted(engine: Engine) -> None:
    check_durability(engine)


def test_a_postgresql_that_acknowledges_early_is_refused(postgresql_url: str) -> None:
    engine = make_engine(postgresql_url)
    name = engine.url.database
    with engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    engine.dispose()
    with pytest.raises(Unavailable, match="synchronous_commit is off") as refusal:
        check_durability(engine)
    assert refusal.value.code == "database-not-durable"
    engine.dispose()
