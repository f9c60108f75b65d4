"""The schema's revisions: bring a database up to date, and refuse to start on another one.

upgrade(url: str) -> None                   # `zhibao db upgrade`
check_schema(engine: Engine) -> None        # at every start
check_durability(engine: Engine) -> None    # at every start
"""

from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from kernel.db.connect import READ_ONLY
from kernel.errors import Fault, Unavailable

_CURE: Final = "run `zhibao db upgrade`"

_MUST_BE_ON: Final = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")


def alembic_config(url: str) -> Config:
    """Return a configuration that needs no file, so that an installed wheel migrates too."""
    config = Config()
    config.set_main_option("script_location", "kernel.db:migrations")
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest revision; a failed step leaves nothing."""
    command.upgrade(alembic_config(url), "head")


def check_schema(engine: Engine) -> None:
    """Refuse a database that is not at the revision this code was written for.

    Raises `Unavailable` with `schema-behind` where an upgrade mends it, `schema-ahead`
    where a newer release has migrated the database and this one must not write to it.
    """
    script = ScriptDirectory.from_config(alembic_config(""))
    with engine.connect().execution_options(**READ_ONLY) as connection:
        found = set(MigrationContext.configure(connection).get_current_heads())
        is_empty = not found and not inspect(connection).has_table("journal")
    wanted = set(script.get_heads())
    if found == wanted:
        return
    known = {step.revision for step in script.walk_revisions()}
    if found <= known:
        problem = "is empty" if is_empty else f"is at revision {', '.join(found) or 'none'}"
        raise Unavailable("schema-behind", Fault("database", problem, _CURE))
    strange = ", ".join(sorted(found - known))
    fault = Fault("database", f"is at revision {strange}, unknown here", "start a newer release")
    raise Unavailable("schema-ahead", fault)


def check_durability(engine: Engine) -> None:
    """Refuse a PostgreSQL that may lose or not notice losing what it acknowledged.

    SQLite needs no look: each connection sets itself, and refuses where it cannot.
    """
    if engine.dialect.name != "postgresql":
        return
    with engine.connect().execution_options(**READ_ONLY) as connection:
        off = tuple(
            Fault("database", f"{name} is off", f"set {name} = on in PostgreSQL")
            for name in _MUST_BE_ON
            if connection.scalar(text(f"SHOW {name}")) == "off"
        )
    if off:
        raise Unavailable("database-not-durable", *off)
