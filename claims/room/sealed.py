"""What is signed of a settlement: its content, the same text on every machine, and its hash."""

from typing import Any

from sqlmodel import Session

from claims import store
from claims.store import SettlementRow
from kernel.canonical import canonical_sha256


def settlement_content(session: Session, row: SettlementRow) -> dict[str, Any]:
    """Return what parties sign: the loss, its lines, the facts and everybody's share.

    What is paid or given back afterwards is no part of it.
    """
    shares = [
        {"party": one.party, "role": one.role, "due": one.due_minor, "paid": one.paid_minor}
        for one in store.shares(session, row.id)
    ]
    return {
        "settlement_id": row.id,
        "claim_id": row.claim_id,
        "sequence": row.sequence,
        "purpose": row.purpose,
        "settled_on": row.settled_on.isoformat(),
        "currency": row.currency,
        "eligible": row.eligible_minor,
        "ineligible": row.ineligible_minor,
        "uncovered": row.uncovered_minor,
        "lines": row.lines,
        "facts": row.facts,
        "shares": shares,
    }


def settlement_sha256(session: Session, row: SettlementRow) -> str:
    """Return the SHA-256 of what parties sign."""
    return canonical_sha256(settlement_content(session, row))
