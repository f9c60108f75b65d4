"""Acceptance: what is approved of each line, from the day on which the insured agreed."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from claims.deciding.assessment import Assessment
from claims.facts import Case
from claims.reserving.follow import follow_decision
from claims.rules.lifecycle import State, move
from claims.rules.line import Line
from kernel.db import books
from kernel.desk import Desk


def accept(
    session: Session, case: Case, assessment: Assessment, lines: Sequence[Line], *, desk: Desk
) -> None:
    """Accept a claim with what its lines approve; some of them may be denied.

    What is set aside comes down to it, unless a person set it.
    """
    row, subject = case.claim, books.Subject("claim", case.claim.id)
    row.state = move(row.state, State.ACCEPTED)
    row.approved = {line.code: line.approved for line in lines}
    agreed = assessment.agreed_on or desk.on
    row.file = {
        **row.file,
        "assessed_on": desk.on.isoformat(),
        "agreed_on": agreed.isoformat(),
        "adjusted": {code: list(value) for code, value in assessment.allowed.items()},
        "repairs": {
            code: [one.minor, one.line, one.reason] for code, one in assessment.repairs.items()
        },
    }
    follow_decision(session, case, lines, desk)
    payload: dict[str, Any] = {"approved": row.approved}
    if assessment.agreed_on:  # nobody agreed where only the clock was given a day
        payload["agreed_on"] = agreed.isoformat()
    if assessment.denied:
        payload["denied"] = dict(assessment.denied)
    books.note(session, subject, "accepted", payload, actor=desk.actor, at=desk.at)
