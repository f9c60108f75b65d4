"""ACT: a letter of demand reached the borrower: the day, and what proves it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.overdue import store
from claims.overdue.tables import DunningRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid


@dataclass(frozen=True, slots=True)
class Service:
    """How it is known that a letter was served.

    Attributes:
        served_on: the day it reached the borrower.
        proof: number of the slip, receipt or deed.
    """

    served_on: date
    proof: str


def record_service(
    session: Session, overdue_id: str, sequence: int, service: Service, *, desk: Desk
) -> DunningRow:
    """Record the proof of service of one letter, once. A case that has ended may get it late.

    Raises:
        NotFound: there is no such case or letter.
        Invalid: the day lies ahead, or before the letter was sent.
        Conflict: its service is proved already.
    """
    case = store.overdue(session, overdue_id, lock=True)
    letter = store.letter(session, overdue_id, sequence)
    if letter.served_on is not None:
        fault = Fault("served_on", f"was served on {letter.served_on}", "nothing more is needed")
        raise Conflict("already-served", fault)
    if not letter.sent_on <= service.served_on <= desk.on:
        problem = f"{service.served_on} is not from {letter.sent_on} to today"
        raise invalid("served_on", problem, "give the day on the slip")
    letter.served_on, letter.proof = service.served_on, service.proof
    session.add(letter)
    session.flush()
    payload = {"overdue_id": case.id, "letter": letter.number, "proof": service.proof,
               "served_on": service.served_on.isoformat()}  # fmt: skip
    subject = books.Subject("policy", case.policy_id)
    books.note(session, subject, "demand_served", payload, actor=desk.actor, at=desk.at)
    return letter
