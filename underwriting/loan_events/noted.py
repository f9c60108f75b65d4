"""Queries of what was noted of rights and obligors, as named functions of a session."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from underwriting.loan_events.tables import WatchEventRow
from underwriting.watch.alert import Noted
from underwriting.watch.kinds import On

__all__ = ["WatchEventRow"]  # what the houses above may name


def noted_rows(session: Session, subject: On, name: str) -> tuple[WatchEventRow, ...]:
    """Return what was noted of one subject, in the order in which it became known."""
    return noted_of(session, subject, (name,))


def noted_of(session: Session, subject: On, names: Collection[str]) -> tuple[WatchEventRow, ...]:
    """Return what was noted of several subjects of one kind, by subject and order."""
    row = WatchEventRow
    query = select(row).where(row.subject == subject.value, col(row.name).in_(names))
    return tuple(session.exec(query.order_by(col(row.name), col(row.seq))))


def known_by(rows: Sequence[WatchEventRow], key: str) -> WatchEventRow | None:
    """Return the row with this key, if any."""
    return next((row for row in rows if row.key == key), None)


def noted(row: WatchEventRow) -> Noted:
    """Read it back as a value."""
    plain = ("seq", "kind", "name", "happened_on", "noted_on", "deadline", "key", "told_by")
    return Noted(subject=On(row.subject), **{name: getattr(row, name) for name in plain})
