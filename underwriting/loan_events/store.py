"""Queries of guaranteed loans after issue, as named functions of a session."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from kernel.db.row import Record
from kernel.finding import Finding
from underwriting.loan_events.consents import consent_of, consents
from underwriting.loan_events.tables import ConsentBreachRow, LoanEventRow
from underwriting.rules.earning_cover import Repaid
from underwriting.tables import PolicyRow
from underwriting.watch.change_consented import Breach, LoanFile
from underwriting.watch.loan_event import LoanClass, LoanEvent, LoanEventKind
from underwriting.watch.repaid import repaid_by_day

__all__ = ["ConsentBreachRow", "LoanEventRow"]  # what the houses above may name

_BATCH = 500
"""Ids that one statement names."""

RecordT = TypeVar("RecordT", bound=Record)


def event_rows(session: Session, policy_id: str) -> tuple[LoanEventRow, ...]:
    """Return what was reported of a policy's loan, in the order in which it became known."""
    query = select(LoanEventRow).where(LoanEventRow.policy_id == policy_id)
    return tuple(session.exec(query.order_by(col(LoanEventRow.seq))))


def events_of(session: Session, policy_ids: Sequence[str]) -> Mapping[str, tuple[LoanEvent, ...]]:
    """Return policy -> what was reported of its loan, in the order in which it became known."""
    found: defaultdict[str, list[LoanEvent]] = defaultdict(list)
    for start in range(0, len(policy_ids), _BATCH):
        some = policy_ids[start : start + _BATCH]
        query = select(LoanEventRow).where(col(LoanEventRow.policy_id).in_(some))
        for row in session.exec(query.order_by(col(LoanEventRow.seq))):
            found[row.policy_id].append(event_of(row))
    return {policy_id: tuple(events) for policy_id, events in found.items()}


def event_of(row: LoanEventRow) -> LoanEvent:
    """Read an event back as a value."""
    plain = ("id", "seq", "key", "happened_on", "since", "until", "withdraws", "consent_id",
             "reference")  # fmt: skip
    return LoanEvent(
        **{name: getattr(row, name) for name in plain},
        kind=LoanEventKind(row.kind),
        known_at=row.created_at,
        principal=row.principal_minor,
        interest=row.interest_minor,
        loan_class=LoanClass(row.loan_class) if row.loan_class else None,
    )


def loan_file(session: Session, policy_id: str, *, known: datetime | None = None) -> LoanFile:
    """Return all that is known of a policy's loan, now or at an instant."""
    breaches = select(ConsentBreachRow).where(ConsentBreachRow.policy_id == policy_id)
    asked = [
        (row, None if answer is None or _later(answer, known) else answer)
        for row, answer in consents(session, policy_id)
        if not _later(row, known)
    ]
    return LoanFile(
        tuple(event_of(row) for row in _seen(event_rows(session, policy_id), known)),
        tuple(consent_of(row, answer) for row, answer in asked),
        tuple(
            Breach(row.event_id, row.found_on, tuple(map(Finding.of, row.findings)))
            for row in _seen(session.exec(breaches.order_by(col(ConsentBreachRow.id))), known)
        ),
    )


def repaid_of(session: Session, policy_id: str) -> Repaid | None:
    """Return the principal repaid by day; None where nobody reports the loan."""
    return repaid_by_day(map(event_of, event_rows(session, policy_id)))


def reported(session: Session, bank_id: str, on: date) -> tuple[PolicyRow, ...]:
    """Return the policies of a bank whose loans are reported until a day, by their numbers."""
    events = select(LoanEventRow.policy_id).where(col(LoanEventRow.happened_on) <= on)
    query = select(PolicyRow).where(
        PolicyRow.client_id == bank_id, col(PolicyRow.id).in_(events)
    )  # fmt: skip
    return tuple(session.exec(query.order_by(col(PolicyRow.number))))


def _seen(rows: Iterable[RecordT], known: datetime | None) -> list[RecordT]:
    return [row for row in rows if not _later(row, known)]


def _later(row: Record, known: datetime | None) -> bool:
    return known is not None and row.created_at > known
