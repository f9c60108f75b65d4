"""Audit of claims: shares add up, nobody got back more than it bore, policies within limits."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from sqlmodel import Session, col, select

from claims import store
from claims.auditing import calls, entries, settlements
from claims.tables import ClaimRow, SettlementRow
from kernel.errors import Fault
from kernel.money import Money
from underwriting import store as contracts

_CURE = "compare it with its statement"


def verify_claims(session: Session) -> tuple[Fault, ...]:
    """Return a fault for each claim, settlement, recovery or policy whose figures disagree."""
    faults: list[Fault] = []
    paid: defaultdict[str, int] = defaultdict(int)
    order = (col(SettlementRow.claim_id), col(SettlementRow.sequence))
    made = session.exec(select(SettlementRow).order_by(*order)).all()
    for claim_id, group in groupby(made, key=lambda row: row.claim_id):
        rows, claim = tuple(group), store.claim(session, claim_id)
        faults += _claim(session, claim, rows)
        paid[claim.policy_id] += rows[-1].counted_minor
    for claim in session.exec(select(ClaimRow)):
        faults += _items(session, claim)
    for policy_id, minor in paid.items():
        policy = contracts.policy(session, policy_id)
        if policy.paid_minor != minor:
            unit = policy.currency
            paid_out, settled = Money(policy.paid_minor, unit), Money(minor, unit)
            problem = f"paid {paid_out} is not the settlements' {settled}"
            faults.append(Fault(f"policy {policy.number}", problem, "compare its claims"))
    return tuple(faults)


def _claim(session: Session, claim: ClaimRow, rows: tuple[SettlementRow, ...]) -> Iterator[Fault]:
    for row, problem in settlements.disagreements(session, claim, rows):
        yield Fault(f"settlement {row.id}", problem, _CURE)
    for problem in calls.disagreements(session, claim, rows[-1]):
        yield Fault(f"settlement {rows[-1].id}", problem, _CURE)
    for problem in entries.disagreements(session, claim, rows):
        yield Fault(f"claim {claim.number}", problem, "compare its entries with its settlements")


def _items(session: Session, claim: ClaimRow) -> Iterator[Fault]:
    """Yield a fault where what is asked is not the sum of its items."""
    sums: defaultdict[str, int] = defaultdict(int)
    for item in store.items(session, claim.id):
        sums[item.line] += item.amount_minor
    if sums != {line: minor for line, minor in claim.asked.items() if minor}:
        problem = "what is asked is not the sum of its items"
        yield Fault(f"claim {claim.number}", problem, "compare it with its notice")
