"""A claim fetched and locked for an act on its recoveries."""

from sqlmodel import Session

from claims import store
from claims.facts import Case, case_of
from claims.rules.lifecycle import State
from claims.tables import SettlementRow
from kernel.errors import Conflict, Fault
from underwriting import store as contracts


def locked(session: Session, claim_id: str) -> Case:
    """Fetch a claim for an act on its recoveries; pools are locked before policy and claim."""
    seen = case_of(session, claim_id)
    for party in sorted(seen.scheme.scheme.parties):
        contracts.pool(session, seen.policy.scheme_code, party, seen.claim.currency, lock=True)
    return case_of(session, claim_id, lock=True)


def settled(session: Session, case: Case) -> SettlementRow:
    """Return the newest settlement of a claim that takes money.

    Raises:
        Conflict: nothing of it was settled, or it is closed.
    """
    settlement = store.settlement_of(session, case.claim.id)
    if settlement is None or case.claim.state == State.CLOSED:
        cure = "reopen it first" if case.claim.state == State.CLOSED else "settle it first"
        fault = Fault("claim", f"the claim is {case.claim.state}", cure)
        raise Conflict("claim-not-settled", fault)
    return settlement
