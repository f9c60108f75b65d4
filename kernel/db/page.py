"""What every page of the books has: a subject, and one way to be written."""

from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from sqlalchemy import Insert, Table, insert
from sqlmodel import Session

from kernel.db.row import Line

RowT = TypeVar("RowT", bound=Line)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page of the books is about.

    Attributes:
        type: word of the trade, such as `quote`, `policy`, `letter`, `claim`.
        id: its opaque id.
    """

    type: str
    id: str


def write(session: Session, row: RowT) -> RowT:
    """Add a row and flush, so that a broken key shows where it is written."""
    session.add(row)
    session.flush()
    return row


def append(session: Session, row: RowT) -> RowT:
    """Write a row that is never changed, by a statement made once for its table.

    The row stays outside the session: to change it is to change nothing.
    """
    statement = _into(type(row))
    session.execute(statement, {name: getattr(row, name) for name in type(row).model_fields})
    return row


def table_of(kind: type[Line]) -> Table:
    """Return the table of a kind of row, for statements that are made once and need no session."""
    table: Table = kind.__table__  # type: ignore[attr-defined] # set by the mapper
    return table


@cache
def _into(kind: type[Line]) -> Insert:
    return insert(table_of(kind))
