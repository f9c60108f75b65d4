"""Reading a call to act on it: pools, policy, claim and call are locked in that one order."""

from sqlmodel import Session

from claims import store as claims
from claims.calls import store
from claims.calls.tables import CallRow
from claims.facts import Case, case_of
from claims.pooled import lock_pools


def call_locked(session: Session, call_id: str, *, pools: bool = False) -> tuple[Case, CallRow]:
    """Return a call and its case, locked; the pools too where the loss may be shared again.

    Raises:
        NotFound: there is no such call.
    """
    claim_id = store.call(session, call_id).claim_id
    if pools:
        lock_pools(session, claims.policies_of(session, [claim_id]))
    case = case_of(session, claim_id, lock=True)
    return case, store.call(session, call_id, lock=True)
