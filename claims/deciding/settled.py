"""Settling one claim that was decided, once it is held and all that it needs was read."""

from datetime import timedelta

from sqlmodel import Session

from claims import store
from claims.deciding.lines import decided_lines
from claims.facts import Case, facts_for, payable_from
from claims.pay_for_delay import pay_for_delay
from claims.rules.lifecycle import State, move
from claims.rules.purpose import ON_ACCOUNT, Purpose
from claims.settling.ahead import Ahead
from claims.settling.restate import restate
from claims.tables import SettlementRow
from kernel.desk import Desk
from kernel.errors import Conflict, Fault


def settle_decided(session: Session, case: Case, ahead: Ahead, *, desk: Desk) -> SettlementRow:
    """Settle an accepted claim after its waiting period; raises as `claims.settle.settle`."""
    claim = case.claim
    facts = facts_for(session, case, desk.on, lock=True, means=ahead.means)
    state = move(claim.state, State.SETTLED)
    check_waiting(case, desk)
    lines, purpose = decided_lines(case), _purpose(session, case)
    row = restate(session, case, lines, purpose, facts, desk=desk, ahead=ahead)
    pay_for_delay(session, case, row, desk=desk)
    claim.state = state
    claim.file = {**claim.file, "settled_on": desk.on.isoformat()}
    session.add(claim)
    return row


def check_waiting(case: Case, desk: Desk) -> None:
    """Refuse payment before the waiting period has ended.

    Raises:
        Conflict: it still runs.
    """
    first = payable_from(case)
    if desk.on < first:
        last = first - timedelta(days=1)
        fault = Fault("claim", f"the waiting period ends on {last}", f"settle from {first}")
        raise Conflict("waiting-period", fault)


def _purpose(session: Session, case: Case) -> Purpose:
    """The first decision is final; what follows it makes it true."""
    if case.standing is None:
        return Purpose.FINAL
    made = {Purpose(row.purpose) for row in store.settlements(session, case.claim.id)}
    return Purpose.TRUE_UP if made - ON_ACCOUNT else Purpose.FINAL
