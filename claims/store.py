"""Every query of claims, as named functions of a session. Nothing here decides."""

from collections.abc import Container, Sequence
from datetime import date

from sqlmodel import Session, col, select

from claims.rules.lifecycle import State
from claims.tables import ClaimItemRow, ClaimRow, RecoveryRow, SettlementRow, ShareRow
from kernel.db.row import Row
from kernel.db.turn import writes_alone
from kernel.errors import Fault, NotFound
from underwriting.store import PolicyRow, missing, page

__all__ = [  # what the floor above may name
    "ClaimItemRow",
    "ClaimRow",
    "RecoveryRow",
    "SettlementRow",
    "ShareRow",
]

Insured = tuple[ClaimRow, PolicyRow]
"""A claim and its policy."""


def claim(session: Session, id_: str, *, lock: bool = False) -> ClaimRow:
    """Return a claim, held against other writers where `lock`."""
    row = session.get(ClaimRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("claim")
    return row


def policies_of(session: Session, claim_ids: Sequence[str]) -> tuple[Insured, ...]:
    """Return claims with their policies, in the order of `claim_ids`, read at once.

    Raises:
        NotFound: one of them is not there.
    """
    query = (
        select(ClaimRow, PolicyRow)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .where(col(ClaimRow.id).in_(claim_ids))
    )
    found = {claim.id: (claim, policy) for claim, policy in session.exec(query)}
    if any(id_ not in found for id_ in claim_ids):
        raise _missing_among(claim_ids, found)
    return tuple(found[id_] for id_ in claim_ids)


def _missing_among(claim_ids: Sequence[str], found: Container[str]) -> NotFound:
    """Refuse ids that name nothing; among several, each by its place."""
    if len(claim_ids) == 1:
        return missing("claim")
    words, cure = "names no claim that you may see", "list the claim ids"
    return NotFound("no-such-claim", *(
        Fault(f"claim_ids.{place}", words, cure)
        for place, id_ in enumerate(claim_ids) if id_ not in found
    ))  # fmt: skip


def hold(session: Session, rows: Sequence[Insured]) -> None:
    """Hold policies, then claims, against other writers, each kind by id."""
    if writes_alone(session):
        return
    kinds: tuple[tuple[type[Row], set[str]], ...] = (
        (PolicyRow, {policy.id for _, policy in rows}),
        (ClaimRow, {claim.id for claim, _ in rows}),
    )
    for kind, ids in kinds:
        held = select(kind.id).where(col(kind.id).in_(sorted(ids))).order_by(col(kind.id))
        session.exec(held.with_for_update())


def claim_named(session: Session, name: str) -> ClaimRow:
    """Return a claim by its id or number.

    Raises:
        NotFound: there is none.
    """
    query = select(ClaimRow).where((ClaimRow.id == name) | (ClaimRow.number == name))
    row = session.exec(query).one_or_none()
    if row is None:
        raise missing("claim")
    return row


def claims(
    session: Session,
    *,
    client_id: str | None,
    after: str | None,
    limit: int,
    state: str | None = None,
) -> list[ClaimRow]:
    """Return claims, newest first, of one bank or of all, in one state, after the claim `after`."""
    query = select(ClaimRow)
    if state is not None:
        query = query.where(ClaimRow.state == state)
    if client_id is not None:
        query = query.where(ClaimRow.client_id == client_id)
    return page(session, query, ClaimRow, after=after, limit=limit)


def accepted(session: Session) -> tuple[Insured, ...]:
    """Return the claims that wait to be settled, with their policies, longest waiting first."""
    query = (
        select(ClaimRow, PolicyRow)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .where(ClaimRow.state == State.ACCEPTED.value)
        .order_by(col(ClaimRow.default_date), col(ClaimRow.id))
    )
    return tuple((claim, policy) for claim, policy in session.exec(query))


def claim_on(session: Session, policy_id: str) -> tuple[ClaimRow, ...]:
    """Return the claims on a policy, oldest default first."""
    query = select(ClaimRow).where(ClaimRow.policy_id == policy_id)
    return tuple(session.exec(query.order_by(col(ClaimRow.default_date))))


def claim_of_loan(
    session: Session, client_id: str, loan: str, default_date: date
) -> ClaimRow | None:
    """Return the claim for one default of a loan, under whatever policy it stands."""
    query = select(ClaimRow).where(
        ClaimRow.client_id == client_id,
        ClaimRow.loan == loan,
        ClaimRow.default_date == default_date,
    )
    return session.exec(query).one_or_none()


def items(session: Session, claim_id: str) -> tuple[ClaimItemRow, ...]:
    """Return what is asked, item by item, in the order in which it was stated."""
    query = select(ClaimItemRow).where(ClaimItemRow.claim_id == claim_id)
    order = (col(ClaimItemRow.created_at), col(ClaimItemRow.reference))
    return tuple(session.exec(query.order_by(*order)))


def settlement_of(session: Session, claim_id: str) -> SettlementRow | None:
    """Return the newest settlement of a claim, which holds all that came before; None: none."""
    query = select(SettlementRow).where(SettlementRow.claim_id == claim_id)
    return session.exec(query.order_by(col(SettlementRow.sequence).desc()).limit(1)).one_or_none()


def standing_of(session: Session, claim_ids: Sequence[str]) -> dict[str, SettlementRow]:
    """Return claim -> its newest settlement, of those that have one."""
    query = select(SettlementRow).where(col(SettlementRow.claim_id).in_(claim_ids))
    in_turn = session.exec(query.order_by(col(SettlementRow.sequence)))
    return {row.claim_id: row for row in in_turn}


def settlements(session: Session, claim_id: str) -> tuple[SettlementRow, ...]:
    """Return the settlements of a claim, first to newest."""
    query = select(SettlementRow).where(SettlementRow.claim_id == claim_id)
    return tuple(session.exec(query.order_by(col(SettlementRow.sequence))))


def settled_beside(session: Session, claim: ClaimRow) -> tuple[tuple[ClaimRow, SettlementRow], ...]:
    """Return the other claims on the same policy, each with its newest settlement."""
    query = (
        select(ClaimRow, SettlementRow)
        .join(SettlementRow, col(SettlementRow.claim_id) == ClaimRow.id)
        .where(ClaimRow.policy_id == claim.policy_id, ClaimRow.id != claim.id)
        .order_by(col(ClaimRow.id), col(SettlementRow.sequence))
    )
    newest = {other.id: (other, settled) for other, settled in session.exec(query)}
    return tuple(newest.values())


def settlement(session: Session, id_: str) -> SettlementRow:
    """Return a settlement."""
    row = session.get(SettlementRow, id_)
    if row is None:
        raise missing("settlement")
    return row


def shares(session: Session, settlement_id: str) -> tuple[ShareRow, ...]:
    """Return what each party bears of a settlement, in the order of the scheme."""
    query = select(ShareRow).where(ShareRow.settlement_id == settlement_id)
    return tuple(session.exec(query.order_by(col(ShareRow.position))))


def recoveries(session: Session, claim_id: str) -> tuple[RecoveryRow, ...]:
    """Return the recoveries of a claim in order."""
    query = select(RecoveryRow).where(RecoveryRow.claim_id == claim_id)
    return tuple(session.exec(query.order_by(col(RecoveryRow.sequence))))


def recovered(session: Session, claim_ids: Sequence[str]) -> frozenset[str]:
    """Return those of some claims on which anything was recovered."""
    query = select(RecoveryRow.claim_id).where(col(RecoveryRow.claim_id).in_(claim_ids))
    return frozenset(session.exec(query.distinct()))


def recovery(session: Session, id_: str) -> RecoveryRow:
    """Return a recovery."""
    row = session.get(RecoveryRow, id_)
    if row is None:
        raise missing("recovery")
    return row
