"""ACT: the loss is shared under the policy's own scheme, the bank is paid, parties are called."""

from datetime import timedelta

from sqlmodel import Session

from claims import store
from claims.deciding.lines import decided_lines
from claims.facts import Case, case_of, facts_for, payable_from
from claims.pay_for_delay import pay_for_delay
from claims.rules.lifecycle import State, move
from claims.rules.purpose import ON_ACCOUNT, Purpose
from claims.settling.restate import restate
from claims.tables import SettlementRow
from kernel.desk import Desk
from kernel.errors import Conflict, Fault


def settle(session: Session, claim_id: str, *, desk: Desk) -> SettlementRow:
    """Settle an accepted claim after its waiting period.

    What was paid on account, or by a settlement that was revised, is taken into the total.

    Raises:
        Conflict: the claim is not accepted, or the waiting period still runs.
        Invalid: a fact that the scheme needs is not registered.
        Unavailable: the working-day table ends before the calls fall due.
    """
    seen = case_of(session, claim_id)
    facts = facts_for(
        session, seen, desk.on, lock=True
    )  # locks the pools first: pool, policy, claim
    case = case_of(session, claim_id, lock=True)
    claim = case.claim
    state = move(claim.state, State.SETTLED)
    check_waiting(case, desk)
    row = restate(session, case, decided_lines(case), _purpose(session, case), facts, desk=desk)
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
    made = {Purpose(row.purpose) for row in store.settlements(session, case.claim.id)}
    return Purpose.TRUE_UP if made - ON_ACCOUNT else Purpose.FINAL
