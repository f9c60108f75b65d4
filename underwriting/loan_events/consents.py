"""Queries of the consent desk, as named functions of a session."""

from sqlmodel import Session, col, select

from kernel.money import Money
from underwriting.loan_events.tables import ConsentAnswerRow, ConsentRow
from underwriting.store import missing
from underwriting.watch.consent import Consent
from underwriting.watch.consent_kind import ConsentKind

__all__ = ["ConsentAnswerRow", "ConsentRow"]  # what the houses above may name

Asked = tuple[ConsentRow, ConsentAnswerRow | None]
"""A leave that was asked, and its answer where there is one."""


def consents(session: Session, policy_id: str) -> tuple[Asked, ...]:
    """Return every leave that was asked for a policy, oldest first."""
    query = (
        select(ConsentRow, ConsentAnswerRow)
        .join(
            ConsentAnswerRow, col(ConsentAnswerRow.consent_id) == col(ConsentRow.id), isouter=True
        )
        .where(ConsentRow.policy_id == policy_id)
        .order_by(col(ConsentRow.created_at), col(ConsentRow.id))
    )
    return tuple((row, answer) for row, answer in session.exec(query))


def consent(session: Session, id_: str) -> ConsentRow:
    """Return a leave that was asked.

    Raises:
        NotFound: there is none.
    """
    row = session.get(ConsentRow, id_)
    if row is None:
        raise missing("consent")
    return row


def answer_to(session: Session, consent_id: str) -> ConsentAnswerRow | None:
    """Return the answer to a leave that was asked, if any."""
    query = select(ConsentAnswerRow).where(ConsentAnswerRow.consent_id == consent_id)
    return session.exec(query).one_or_none()


def consent_of(row: ConsentRow, answer: ConsentAnswerRow | None) -> Consent:
    """Read a leave with its answer back as a value."""
    return Consent(
        id=row.id,
        number=row.number,
        kind=ConsentKind(row.kind),
        effective_on=row.effective_on,
        granted=None if answer is None else answer.outcome == "granted",
        answered_on=None if answer is None else answer.answered_on,
        valid_until=None if answer is None else answer.valid_until,
        due=row.due,
        most=Money(row.most_minor, row.currency),
        loan=row.loan,
    )
