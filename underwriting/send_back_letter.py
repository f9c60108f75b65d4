"""ACT: an approved letter or amendment goes back to its draft before it is signed."""

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting.guarantees import store
from underwriting.guarantees.record import become, stands, told
from underwriting.guarantees.tables import LetterRow
from underwriting.letters.moves import IN_FORCE, Act, State, acts


def send_back_letter(session: Session, letter_id: str, reason: str, *, desk: Desk) -> LetterRow:
    """Take the approval of the newest edition back: it is approved anew, or withdrawn.

    A letter in force goes on as it is while its amendment goes back.

    Raises:
        NotFound: there is no such letter.
        Conflict: the edition is not approved, or is signed already.
    """
    row = store.letter(session, letter_id, lock=True)
    version = store.newest(session, row.id)
    if Act.SEND_BACK not in acts(version.state):  # a refused edition is corrected by the next
        words = f"edition {version.edition} is {version.state}"
        fault = Fault("state", words, "only an approved edition goes back")
        raise Conflict("letter-move-not-allowed", fault)
    stands(session, version, State.DRAFT)
    payload = {"edition": version.edition, "reason": reason, "approver": version.approver}
    version.approver = None
    if row.state not in IN_FORCE:
        become(session, row, State.DRAFT, desk=desk)
    told(session, row, "sent_back", payload, desk=desk)
    return row
