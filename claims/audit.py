"""Audit of claims: shares add up, nobody got back more than it bore, policies within limits."""

from collections import defaultdict

from sqlmodel import Session, select

from claims.tables import CallRow, ClaimRow, RecoveryRow, SettlementRow, ShareRow
from kernel.errors import Fault
from kernel.sharing import UNCOVERED
from underwriting import store as contracts


def verify_claims(session: Session) -> tuple[Fault, ...]:
    """Return a fault for each settlement, recovery or policy whose figures disagree."""
    faults: list[Fault] = []
    paid: defaultdict[str, int] = defaultdict(int)
    for row in session.exec(select(SettlementRow)):
        faults += _settlement(session, row)
        claim = session.get(ClaimRow, row.claim_id)
        assert claim is not None, "a foreign key holds it"
        paid[claim.policy_id] += row.eligible_minor
    for policy_id, minor in paid.items():
        policy = contracts.policy(session, policy_id)
        if policy.paid_minor != minor:
            problem = f"paid {policy.paid_minor} is not the settlements' {minor} (minor units)"
            faults.append(Fault(f"policy {policy.number}", problem, "compare its claims"))
    return tuple(faults)


def _settlement(session: Session, row: SettlementRow) -> list[Fault]:
    shares = session.exec(select(ShareRow).where(ShareRow.settlement_id == row.id)).all()
    calls = session.exec(select(CallRow).where(CallRow.settlement_id == row.id)).all()
    recoveries = session.exec(select(RecoveryRow).where(RecoveryRow.claim_id == row.claim_id)).all()
    borne = {share.party: share.paid_minor for share in shares}
    tests = [
        (sum(borne.values()) == row.eligible_minor, "shares are not the eligible loss"),
        (borne.get(UNCOVERED, 0) == row.uncovered_minor, "the uncovered part disagrees"),
        (
            all(call.amount_minor == borne.get(call.party) for call in calls),
            "a call is not its party's share",
        ),
        (
            all(
                share.given_back_minor == sum(r.parts.get(share.party, 0) for r in recoveries)
                for share in shares
            ),
            "what was given back is not what the recoveries say",
        ),
        (
            all(r.net_minor == r.surplus_minor + sum(r.parts.values()) for r in recoveries),
            "a recovery's parts are not its net",
        ),
    ]
    return [
        Fault(f"settlement {row.id}", problem, "compare it with its statement")
        for holds, problem in tests
        if not holds
    ]
