"""ACT: the insurer reserves its rights on every ground, and goes on to pay defence cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.counsel import store
from claims.counsel.measure import reserved_on
from claims.counsel.tables import ReservationRow
from claims.cover import cover_findings
from claims.facts import Case
from claims.fought import matter_of, note
from claims.papers.matter import reservation_letter
from claims.rules.conduct.reserved import Ground, check_every_ground, open_grounds
from claims.rules.conduct.terms import methods, reservation_days
from documents.stated import stated
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Fault, Invalid


@dataclass(frozen=True, slots=True)
class Reservation:
    """A notice that reserves rights.

    Attributes:
        grounds: every ground, with its clause.
        known_on: the day on which the insurer knew of the first of them.
        method: how it is sent.
        proof: number of the slip, receipt or deed; empty while it is not there.
    """

    grounds: Sequence[Ground]
    known_on: date
    method: str
    proof: str = ""


def reserve_rights(
    session: Session, claim_id: str, reservation: Reservation, *, desk: Desk
) -> ReservationRow:
    """Send the notice and file it. It protects once its sending is shown, if it was in time.

    Raises:
        NotFound: there is no such claim.
        Conflict: the claim is no matter that is fought, or is decided.
        Invalid: a known ground is left out, a day or method cannot be; all of it at once.
    """
    case = matter_of(session, claim_id)
    _check(case, reservation, desk)
    held = open_grounds(reserved_on(session, claim_id))
    check_every_ground(reservation.grounds, cover_findings(session, case, desk.on), held)
    sequence = len(store.reservations(session, claim_id)) + 1
    row = write(
        session,
        ReservationRow(
            id=new_id("rr"),
            created_at=desk.at,
            claim_id=claim_id,
            sequence=sequence,
            number=f"{case.claim.number}-RR{sequence}",
            grounds=[
                {"code": one.code, "clause": one.clause, "words": one.en, "words_zh": one.zh}
                for one in reservation.grounds
            ],
            known_on=reservation.known_on,
            due_on=reservation_days().by(reservation.known_on),
            method=reservation.method,
            sent_on=desk.on,
            proof=reservation.proof or None,
            state="reserved",
            reason="",
        ),
    )
    _file(session, case, row, desk)
    return row


def _check(case: Case, reservation: Reservation, desk: Desk) -> None:
    faults = []
    if not case.claim.default_date <= reservation.known_on <= desk.on:
        words = "is not from the day of the event to today"
        faults.append(Fault("known_on", words, "give the day the ground was known"))
    if reservation.method not in methods():
        known = ", ".join(methods())
        faults.append(Fault("method", f"{reservation.method!r} is none", f"use one of {known}"))
    if faults:
        raise Invalid("invalid", *faults)


def _file(session: Session, case: Case, row: ReservationRow, desk: Desk) -> None:
    subject = books.Subject("claim", case.claim.id)
    said = stated(reservation_letter(case, row, insurer=desk.insurer))
    books.file_form(
        session, subject, "reservation_letter", number=row.number, stated=said, at=desk.at
    )
    payload = {"number": row.number, "grounds": [one["code"] for one in row.grounds]}
    note(session, case, "rights_reserved", {**payload}, desk)
    books.enqueue(session, subject, "rights_reserved", payload, at=desk.at)
