"""A claim fetched and locked for an act on its recoveries."""

from datetime import date

from sqlmodel import Session

from claims import store
from claims.facts import Case, case_of
from claims.pooled import lock_pools
from claims.rules.lifecycle import State
from claims.tables import SettlementRow
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid


def locked(session: Session, claim_id: str) -> Case:
    """Fetch a claim for an act on its recoveries; pools are locked before policy and claim."""
    lock_pools(session, store.policies_of(session, [claim_id]))
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


def check_value_day(case: Case, day: date, desk: Desk, *, field: str = "value_date") -> None:
    """Refuse a value date on which no money of a claim can have moved.

    Raises:
        Invalid: it lies ahead, or before the insured event, by what that day is called.
    """
    first = case.claim.default_date
    if not first <= day <= desk.on:
        words = f"{day} is not from {first}, the {case.kind.event_en}, to today"
        raise invalid(field, words, "give the day of the money")
