"""From the register to what proposals and readers are told of appraisers, on one day."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from underwriting.appraisers import store
from underwriting.appraisers.law import RecordLaw, record_law
from underwriting.appraisers.record import house_record, own_record, weights
from underwriting.appraisers.view import AppraiserView, view

UNKNOWN = ("unknown", "")
"""Standing of who is not on the register, or was not yet on the day."""


def appraiser_views(
    session: Session, names: Sequence[str], on: date, law: RecordLaw | None = None
) -> tuple[AppraiserView, ...]:
    """Return what is known of each name on a day, each name once, in their order."""
    weighed, cases = law or record_law(), store.cases(session, on)
    house, listed = house_record(cases, weighed), store.named(session, names)
    k = weights(cases, weighed)
    found = []
    for name in dict.fromkeys(names):
        row = listed.get(name)
        own = own_record(cases.get(row.id, ()) if row else (), house, k)
        standing = UNKNOWN if row is None else standing_of(session, row.id, on)
        found.append(view(name, standing, own, house, weighed))
    return tuple(found)


def standing_of(session: Session, appraiser_id: str, on: date) -> tuple[str, str]:
    """Return state and reason on a day."""
    row = store.standing(session, appraiser_id, on)
    return UNKNOWN if row is None else (row.state, row.reason)


def register_kept(session: Session) -> bool:
    """Say whether the house keeps a register at all; one without is told nothing by it."""
    return store.any_appraiser(session)
