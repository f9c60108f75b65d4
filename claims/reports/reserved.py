"""What open claims are expected to charge a party: its share beside the issuer's reserve."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
from underwriting.history.store import contracts_on
from underwriting.rules.contract import Contract
from underwriting.store import PolicyRow

_ACCOUNT = "case_reserve"
_BATCH = 500
"""Ids that one statement names."""


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
    (share of the issuer) of what was asked by then, shared by the terms that each event is
    measured by, with nobody's means spent. It is never more than that share of the party: a
    reserve above the issuer's own says nothing of what others bear.
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
    terms = contracts_on(session, [(policy, claim.default_date) for claim, policy in rows])
    asked = _asked(session, [claim.id for claim, _ in rows], on)
    found = []
    for (claim, policy), contract in zip(rows, terms, strict=True):
        reserve, scheme = reserves[claim.id], frozen_scheme(policy.scheme_text).scheme
        falls = falls_to(scheme, contract, _loss(asked[claim.id], contract))
        own, mine = falls.get(contract.issuer, 0), falls.get(of.party, 0)
        # nothing beside a reserve where the issuer bears nothing
        party = min(mine, round_half_up(Fraction(reserve * mine, own))) if own else 0
        found.append(Reserved(claim, policy, reserve, party))
    return tuple(found)


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


def _asked(session: Session, claims: Sequence[str], on: date) -> Mapping[str, dict[str, int]]:
    """Return claim id -> line -> what was asked of it until a day, minor units."""
    asked: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for start in range(0, len(claims), _BATCH):
        query = (
            select(ClaimItemRow)
            .where(col(ClaimItemRow.claim_id).in_(claims[start : start + _BATCH]))
            .where(col(ClaimItemRow.stated_on) <= on)
        )
        for item in session.exec(query):
            lines = asked[item.claim_id]
            lines[item.line] = lines.get(item.line, 0) + item.amount_minor
    return asked


def _loss(asked: Mapping[str, int], contract: Contract) -> Loss:
    """Return what was asked as a loss; what is no line of a loan counts as principal."""
    most, unit = contract.sum_insured.minor, contract.sum_insured.currency
    if "principal" not in asked:
        return Loss(min(sum(asked.values()), most), 0, 0, unit)
    lines = (min(asked.get(line, 0), most) for line in ("principal", "interest", "costs"))
    principal, interest, costs = lines
    return Loss(principal, interest, costs, unit)
