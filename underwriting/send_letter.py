"""ACT: a signed letter or amendment goes to customs, which decides on it."""

from sqlmodel import Session

from kernel.desk import Desk
from underwriting.guarantees import store
from underwriting.guarantees.record import become, registered, stands, told
from underwriting.guarantees.resting import check_bound
from underwriting.guarantees.tables import LetterRow
from underwriting.letters.clocks import accept_by, amend_by
from underwriting.letters.moves import IN_FORCE, State


def send_letter(session: Session, letter_id: str, *, desk: Desk) -> LetterRow:
    """Send the newest edition; the message names the day by which customs decides.

    Raises:
        NotFound: there is no such letter.
        Conflict: it is not signed, or its policy is no longer bound.
        Unavailable: the table of working days ends before that day.
    """
    row = store.letter(session, letter_id, lock=True)
    check_bound(session, row)
    version = store.newest(session, row.id)
    stands(session, version, State.SENT)
    mode = store.terms_of(version).mode
    if row.state in IN_FORCE:
        due = amend_by(desk.on, desk.calendar)
        registered(session, row, version.edition, State.SENT.value, desk=desk)
    else:
        due = accept_by(desk.on, mode, desk.calendar)
        become(session, row, State.SENT, desk=desk)
    payload = {
        "edition": version.edition,
        "file_sha256": version.file_sha256,
        "decided_by": due.isoformat(),
    }
    told(session, row, "sent", payload, desk=desk)
    return row
