"""What every page of the books has: a subject, and one way to be written."""

from dataclasses import dataclass
from typing import TypeVar

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
