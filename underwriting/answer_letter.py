"""ACT: what customs answered to a letter or amendment: accepted under a number, or refused."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from kernel.clock import business_date
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting.guarantees import store
from underwriting.guarantees.inforce import come_into_force
from underwriting.guarantees.record import become, registered, stands, told
from underwriting.guarantees.register import lines
from underwriting.guarantees.resting import check_bound
from underwriting.guarantees.tables import LetterRow, LetterVersionRow
from underwriting.letters.moves import IN_FORCE, State
from underwriting.letters.record_number import check_record_number


def accept_letter(
    session: Session, letter_id: str, record_no: str, on: date, *, desk: Desk
) -> LetterRow:
    """Record that customs accepted the newest edition; from then on it is in force.

    `record_no` is customs' own number; `on` is the day of its decision.

    Raises:
        NotFound: there is no such letter.
        Conflict: it was not sent; its policy is no longer bound when it is accepted first; or
            more than its new amount was taken meanwhile.
        Invalid: the day lies ahead or before it was sent, or the number is none that customs
            gives.
    """
    row, version = _answered(session, letter_id, on, State.ACCEPTED, desk)
    check_record_number(version.terms["regime"], record_no, "record_no")
    if row.state in IN_FORCE:
        come_into_force(session, row, version, desk=desk)
    else:
        check_bound(session, row)
        row.accepted_on = on
        become(session, row, State.ACCEPTED, desk=desk)
    row.record_no = record_no
    payload = {"edition": version.edition, "record_no": record_no, "on": on.isoformat()}
    told(session, row, "accepted", payload, desk=desk)
    return row


def refuse_letter(
    session: Session, letter_id: str, reasons: Sequence[str], on: date, *, desk: Desk
) -> LetterRow:
    """Record that customs refused the newest edition, with its reasons.

    A letter in force goes on as it was before.

    Raises:
        As `accept_letter`.
    """
    row, version = _answered(session, letter_id, on, State.REFUSED, desk)
    version.reason = "; ".join(reasons)
    if row.state in IN_FORCE:
        status = State.REFUSED.value
        registered(session, row, version.edition, status, desk=desk, reason=version.reason)
    else:
        become(session, row, State.REFUSED, desk=desk, reason=version.reason)
    payload: dict[str, Any] = {"edition": version.edition, "reasons": list(reasons)}
    told(session, row, "refused", {**payload, "on": on.isoformat()}, desk=desk)
    return row


def _answered(
    session: Session, letter_id: str, on: date, to: State, desk: Desk
) -> tuple[LetterRow, LetterVersionRow]:
    if on > desk.on:
        raise invalid("on", f"{on} lies ahead", f"name a day until {desk.on}")
    row = store.letter(session, letter_id, lock=True)
    version = store.newest(session, row.id)
    if version.state != State.SENT:
        words = f"edition {version.edition} is {version.state}: customs has nothing to answer"
        raise Conflict("not-sent", Fault("state", words, "send it, or read what was answered"))
    stands(session, version, to)
    sent = _sent_on(session, row, version)
    if on < sent:
        raise invalid("on", f"{on} is before it was sent", f"name a day from {sent}")
    return row, version


def _sent_on(session: Session, row: LetterRow, version: LetterVersionRow) -> date:
    """Return the day on which an edition left the house, as the register has it."""
    sent = [
        business_date(line.created_at)
        for line in lines(session, row.number)
        if (line.edition, line.status) == (version.edition, State.SENT)
    ]
    assert sent, "what customs answers was sent"
    return sent[-1]
