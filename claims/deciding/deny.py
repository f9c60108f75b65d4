"""Refusal: every ground at once; what was paid before is asked back."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from claims.facts import Case, facts_for
from claims.reserving.keep import set_reserve
from claims.rules.lifecycle import State, move
from claims.rules.preclusion import check_precluded
from claims.rules.purpose import Purpose
from claims.settling.restate import restate
from claims.worth import lines_of
from kernel.db import books
from kernel.desk import Desk
from kernel.finding import Finding


def deny(session: Session, case: Case, grounds: Sequence[Finding], desk: Desk) -> None:
    """Refuse with every ground; the refusal is due within 3 days (Insurance Law art. 24).

    The default of the loan is then free for a notice under another policy of the same loan.

    Raises:
        Conflict: `precluded`, an earlier refusal did not state one of the grounds.
    """
    row, subject = case.claim, books.Subject("claim", case.claim.id)
    codes = [found.code for found in grounds]
    check_precluded(row.file.get("grounds", ()), codes)
    row.state, row.loan = move(row.state, State.DENIED), None
    first = row.file.get("grounds", codes)
    row.file = {
        **row.file,
        "assessed_on": desk.on.isoformat(),
        "denied": True,
        "grounds": first,
    }
    worded = [{"zh": found.zh, "en": found.en} for found in grounds]
    noted = {"grounds": codes, "worded": worded}
    books.note(session, subject, "denied", noted, actor=desk.actor, at=desk.at)
    if case.standing:  # noted after the refusal that it follows from
        _ask_back(session, case, desk)
    else:
        set_reserve(session, row, 0, desk)
    refusal = {"grounds": [found.json() for found in grounds]}
    books.enqueue(session, subject, "refusal", refusal, at=desk.at)


def _ask_back(session: Session, case: Case, desk: Desk) -> None:
    """Settle a claim that was paid on account, or before it was revised, at nothing."""
    why = "拒赔 denied"
    nothing = [
        replace(line, adjusted=0, approved=0, reason=why if line.asked else "")
        for line in lines_of(case, {})
    ]
    facts = facts_for(session, case, desk.on, lock=True)
    restate(session, case, nothing, Purpose.RECOMPUTED, facts, desk=desk)
