"""ACT: the loss is shared again because a fact has changed; the difference is paid and called."""

from sqlmodel import Session

from claims.calls.locked import lock_pools
from claims.deciding.lines import decided_lines
from claims.facts import case_of, facts_for
from claims.rules.lifecycle import State
from claims.rules.purpose import Purpose
from claims.settling.restate import restate
from claims.tables import SettlementRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault


def recompute(session: Session, claim_id: str, reason: str, *, desk: Desk) -> SettlementRow:
    """Settle a settled claim anew under the facts of today: what was approved stays as it is.

    A pool may have been filled, a ratio restated, a party may be in default or have paid after
    all. The new settlement holds the whole; the entry of the one before is reversed.

    Raises:
        Conflict: the claim is not settled, or a pool lacks what its party owes.
        Invalid: a fact that the scheme needs is not registered.
        Unavailable: the working-day table ends before the calls fall due.
    """
    lock_pools(session, claim_id)
    seen = case_of(session, claim_id)
    facts = facts_for(session, seen, desk.on, lock=True)
    case = case_of(session, claim_id, lock=True)
    if case.claim.state != State.SETTLED:
        cure = "reopen it first" if case.claim.state == State.CLOSED else "settle it first"
        raise Conflict("claim-not-settled", Fault("claim", f"is {case.claim.state}", cure))
    row = restate(session, case, decided_lines(case), Purpose.RECOMPUTED, facts, desk=desk)
    subject = books.Subject("claim", claim_id)
    payload = {"settlement_id": row.id, "sequence": row.sequence, "reason": reason}
    books.note(session, subject, "recomputed", payload, actor=desk.actor, at=desk.at)
    return row
