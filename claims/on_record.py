"""What the loan's own record says of a default, read back from the books for a claim."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import Session

from claims import store
from claims.rules.lifecycle import State
from claims.rules.loan_record import LoanRecord, loan_record
from claims.tables import ClaimRow, SettlementRow
from underwriting.loan_events.store import events_of
from underwriting.watch.counting import counting
from underwriting.watch.loan_event import LoanEvent

_PAID = (State.SETTLED, State.CLOSED)


def records_on(
    session: Session, rows: Sequence[store.Insured], standing: Mapping[str, SettlementRow]
) -> dict[str, LoanRecord | None]:
    """Return claim -> what the record of its loan says; claims without a loan are left out.

    `standing` is the newest settlement of each claim that has one. Of a claim that is settled the
    record counts as the books knew it then: money of a later day is a recovery, and what becomes
    known later counts once the claim is revised.
    """
    lent = [(claim, policy) for claim, policy in rows if policy.contract["loan"] is not None]
    events = events_of(session, sorted({policy.id for _, policy in lent})) if lent else {}
    return {
        claim.id: _record(claim, events.get(policy.id, ()), standing.get(claim.id))
        for claim, policy in lent
    }


def _record(
    claim: ClaimRow, events: Sequence[LoanEvent], settled: SettlementRow | None
) -> LoanRecord | None:
    known = settled.created_at if settled and claim.state in _PAID else None
    first = claim.file.get("first_settled_on") or claim.file.get("settled_on")
    until = date.fromisoformat(first) if first else None
    return loan_record(counting(events, until, known), claim.default_date)
