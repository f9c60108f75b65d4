"""Triggers that let a table only grow, for use in migrations. Pure text, per dialect.

    for statement in protect("journal", op.get_bind().dialect.name):
        op.execute(statement)
    for statement in unprotect(...): ...

SQLite forgets the triggers of a table that batch mode rebuilds: protect it again after.
A migration in force relies on these words: to change them, write another function.
"""

from typing import Final

_REFUSE: Final = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def protect(table: str, dialect: str, *, changing: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the statements after which `table` refuses DELETE and UPDATE (and TRUNCATE).

    With `changing`, only an UPDATE of those columns is refused and the others may change.
    """
    update = f"UPDATE OF {', '.join(changing)}" if changing else "UPDATE"
    if dialect == "postgresql":
        return (
            _REFUSE,
            *(_postgresql_trigger(table, verb) for verb in (update, "DELETE", "TRUNCATE")),
        )
    assert dialect == "sqlite", dialect
    return tuple(_sqlite_trigger(table, verb) for verb in (update, "DELETE"))


def _postgresql_trigger(table: str, verb: str) -> str:
    name = f"{table}_no_{verb.split(maxsplit=1)[0].lower()}"
    each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
    )


def _sqlite_trigger(table: str, verb: str) -> str:
    word = verb.split(maxsplit=1)[0]
    return (
        f"CREATE TRIGGER {table}_no_{word.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} only grows: {word} is refused'); END"
    )


def unprotect(table: str, dialect: str) -> tuple[str, ...]:
    """Return the statements that take the triggers of `protect` away again."""
    on_table = f" ON {table}" if dialect == "postgresql" else ""
    verbs = ("update", "delete", "truncate") if dialect == "postgresql" else ("update", "delete")
    return tuple(f"DROP TRIGGER {table}_no_{verb}{on_table}" for verb in verbs)
