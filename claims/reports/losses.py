"""What claims cost on each policy in a period: notices, losses, who bore, what came back."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby

from sqlmodel import Session, col, select

from claims.disposal.store import RecoverySharingRow
from claims.reports.period import Asked
from claims.rules.lifecycle import State
from claims.tables import ClaimRow, RecoveryRow, SettlementRow, ShareRow


@dataclass(slots=True)
class PolicyLosses:
    """Claims on one policy in a period, minor units.

    Attributes:
        claimed: was anything claimed until the period's end that is not denied?
        notified: claims notified.
        settled: claims settled for the first time.
        borne: party -> its shares, and changes of them, settled in the period.
        eligible: the losses that were shared, likewise.
        back: party -> its parts of recoveries with a value date in the period.
    """

    claimed: bool = False
    notified: int = 0
    settled: int = 0
    eligible: int = 0
    borne: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    back: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def losses_of(session: Session, asked: Asked) -> dict[str, PolicyLosses]:
    """Return policy id -> its claims in the period, by all that is known now."""
    found: dict[str, PolicyLosses] = defaultdict(PolicyLosses)
    claims = select(ClaimRow).where(ClaimRow.currency == asked.currency)
    policy_of = {}
    for claim in session.exec(claims):
        policy_of[claim.id] = claim.policy_id
        found[claim.policy_id].notified += asked.covers(claim.notified_on)
        if claim.notified_on <= asked.closes_on and claim.state != State.DENIED:
            found[claim.policy_id].claimed = True
    _settled(session, asked, policy_of, found)
    _recovered(session, asked, policy_of, found)
    return found


def _settled(
    session: Session, asked: Asked, policy_of: dict[str, str], found: dict[str, PolicyLosses]
) -> None:
    query = (
        select(SettlementRow)
        .where(SettlementRow.currency == asked.currency)
        .order_by(col(SettlementRow.claim_id), col(SettlementRow.sequence))
    )
    rows = session.exec(query).all()
    shares: dict[str, dict[str, int]] = defaultdict(dict)
    for share in session.exec(select(ShareRow).where(ShareRow.currency == asked.currency)):
        shares[share.settlement_id][share.party] = share.paid_minor
    for claim_id, each in groupby(rows, key=lambda row: row.claim_id):
        before: dict[str, int] = {}
        eligible = 0
        for row in each:
            now = shares[row.id]
            if asked.covers(row.settled_on):
                one = found[policy_of[claim_id]]
                one.settled += row.sequence == 1
                one.eligible += row.eligible_minor - eligible
                for party in {**before, **now}:
                    one.borne[party] += now.get(party, 0) - before.get(party, 0)
            before, eligible = now, row.eligible_minor


def _recovered(
    session: Session, asked: Asked, policy_of: dict[str, str], found: dict[str, PolicyLosses]
) -> None:
    """Add the newest edition of each recovery, by its value date."""
    query = (
        select(RecoveryRow.claim_id, RecoverySharingRow)
        .join(RecoverySharingRow, col(RecoverySharingRow.recovery_id) == RecoveryRow.id)
        .where(RecoveryRow.currency == asked.currency)
        .order_by(col(RecoverySharingRow.recovery_id), col(RecoverySharingRow.edition))
    )
    newest = {row.recovery_id: (claim_id, row) for claim_id, row in session.exec(query)}
    for claim_id, row in newest.values():
        if asked.covers(row.value_date):
            for party, minor in row.parts.items():
                found[policy_of[claim_id]].back[party] += minor
