"""What every page of the books has: a subject, and one way to be written."""

from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session

from kernel.db.gather import gathering, into, table_of, values_of
from kernel.db.row import Line

__all__ = ["Subject", "append", "table_of", "write"]

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
    """Add a row and flush, so that a broken key shows where it is written.

    Where pages are gathered it waits; a row of the kind that is never changed then stays outside
    the session.
    """
    waiting = gathering(session)
    if waiting is not None:
        waiting.hold(row)
        return row
    session.add(row)
    session.flush()
    return row


def append(session: Session, row: RowT) -> RowT:
    """Write a row that is never changed, by a statement made once for its table.

    The row stays outside the session: to change it is to change nothing.
    """
    waiting = gathering(session)
    if waiting is not None:
        waiting.hold(row)
    else:
        session.execute(into(type(row)), values_of(row))
    return row
