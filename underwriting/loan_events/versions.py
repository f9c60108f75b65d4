"""Which quote the terms of a policy come from, on a day and at all."""

from datetime import date

from sqlmodel import Session, col, select

from underwriting.history.store import history
from underwriting.history.tables import PolicyTransactionRow
from underwriting.loan_events.tables import PledgedRightRow
from underwriting.rules.history import in_force
from underwriting.rules.history_segments import segments
from underwriting.rules.history_state import segment_on
from underwriting.tables import PolicyRow


def quote_in_force(session: Session, policy: PolicyRow, on: date) -> str:
    """Return the id of the quote whose terms a policy has on a day; else its first."""
    found = history(session, policy.id)
    one = segment_on(segments(in_force(found.past)), on)
    quoted = None if one is None else found.row(one.transaction_id).quote_id
    return quoted or policy.quote_id


def quotes_bound(session: Session, *, indexed: bool) -> tuple[tuple[str, str], ...]:
    """Return (policy id, quote id) of all terms that were ever bound, indexed or not."""
    known = select(PledgedRightRow.quote_id)
    first = select(PolicyRow.id, PolicyRow.quote_id)
    later = select(PolicyTransactionRow.policy_id, PolicyTransactionRow.quote_id).where(
        col(PolicyTransactionRow.quote_id).is_not(None)
    )
    if indexed:
        first = first.where(col(PolicyRow.quote_id).in_(known))
        later = later.where(col(PolicyTransactionRow.quote_id).in_(known))
    else:
        first = first.where(col(PolicyRow.quote_id).not_in(known))
        later = later.where(col(PolicyTransactionRow.quote_id).not_in(known))
    pairs = [*session.exec(first), *session.exec(later)]
    return tuple(dict.fromkeys((policy_id, str(quote_id)) for policy_id, quote_id in pairs))
