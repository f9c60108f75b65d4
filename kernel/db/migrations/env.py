"""Alembic's way into the database: our engine, one transaction a step, foreign keys checked."""

import importlib
import os
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlalchemy.types import TypeEngine

from kernel.db.connect import make_engine
from kernel.db.row import NAMES, FrozenJson, UtcInstant
from kernel.settings import DEFAULT_DATABASE_URL


def database_url() -> str:
    """Return the database to migrate: the caller's, `-x url=`, the environment, the default."""
    given = context.config.attributes.get("url") or context.get_x_argument(as_dictionary=True).get(
        "url"
    )
    return given or os.environ.get("ZHIBAO_DATABASE_URL") or DEFAULT_DATABASE_URL


def import_tables() -> None:
    """Import each module that alembic.ini lists, so that its tables are compared."""
    for name in (context.config.get_main_option("tables") or "").split():
        importlib.import_module(name)


def render_item(kind: str, thing: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write our column types as what they are in the database: migrations outlive our classes."""
    del autogen
    if kind == "type" and isinstance(thing, UtcInstant):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(thing, FrozenJson):
        return "sa.Text()"
    if kind == "type" and isinstance(thing, TypeEngine) and type(thing).__name__ == "AutoString":
        return "sa.String()"
    return False


def migrate(connection: Connection) -> None:
    """Run what is to be run in one transaction: a failed migration leaves nothing."""
    on_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=NAMES,
        compare_type=True,
        compare_server_default=True,
        render_as_batch=on_sqlite,
        transactional_ddl=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        if not on_sqlite:  # rows may be many; but nobody is kept waiting long for a lock
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        context.run_migrations()
        if on_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            assert not broken, f"the migration breaks foreign keys: {broken}"


def leave_foreign_keys_alone(connection: Connection) -> None:
    """Let tables be rebuilt on SQLite; `migrate` checks the keys at its end.

    Batch mode drops and refills tables, and DROP TABLE deletes row by row: with keys on, a
    CASCADE would empty the children. Sent outside a transaction, where it is not ignored.
    """
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None, "the connection is open"
        driver.execute("PRAGMA foreign_keys=OFF")


def main() -> None:
    """Open the database the way the house does, and migrate it."""
    assert not context.is_offline_mode(), "migrations look at what is there; run them online"
    import_tables()
    engine = make_engine(database_url())
    try:
        with engine.connect() as connection:
            leave_foreign_keys_alone(connection)
            migrate(connection)
    finally:
        engine.dispose()


if hasattr(context, "config"):  # set by alembic while it runs; else this is only an import
    main()
