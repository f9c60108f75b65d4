"""The calls on a party of a scheme as they stood on a day."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from claims.calls.moves import Word
from claims.calls.store import CallAnswerRow, CallPaymentRow, CallRow
from claims.reports.day import known_by
from claims.reports.moved import Whose
from claims.tables import ClaimRow
from underwriting.store import PolicyRow

_GONE = (Word.SUPERSEDED.value, Word.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class Called:
    """One call, or a refund of what was paid too much.

    Attributes:
        claim: number of the claim.
        sequence: first, second, … of the claim.
        direction: `call` or `refund`.
        raised_on: business date.
        due_on: last day of payment.
        minor: what was asked.
        paid: of it, until the day.
        gone: was it superseded or withdrawn by then?
    """

    claim: str
    sequence: int
    direction: str
    raised_on: date
    due_on: date
    minor: int
    paid: int
    gone: bool

    @property
    def open(self) -> int:
        """What is awaited, minor units; of a refund below zero."""
        left = 0 if self.gone else self.minor - self.paid
        return left if self.direction == "call" else -left


def calls_on(session: Session, of: Whose, on: date) -> tuple[Called, ...]:
    """Return every call on a party raised until a day, by claim and sequence."""
    known = known_by(on)
    query = (
        select(ClaimRow.number, CallRow)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .join(CallRow, col(CallRow.claim_id) == ClaimRow.id)
        .where(PolicyRow.scheme_code == of.scheme, CallRow.party == of.party)
        .where(CallRow.currency == of.currency, col(CallRow.raised_on) <= on)
        .order_by(col(ClaimRow.number), col(CallRow.sequence))
    )
    found = session.exec(query).all()
    ids = [row.id for _, row in found]
    paid: dict[str, int] = {}
    payments = select(CallPaymentRow).where(col(CallPaymentRow.call_id).in_(ids))
    for one in session.exec(payments):
        if one.created_at <= known:
            paid[one.call_id] = paid.get(one.call_id, 0) + one.amount_minor
    words = select(CallAnswerRow).where(
        col(CallAnswerRow.call_id).in_(ids), col(CallAnswerRow.kind).in_(_GONE)
    )
    gone = {one.call_id for one in session.exec(words) if one.said_on <= on}
    return tuple(
        Called(number, row.sequence, row.direction, row.raised_on, row.due_on, row.amount_minor,
               paid.get(row.id, 0), row.id in gone)
        for number, row in found
    )  # fmt: skip
