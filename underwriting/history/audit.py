"""Audit of policy life: chains hold, totals telescope, the journal and the policy rows agree."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from kernel.canonical import canonical_json
from kernel.errors import Fault
from underwriting.history.record import premium_key
from underwriting.history.seal import FIRST, transaction_hash
from underwriting.history.store import History, history, posted_lines
from underwriting.history.tables import PolicyTransactionRow
from underwriting.rules.history import in_force
from underwriting.rules.history_segments import segments
from underwriting.rules.history_step import projection
from underwriting.rules.returns_amounts import Amounts, charged
from underwriting.rules.returns_moves import moved
from underwriting.tables import PolicyRow

_CURE = "restore it from the last backup that verifies, and find out who wrote to it"


def verify_history(session: Session) -> tuple[Fault, ...]:
    """Return a fault for everything in which a policy and its transactions disagree."""
    faults: list[Fault] = []
    ids = session.exec(select(PolicyRow.id).order_by(col(PolicyRow.id))).all()
    for id_ in ids:
        seen = history(session, id_)
        name = f"policy {seen.policy.number}"
        tests = (_chain(seen), _totals(seen), _journal(session, seen), _row(seen))
        faults += (Fault(name, words, _CURE) for test in tests for words in test)
    return tuple(faults)


def delta_of(row: PolicyTransactionRow) -> Amounts:
    """Return how a transaction changed the premium."""
    return Amounts(row.delta_minor, row.delta_tax_minor, row.delta_subsidy_minor)


def _chain(seen: History) -> Iterator[str]:
    if not seen.rows:
        yield "has no transaction that issued it"
    before = FIRST
    for place, row in enumerate(seen.rows, start=1):
        if row.seq != place:
            yield f"has transaction {row.seq} where {place} should be"
        if row.prev_hash != before:
            yield f"has transaction {row.number} that does not follow the one before"
        if transaction_hash(row) != row.hash:
            yield f"has transaction {row.number} that is not what was sealed"
        before = row.hash


def _totals(seen: History) -> Iterator[str]:
    """Each transaction charged what it made of the total, with what was known then."""
    before = Amounts()
    for place, row in enumerate(seen.rows, start=1):
        total = charged(segments(in_force(seen.past[:place])))
        if before + delta_of(row) != total:
            yield f"was charged {delta_of(row)} by {row.number}, not {total - before}"
        before = total


def _journal(session: Session, seen: History) -> Iterator[str]:
    for row in seen.rows:
        found = Amounts()
        for key in (premium_key(row), f"reversal:{row.id}"):
            found += moved([(one.account, one.minor) for one in posted_lines(session, key)])
        if found != delta_of(row):
            yield f"has {found} in the journal for {row.number}, not {delta_of(row)}"


def _row(seen: History) -> Iterator[str]:
    """The policy row is what its transactions come to."""
    policy, stands = seen.policy, projection(seen.past)
    if (policy.state, policy.premium_minor) != (stands.state, stands.charged.total):
        yield f"is {policy.state} at {policy.premium_minor}, not {stands.state} as agreed"
    if stands.contract is not None:
        same = canonical_json(policy.contract) == canonical_json(stands.contract.json())
        shown = (policy.sum_insured_minor, policy.ends_on)
        if not same or shown != (stands.contract.sum_insured.minor, stands.ends_on):
            yield "shows other terms than were agreed"
