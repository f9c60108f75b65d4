"""Pages written together: what an act writes waits, and goes out table by table.

    with gathered(session):
        books.note(...); books.enqueue(...); books.file_form(...); books.post(...)

What waits is written at the end, and before anything is read through the session: so nobody reads
the books without it, and an act that reads first and writes last sends each table one statement.
A broken key shows when it is written, still inside the act. Where the act fails, nothing of it is
written at all.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Insert, Table, event, insert
from sqlalchemy.orm import ORMExecuteState, class_mapper
from sqlalchemy.orm.instrumentation import manager_of_class
from sqlalchemy.schema import sort_tables
from sqlmodel import Session

from kernel.db.row import Line, Row

RowT = TypeVar("RowT", bound=Line)

Check = Callable[[Connection, Sequence[Any]], None]

_PLACE: Final = "gathered"
"""Where a session keeps what waits in it."""


class Gathered:
    """What waits in one session.

    Attributes:
        heads: what the books hold last of a subject, once it was read: nobody else writes there.
    """

    def __init__(self, session: Session) -> None:
        """Nothing waits."""
        self.heads: dict[Hashable, Any] = {}
        self._session = session
        self._rows: dict[type[Line], list[Line]] = {}
        self._checks: dict[type[Line], Check] = {}

    def hold(self, row: Line, check: Check | None = None) -> None:
        """Let a row wait; `check` is asked once, with all rows of the kind, before they go."""
        self._rows.setdefault(type(row), []).append(row)
        if check:
            self._checks[type(row)] = check

    def waiting(self, kind: type[Line]) -> Sequence[Any]:
        """Return the rows of a kind that wait, in the order in which they came."""
        return self._rows.get(kind, ())

    def write_out(self) -> None:
        """Write all that waits: whatever is referred to goes first."""
        rows, self._rows = self._rows, {}
        if not rows:
            return
        connection = self._session.connection()
        for kind, check in self._checks.items():
            if kind in rows:
                check(connection, rows[kind])
        by_table = {table_of(kind): kind for kind in rows}
        for table in _in_order(frozenset(by_table)):
            self._write(connection, by_table[table], rows[by_table[table]])

    def _write(self, connection: Connection, kind: type[Line], rows: list[Line]) -> None:
        """Write the rows of one kind; one that may change is from here on the session's."""
        if issubclass(kind, Row):
            self._session.add_all(rows)
            self._session.flush()
        else:
            connection.execute(into(kind), [values_of(row) for row in rows])

    def before(self, state: ORMExecuteState) -> None:
        """Write what waits before a read."""
        if state.is_select:
            self.write_out()


def gathering(session: Session) -> Gathered | None:
    """Return what waits in a session; None where everything is written at once."""
    found: Gathered | None = session.info.get(_PLACE)
    return found


@contextmanager
def gathered(session: Session) -> Iterator[Gathered]:
    """Let what is written in the block wait for its end, or for the end of one around it."""
    outer = gathering(session)
    if outer is not None:
        yield outer
        return
    own = session.info[_PLACE] = Gathered(session)
    event.listen(session, "do_orm_execute", own.before)
    try:
        yield own
        own.write_out()
        session.flush()
    finally:
        event.remove(session, "do_orm_execute", own.before)
        del session.info[_PLACE]


def flush(session: Session) -> None:
    """Write what changed, so that a broken CHECK shows; where pages are gathered, it waits."""
    if gathering(session) is None:
        session.flush()


def table_of(kind: type[Line]) -> Table:
    """Return the table of a kind of row, for statements that are made once and need no session."""
    table: Table = kind.__table__  # type: ignore[attr-defined] # set by the mapper
    return table


@cache
def into(kind: type[Line]) -> Insert:
    """Return the one statement that writes rows of a kind."""
    return insert(table_of(kind))


def values_of(row: Line) -> dict[str, Any]:
    """Return column -> value of a row."""
    held = vars(row)
    return {name: held[name] for name in _columns(type(row))}


def row_of(kind: type[RowT], /, **values: Any) -> RowT:
    """Return a row that only grows, made as one that is read: nothing watches its values.

    What has a default may be left out; a column without a value is found when it is written.
    """
    assert not issubclass(kind, Row), "what may change is watched by the session"
    defaults = _defaults(kind)
    row: RowT = manager_of_class(kind).new_instance()
    vars(row).update(defaults, **values)
    return row


@cache
def _columns(kind: type[Line]) -> tuple[str, ...]:
    return tuple(kind.model_fields)


@cache
def _defaults(kind: type[Line]) -> dict[str, Any]:
    class_mapper(kind)  # sets every kind up, where none was made before
    fields = kind.model_fields.items()
    return {name: field.default for name, field in fields if not field.is_required()}


@cache
def _in_order(tables: frozenset[Table]) -> tuple[Table, ...]:
    """Return tables so that each stands after those that it refers to."""
    return tuple(sort_tables(sorted(tables, key=lambda table: table.name)))
