"""What waits for the final loss: parties of a scheme that pays on it are called only then."""

from enum import StrEnum

from sqlmodel import Session

from claims.calls import store
from claims.calls.tables import PoolFilingRow
from claims.facts import Case
from claims.tables import SettlementRow
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.sharing import PaysOn


class Filing(StrEnum):
    """How far a filing is."""

    WAITING = "waiting"
    FIXED = "fixed"
    FILED = "filed"


def waits_for_loss(case: Case) -> bool:
    """Say whether the scheme of a claim pays on its final loss: under no other anybody waits."""
    return case.scheme.scheme.pays_on is PaysOn.FINAL_LOSS


def waits(
    session: Session, case: Case, settlement: SettlementRow, party: str, wanted: int, *, desk: Desk
) -> bool:
    """Say whether a party waits for the final loss; what it will be called for is kept."""
    if not waits_for_loss(case):
        return False
    row = next((one for one in store.filings(session, case.claim.id) if one.party == party), None)
    if row is None and _called_before(session, case, party):
        return False
    if row is None:
        row = _new(case, settlement, party, desk=desk)
    if row.state == Filing.FILED:
        return False
    row.amount_minor, row.settlement_id = wanted, settlement.id
    write(session, row)
    return True


def _called_before(session: Session, case: Case, party: str) -> bool:
    """Say whether a party was called at settlement, before filings were kept."""
    return any(row.party == party for row in store.of_claim(session, case.claim.id))


def _new(case: Case, settlement: SettlementRow, party: str, *, desk: Desk) -> PoolFilingRow:
    return PoolFilingRow(
        id=new_id("pf"),
        created_at=desk.at,
        claim_id=case.claim.id,
        settlement_id=settlement.id,
        party=party,
        currency=settlement.currency,
        amount_minor=0,
        state=Filing.WAITING.value,
    )
