"""What open claims are expected to charge a party: its share beside the issuer's reserve."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.facts import frozen_scheme
from claims.reports.moved import Whose
from claims.rules.reporting.uncapped import falls_to
from claims.tables import ClaimItemRow, ClaimRow
from kernel.db.tables import JournalRow, PostingRow
from kernel.money import round_half_up
from kernel.sharing import Loss
from underwriting.rules.contract import Contract
from underwriting.store import PolicyRow

_ACCOUNT = "case_reserve"


@dataclass(frozen=True, slots=True)
class Reserved:
    """A claim that is reserved for.

    Attributes:
        claim: the row.
        policy: the row.
        issuer: the reserve of the issuer's own share, minor units.
        party: what the party is expected to bear beside it, minor units.
    """

    claim: ClaimRow
    policy: PolicyRow
    issuer: int
    party: int


def reserved_on(session: Session, of: Whose, on: date) -> tuple[Reserved, ...]:
    """Return the claims under a scheme that were reserved for on a day, by number.

    The reserve is the journal's; the party's part of it is reserve x (share of the party) /
    (share of the issuer) of what was asked by then, shared with nobody's means spent.
    """
    reserves = _reserves(session, of.currency, on)
    query = (
        select(ClaimRow, PolicyRow)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .where(PolicyRow.scheme_code == of.scheme, PolicyRow.currency == of.currency)
        .where(col(ClaimRow.notified_on) <= on)
        .order_by(col(ClaimRow.number))
    )
    rows = [(claim, policy) for claim, policy in session.exec(query) if claim.id in reserves]
    return tuple(
        Reserved(claim, policy, reserves[claim.id],
                 _part(policy, of.party, reserves[claim.id], _asked(session, claim.id, on)))
        for claim, policy in rows
    )  # fmt: skip


def _reserves(session: Session, currency: str, on: date) -> dict[str, int]:
    """Return claim id -> its case reserve at the end of a day, those of nothing left out."""
    query = (
        select(JournalRow.subject_id, func.sum(-PostingRow.amount_minor))
        .join(PostingRow, col(PostingRow.entry_id) == JournalRow.id)
        .where(JournalRow.subject_type == "claim", PostingRow.currency == currency)
        .where(col(PostingRow.account).startswith(_ACCOUNT), col(JournalRow.booked_on) <= on)
        .group_by(JournalRow.subject_id)
    )
    return {claim: int(minor) for claim, minor in session.exec(query) if minor}


def _asked(session: Session, claim_id: str, on: date) -> dict[str, int]:
    asked: dict[str, int] = {}
    query = select(ClaimItemRow).where(ClaimItemRow.claim_id == claim_id)
    for item in session.exec(query):
        if item.stated_on <= on:
            asked[item.line] = asked.get(item.line, 0) + item.amount_minor
    return asked


def _part(policy: PolicyRow, party: str, reserve: int, asked: dict[str, int]) -> int:
    """Return the party's part beside a reserve; nothing where the issuer bears nothing."""
    contract, scheme = Contract.of(policy.contract), frozen_scheme(policy.scheme_text).scheme
    falls = falls_to(scheme, contract, _loss(asked, policy))
    own, mine = falls.get(contract.issuer, 0), falls.get(party, 0)
    return round_half_up(Fraction(reserve * mine, own)) if own else 0


def _loss(asked: dict[str, int], policy: PolicyRow) -> Loss:
    """Return what was asked as a loss; what is no line of a loan counts as principal."""
    most, unit = policy.sum_insured_minor, policy.currency
    if "principal" not in asked:
        return Loss(min(sum(asked.values()), most), 0, 0, unit)
    lines = (min(asked.get(line, 0), most) for line in ("principal", "interest", "costs"))
    principal, interest, costs = lines
    return Loss(principal, interest, costs, unit)
