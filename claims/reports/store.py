"""The register of statements and reports. Nothing here decides."""

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from claims.reports.tables import IssuedReportRow
from claims.rules.reporting.changes import Change
from claims.rules.reporting.figure import Figure
from kernel.errors import invalid
from underwriting.store import missing

__all__ = ["IssuedReportRow"]  # what the floor above may name


def issued(session: Session, id_: str) -> IssuedReportRow:
    """Return an edition.

    Raises:
        NotFound: there is none.
    """
    row = session.get(IssuedReportRow, id_)
    if row is None:
        raise missing("report")
    return row


def newest(session: Session, series: str) -> IssuedReportRow | None:
    """Return the newest edition of a series; None where nothing was issued."""
    query = select(IssuedReportRow).where(IssuedReportRow.series == series)
    return session.exec(query.order_by(col(IssuedReportRow.edition).desc()).limit(1)).one_or_none()


def editions(session: Session, series: str) -> tuple[IssuedReportRow, ...]:
    """Return the editions of a series, the first one first."""
    query = select(IssuedReportRow).where(IssuedReportRow.series == series)
    return tuple(session.exec(query.order_by(col(IssuedReportRow.edition))))


def issued_page(
    session: Session, *, template: str | None, after: str | None, limit: int
) -> list[IssuedReportRow]:
    """Return editions, newest first, of one template or of all, after the edition `after`.

    Raises:
        Invalid: `after` is no edition of the list.
    """
    table = IssuedReportRow
    query = select(table)
    if template is not None:
        query = query.where(table.template == template)
    if after is not None:
        last = session.exec(query.where(table.id == after)).one_or_none()
        if last is None:
            raise invalid("after", "is not a cursor", "use `next` of the page before")
        older = col(table.created_at) < last.created_at
        same = and_(col(table.created_at) == last.created_at, col(table.id) < last.id)
        query = query.where(or_(older, same))
    query = query.order_by(col(table.created_at).desc(), col(table.id).desc())
    return list(session.exec(query.limit(limit)))


def figures_of(row: IssuedReportRow) -> tuple[Figure, ...]:
    """Return the figures of an edition as they were printed."""
    return tuple(Figure(**stated) for stated in row.figures)


def changes_of(row: IssuedReportRow) -> tuple[Change, ...]:
    """Return what was other than in the edition before."""
    return tuple(Change(**stated) for stated in row.changes)
