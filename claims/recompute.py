"""ACT: the loss is shared again because a fact has changed; the difference is paid and called."""

from datetime import date

from sqlmodel import Session

from claims.calls.locked import lock_pools
from claims.deciding.lines import decided_lines
from claims.facts import Case, case_of, clock_file, facts_for, payable_from
from claims.pay_for_delay import paid_now, pay_for_delay
from claims.rules.clocks import pay_by
from claims.rules.instalment import Owed
from claims.rules.lifecycle import State
from claims.rules.purpose import Purpose
from claims.settling.restate import restate
from claims.tables import SettlementRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid


def recompute(
    session: Session, claim_id: str, reason: str, *, desk: Desk, known_on: date | None = None
) -> SettlementRow:
    """Settle a settled claim anew under the facts of today: what was approved stays as it is.

    A pool may have been filled, a ratio restated, a party may be in default or have paid after
    all. The new settlement holds the whole; the entry of the one before is reversed. What it pays
    beyond the one before has a clock of its own, from `known_on`: the day on which the house knew
    of the fact, today where it is left out.

    Raises:
        Conflict: the claim is not settled, or a pool lacks what its party owes.
        Invalid: a fact that the scheme needs is not registered, or `known_on` is not from the
            first settlement to today.
        Unavailable: the working-day table ends before the calls fall due.
    """
    lock_pools(session, claim_id)
    seen = case_of(session, claim_id)
    facts = facts_for(session, seen, desk.on, lock=True)
    case = case_of(session, claim_id, lock=True)
    if case.claim.state != State.SETTLED:
        cure = "reopen it first" if case.claim.state == State.CLOSED else "settle it first"
        raise Conflict("claim-not-settled", Fault("claim", f"is {case.claim.state}", cure))
    known = _known(case, known_on, desk)
    row = restate(session, case, decided_lines(case), Purpose.RECOMPUTED, facts, desk=desk)
    due = pay_by(known, payable_from(case), days=clock_file(case).pay_days)
    owed = Owed(max(0, paid_now(case, row)), due)
    pay_for_delay(session, case, row, desk=desk, owed=[owed])
    subject = books.Subject("claim", claim_id)
    payload = {"settlement_id": row.id, "sequence": row.sequence, "reason": reason}
    books.note(session, subject, "recomputed", payload, actor=desk.actor, at=desk.at)
    return row


def _known(case: Case, known_on: date | None, desk: Desk) -> date:
    assert case.standing is not None, "a settled claim has a settlement"
    since = case.standing.counts_on
    if known_on and not since <= known_on <= desk.on:
        words = f"is not from the first settlement, {since}, to today"
        raise invalid("known_on", words, "give the day on which the house knew of the fact")
    return known_on or desk.on
