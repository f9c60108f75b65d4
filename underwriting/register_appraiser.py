"""ACTS of record: an appraiser, its standing, what it valued, and what that fetched."""

from datetime import date
from typing import Any

from sqlmodel import Session

from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.money import Money
from underwriting.appraisers import store
from underwriting.appraisers.forms import AppraisedRight, Fetched
from underwriting.appraisers.store import (
    AppraisalRow,
    AppraiserRow,
    AppraiserStandingRow,
    RealisationRow,
)
from underwriting.store import party


def register_appraiser(session: Session, party_id: str, reason: str, *, desk: Desk) -> AppraiserRow:
    """Put a party on the register; it is listed from today.

    Raises:
        NotFound: there is no such party.
        Invalid: it is no appraiser.
        Conflict: it is on the register, or another of its name is: proposals go by the name.
    """
    found = party(session, party_id)
    if found.kind != "appraiser":
        cure = "register the party as an appraiser first"
        raise invalid("party_id", f"names a party of kind {found.kind}", cure)
    if store.appraiser_of_party(session, party_id) is not None:
        fault = Fault("party_id", f"{found.name} is on the register", "use its entry there")
        raise Conflict("appraiser-twice", fault)
    if store.named(session, [found.name]):
        fault = Fault("party_id", f"another {found.name} is listed", "name the two apart first")
        raise Conflict("appraiser-name-taken", fault)
    row = AppraiserRow(id=new_id("ap"), created_at=desk.at, party_id=party_id)
    store.add(session, row)
    _note(session, row.id, "admitted", {"party_id": party_id}, desk)
    set_standing(session, row.id, "listed", desk.on, reason, desk=desk)
    return row


def set_standing(
    session: Session, appraiser_id: str, state: str, since: date, reason: str, *, desk: Desk
) -> AppraiserStandingRow:
    """List or suspend an appraiser from a day on; the newest standing of a day holds.

    Raises:
        NotFound: there is no such appraiser.
        Invalid: the day lies ahead, or before the last change.
        Conflict: it stands so already.
    """
    store.appraiser(session, appraiser_id)
    if since > desk.on:
        raise invalid("since", f"{since} lies ahead", "state what holds today")
    now = store.standing(session, appraiser_id, desk.on)
    if now is not None and since < now.since:
        problem = f"{since} is before {now.since}, when it was {now.state}"
        raise invalid("since", problem, f"state {now.since} or later")
    if now is not None and now.state == state:
        fault = Fault("state", f"it is {state} since {now.since}", "leave it, or state the other")
        raise Conflict("standing-same", fault)
    row = AppraiserStandingRow(
        id=new_id("as"), created_at=desk.at, appraiser_id=appraiser_id,
        sequence=1 if now is None else now.sequence + 1, state=state, since=since, reason=reason,
    )  # fmt: skip
    store.add(session, row)
    _note(session, appraiser_id, state, {"since": since.isoformat(), "reason": reason}, desk)
    return row


def record_appraisal(
    session: Session, appraiser_id: str, valued: AppraisedRight, *, desk: Desk
) -> AppraisalRow:
    """Record a value that an appraiser put on a right.

    Raises:
        NotFound: there is no such appraiser.
        Invalid: the value is nothing, or its day lies ahead.
        Conflict: that right, day and method are recorded.
    """
    store.appraiser(session, appraiser_id)
    value = _amount(valued.value.money("value"), "value")
    _check_day("valued_on", valued.valued_on, desk)
    row = AppraisalRow(
        id=new_id("av"), created_at=desk.at, appraiser_id=appraiser_id,
        office=valued.office, number=valued.number, kind=valued.kind.value, method=valued.method,
        valued_on=valued.valued_on, currency=value.currency, value_minor=value.minor,
    )  # fmt: skip
    if store.same_appraisal(session, row) is not None:
        problem = f"{valued.number} was valued by {valued.method} that day already"
        raise Conflict("appraisal-twice", Fault("number", problem, "use the one recorded"))
    store.add(session, row)
    payload = {"appraisal_id": row.id, "number": row.number, "value_minor": row.value_minor}
    _note(session, appraiser_id, "valued", payload, desk)
    return row


def record_realisation(
    session: Session, appraisal_id: str, fetched: Fetched, *, desk: Desk
) -> RealisationRow:
    """Record what an appraised right fetched; nought where nobody bought.

    Raises:
        NotFound: there is no such appraisal.
        Invalid: another currency, or a day before the valuation or ahead.
        Conflict: its end is recorded.
    """
    valued = store.appraisal(session, appraisal_id)
    money = fetched.realised.money("realised")
    if money.currency != valued.currency:
        raise invalid("realised.currency", f"it was valued in {valued.currency}", "give it in that")
    _check_day("realised_on", fetched.realised_on, desk)
    if fetched.realised_on < valued.valued_on:
        problem = f"{fetched.realised_on} is before the valuation on {valued.valued_on}"
        raise invalid("realised_on", problem, "look at both days")
    if store.realisation_of(session, appraisal_id) is not None:
        fault = Fault("appraisal_id", "its end is recorded", "record the appraisal that is meant")
        raise Conflict("realisation-twice", fault)
    row = RealisationRow(
        id=new_id("rz"), created_at=desk.at, appraisal_id=appraisal_id, how=fetched.how,
        realised_on=fetched.realised_on, realised_minor=money.minor,
    )  # fmt: skip
    store.add(session, row)
    payload = {"appraisal_id": appraisal_id, "realised_minor": money.minor}
    _note(session, valued.appraiser_id, "realised", payload, desk)
    return row


def _amount(money: Money, field: str) -> Money:
    if money.minor == 0:
        raise invalid(field, "is nothing", "give more than nothing")
    return money


def _check_day(field: str, day: date, desk: Desk) -> None:
    if day > desk.on:
        raise invalid(field, f"{day} lies ahead", "state what has happened")


def _note(
    session: Session, appraiser_id: str, kind: str, payload: dict[str, Any], desk: Desk
) -> None:
    subject = books.Subject("appraiser", appraiser_id)
    books.note(session, subject, kind, payload, actor=desk.actor, at=desk.at)
