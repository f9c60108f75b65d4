"""How a paper of a letter stands on a day: what the register says, and what the calendar says.

A letter ends by its date whether or not somebody has recorded the end; an amendment stands as the
edition that it makes; a notice of what was done stands as long as it is on record.
"""

from typing import Final

from sqlmodel import Session

from documents.sealing import Registered
from kernel.desk import Desk
from underwriting.guarantees import store
from underwriting.guarantees.register import STANDS, by_file, lines, standing
from underwriting.guarantees.tables import LetterRegisterRow
from underwriting.letters.clocks import last_day_of_demand
from underwriting.letters.moves import State

CERTIFICATE: Final = "pledge_certificate"
FREED: Final = "pledge_release"
RECORDS: Final = frozenset(
    {"letter_refusal", "letter_release", "letter_revocation", "payment_advice", FREED}
)
"""Notices of what was done: that stays true."""


def registered(session: Session, file_sha256: str, *, desk: Desk) -> Registered | None:
    """Return what is known of a whole file on the day of the desk; None where it is not ours."""
    filed = by_file(session, file_sha256)
    if filed is None:
        return None
    status = status_of(session, filed, desk=desk)
    if filed.paper in RECORDS:
        stands = True
    elif filed.paper == CERTIFICATE:
        freed = any(one.paper == FREED for one in lines(session, filed.letter))
        stands = not freed
    else:
        stands = status in STANDS
    return Registered(
        file_sha256=filed.file_sha256, serial=filed.signer, in_force=stands, status=status
    )


def status_of(session: Session, line: LetterRegisterRow, *, desk: Desk) -> str:
    """Return how the edition of a line stands on the day of the desk."""
    newest = standing(session, line.letter, line.edition)
    assert newest is not None, "what was filed has a line"
    if newest.status in STANDS and is_over(session, newest, desk=desk):
        return State.EXPIRED.value
    return newest.status


def is_over(session: Session, line: LetterRegisterRow, *, desk: Desk) -> bool:
    """Whether an edition has ended by its date, though no act has recorded it.

    One that customs has not accepted is over with its last usable day; one in force with its
    last day of demand, which is the next working day where it falls on a day of rest. Beyond
    the table of working days the date itself counts: nobody relies on a day that is not known.
    """
    row = store.letter_named(session, line.letter)
    terms = store.terms_of(store.version(session, row.id, line.edition))
    if line.status == State.SENT:
        return desk.on > terms.usable_until
    return desk.on > last_day_of_demand(terms.claim_until, desk.calendar)
