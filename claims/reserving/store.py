"""Every query of reserves, as named functions of a session. Nothing here decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from claims.reserving.tables import ReserveAnswerRow, ReserveProposalRow, ReserveRow
from claims.rules.lifecycle import ENDED
from claims.rules.reserve.lines import LINES, Reserves
from claims.rules.reserve.modelled import Closed
from claims.tables import ClaimRow, SettlementRow, ShareRow
from underwriting.store import PolicyRow, missing

__all__ = ["ReserveAnswerRow", "ReserveProposalRow", "ReserveRow"]  # for the floor above

Kept = ReserveRow | ReserveProposalRow


def sets(session: Session, claim_id: str) -> tuple[ReserveRow, ...]:
    """Return every set of reserves of a claim, in order."""
    query = select(ReserveRow).where(ReserveRow.claim_id == claim_id)
    return tuple(session.exec(query.order_by(col(ReserveRow.sequence))))


@dataclass(frozen=True, slots=True)
class Stands:
    """The reserves of a claim that stand.

    Attributes:
        sequence: their number; 0 where none were kept by line.
        lines: line by line; of a claim whose lines were never kept, indemnity only.
    """

    sequence: int
    lines: Reserves


def stands(session: Session, claims: Sequence[ClaimRow]) -> dict[str, Stands]:
    """Return claim -> the reserves that stand, read at once."""
    query = select(ReserveRow).where(col(ReserveRow.claim_id).in_([one.id for one in claims]))
    newest = {row.claim_id: row for row in session.exec(query.order_by(col(ReserveRow.sequence)))}
    return {one.id: stands_by(one, newest.get(one.id)) for one in claims}


def stands_by(claim: ClaimRow, newest: ReserveRow | None) -> Stands:
    """Return the reserves of a claim that stand by its newest set; None where there is none."""
    if newest is None:
        return Stands(0, Reserves(indemnity=claim.reserve_minor))
    return Stands(newest.sequence, lines_of(newest))


def standing(session: Session, claim: ClaimRow) -> Stands:
    """Return the reserves of one claim that stand."""
    return stands(session, [claim])[claim.id]


def lines_of(row: Kept) -> Reserves:
    """Return a kept set by line."""
    return Reserves(**{name: getattr(row, f"{name}_minor") for name in LINES})


def set_by_person(session: Session, claim_id: str) -> ReserveRow | None:
    """Return the set of a person on which the reserves that stand rest; None where none does.

    What the course of the claim adds to it or pays out of it leaves it a person's; once nothing is
    left of indemnity and defence, the claim begins anew.
    """
    found = None
    for row in sets(session, claim_id):
        if row.cause == "person":
            found = row
        elif not lines_of(row).loss:
            found = None
    return found


def proposal(session: Session, id_: str) -> ReserveProposalRow:
    """Return a proposal.

    Raises:
        NotFound: there is none.
    """
    row = session.get(ReserveProposalRow, id_)
    if row is None:
        raise missing("reserve proposal", "proposal_id")
    return row


def answer_of(session: Session, proposal_id: str) -> ReserveAnswerRow | None:
    """Return the answer to a proposal, if there is one."""
    query = select(ReserveAnswerRow).where(ReserveAnswerRow.proposal_id == proposal_id)
    return session.exec(query).one_or_none()


def overtaken(claim: ClaimRow, stands: Stands, one: ReserveProposalRow) -> bool:
    """Say whether reserves moved, or their claim ended, since a proposal was made.

    Where nothing was reserved, the end of a claim moves no reserve.
    """
    return claim.state in ENDED or stands.sequence != one.after_sequence


def waiting(session: Session, claim: ClaimRow) -> tuple[ReserveProposalRow, ...]:
    """Return the proposals that may still be approved, oldest first."""
    found, stands = open_proposals(session, claim.id), standing(session, claim)
    return tuple(one for one in found if not overtaken(claim, stands, one))


def open_proposals(session: Session, claim_id: str) -> tuple[ReserveProposalRow, ...]:
    """Return the proposals of a claim that nobody has answered, overtaken or not, oldest first."""
    answered = select(ReserveAnswerRow.proposal_id)
    query = select(ReserveProposalRow).where(
        ReserveProposalRow.claim_id == claim_id, col(ReserveProposalRow.id).not_in(answered)
    )
    return tuple(session.exec(query.order_by(col(ReserveProposalRow.id))))


def closed(session: Session, product: str, currency: str) -> Closed:
    """Return what closed claims of a product came to, the issuer's share by the newest settlement.

    What was asked counts with the issuer's part of the loss as it was shared. Denied claims count
    with nothing paid and nothing shared, and so for nothing.
    """
    last = (
        select(SettlementRow.claim_id, func.max(SettlementRow.sequence).label("sequence"))
        .group_by(col(SettlementRow.claim_id))
        .subquery()
    )
    query = (
        select(ClaimRow, PolicyRow, SettlementRow, ShareRow)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .join(SettlementRow, col(SettlementRow.claim_id) == ClaimRow.id)
        .join(
            last,
            (last.c.claim_id == SettlementRow.claim_id)
            & (last.c.sequence == SettlementRow.sequence),
        )
        .join(ShareRow, col(ShareRow.settlement_id) == SettlementRow.id)
        .where(
            ClaimRow.state == "closed",
            ClaimRow.currency == currency,
            PolicyRow.product == product,
        )
    )
    found = [
        (claim, settlement, share)
        for claim, policy, settlement, share in session.exec(query)
        if share.party == policy.contract["issuer"]
    ]
    asked = sum(_own(claim, settlement, share) for claim, settlement, share in found)
    paid = sum(share.paid_minor for _, _, share in found)
    back = sum(share.given_back_minor for _, _, share in found)
    return Closed(len(found), asked, paid, back)


def _own(claim: ClaimRow, settlement: SettlementRow, share: ShareRow) -> int:
    """Return the issuer's part of what was asked, in proportion to its part of what was shared."""
    asked = sum(claim.asked.values())
    return asked * share.paid_minor // settlement.eligible_minor if settlement.eligible_minor else 0
