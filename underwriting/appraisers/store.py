"""Every query of the register of appraisers, as named functions of a session."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from sqlalchemy import bindparam, tuple_
from sqlmodel import Session, col, select

from kernel.db.row import Record, UtcInstant
from kernel.errors import invalid
from underwriting.appraisers.record import Case
from underwriting.appraisers.tables import (
    AppraisalRow,
    AppraiserRow,
    AppraiserStandingRow,
    RealisationRow,
)
from underwriting.store import PartyRow, missing, party

__all__ = [
    "NEWEST",
    "AppraisalRow",
    "AppraiserRow",
    "AppraiserStandingRow",
    "PartyRow",
    "RealisationRow",
    "add",
    "appraisal",
    "appraisals",
    "appraiser",
    "appraiser_of_party",
    "appraisers_page",
    "cases",
    "named",
    "party",
    "realisation_of",
    "same_appraisal",
    "standing",
]


NEWEST: Final = 200
"""Appraisals that are shown of one appraiser."""

RecordT = TypeVar("RecordT", bound=Record)


def add(session: Session, row: RecordT) -> RecordT:
    """Write a new row, so that a broken key shows at once."""
    session.add(row)
    session.flush()
    return row


def appraiser(session: Session, id_: str) -> AppraiserRow:
    """Return an appraiser."""
    row = session.get(AppraiserRow, id_)
    if row is None:
        raise missing("appraiser")
    return row


def appraiser_of_party(session: Session, party_id: str) -> AppraiserRow | None:
    """Return the entry of a party, if it is on the register."""
    query = select(AppraiserRow).where(AppraiserRow.party_id == party_id)
    return session.exec(query).one_or_none()


def any_appraiser(session: Session) -> bool:
    """Say whether anybody stands on the register."""
    return session.exec(_ANY).first() is not None


_ANY = select(AppraiserRow.id).limit(1)


def appraisers_page(session: Session, *, after: str | None, limit: int) -> list[AppraiserRow]:
    """Return appraisers, newest first, after the appraiser `after`."""
    query = select(AppraiserRow)
    if after is not None:
        last = session.get(AppraiserRow, after)
        if last is None:
            raise invalid("after", "is not a cursor", "use `next` of the page before")
        query = query.where(
            tuple_(col(AppraiserRow.created_at), col(AppraiserRow.id))
            < tuple_(bindparam(None, last.created_at, UtcInstant()), bindparam(None, last.id))
        )
    query = query.order_by(col(AppraiserRow.created_at).desc(), col(AppraiserRow.id).desc())
    return list(session.exec(query.limit(limit)))


def named(session: Session, names: Sequence[str]) -> Mapping[str, AppraiserRow]:
    """Return name -> appraiser, for those names that stand on the register."""
    query = select(AppraiserRow, PartyRow).where(
        AppraiserRow.party_id == PartyRow.id, col(PartyRow.name).in_(names)
    )
    return {party.name: row for row, party in session.exec(query)}


def standing(session: Session, appraiser_id: str, on: date) -> AppraiserStandingRow | None:
    """Return the standing that holds on a day; None before the first."""
    query = (
        select(AppraiserStandingRow)
        .where(
            AppraiserStandingRow.appraiser_id == appraiser_id,
            col(AppraiserStandingRow.since) <= on,
        )
        .order_by(
            col(AppraiserStandingRow.since).desc(),
            col(AppraiserStandingRow.sequence).desc(),
        )
        .limit(1)
    )
    return session.exec(query).one_or_none()


def appraisal(session: Session, id_: str) -> AppraisalRow:
    """Return an appraisal."""
    row = session.get(AppraisalRow, id_)
    if row is None:
        raise missing("appraisal")
    return row


def appraisals(session: Session, appraiser_id: str) -> tuple[AppraisalRow, ...]:
    """Return the newest appraisals of one appraiser, newest value first."""
    query = (
        select(AppraisalRow)
        .where(AppraisalRow.appraiser_id == appraiser_id)
        .order_by(col(AppraisalRow.valued_on).desc(), col(AppraisalRow.id).desc())
        .limit(NEWEST)
    )
    return tuple(session.exec(query))


def same_appraisal(session: Session, row: AppraisalRow) -> AppraisalRow | None:
    """Return the appraisal of the same right, day and method by the same appraiser, if any."""
    query = select(AppraisalRow).where(
        AppraisalRow.appraiser_id == row.appraiser_id,
        AppraisalRow.office == row.office,
        AppraisalRow.number == row.number,
        AppraisalRow.valued_on == row.valued_on,
        AppraisalRow.method == row.method,
    )
    return session.exec(query).one_or_none()


def realisation_of(session: Session, appraisal_id: str) -> RealisationRow | None:
    """Return what came of an appraisal, if it is known."""
    query = select(RealisationRow).where(RealisationRow.appraisal_id == appraisal_id)
    return session.exec(query).one_or_none()


def cases(session: Session, on: date) -> Mapping[str, tuple[Case, ...]]:
    """Return appraiser id -> its cases that were realised by `on`, oldest first."""
    query = (
        select(AppraisalRow, RealisationRow)
        .where(
            RealisationRow.appraisal_id == AppraisalRow.id,
            col(RealisationRow.realised_on) <= on,
        )
        .order_by(col(RealisationRow.realised_on), col(RealisationRow.id))
    )
    found: dict[str, list[Case]] = {}
    for valued, fetched in session.exec(query):
        case = Case(valued.value_minor, fetched.realised_minor)
        found.setdefault(valued.appraiser_id, []).append(case)
    return {id_: tuple(listed) for id_, listed in found.items()}
