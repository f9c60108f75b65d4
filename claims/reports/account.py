"""Queries for the account of one party of a scheme: what was booked in a period.

A line belongs to the period of its booking, a correction to that of its own, and each is read as
the books knew it at the period's end: what is booked later changes no account of a closed period.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.reports.day import known_by
from claims.tables import ClaimRow, SettlementRow, ShareRow
from kernel.db.tables import JournalRow, PostingRow
from underwriting.history.store import transaction_of, transactions
from underwriting.rules.contract import Contract
from underwriting.rules.history_state import state_as_of
from underwriting.rules.returns_moves import INCOME
from underwriting.store import PolicyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose account, and of when.

    Attributes:
        scheme: code of the scheme.
        party: its name in it.
        currency: of every amount.
        opens_on: first day of the period.
        closes_on: last day of the period.
    """

    scheme: str
    party: str
    currency: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Lost:
    """A settlement with the party's share, and what the settlement before it said.

    Attributes:
        whole_before: loss shared by the settlement before, minor units; nought where it is first.
        own_before: of that, the party's share.
        before_on: the day of that settlement, which this one corrects; None where it is first.
    """

    claim: ClaimRow
    policy: PolicyRow
    settlement: SettlementRow
    share: ShareRow
    whole_before: int = 0
    own_before: int = 0
    before_on: date | None = None

    @property
    def whole(self) -> int:
        """What this settlement adds to the loss shared; below zero it takes away."""
        return self.settlement.eligible_minor - self.whole_before

    @property
    def own(self) -> int:
        """What it adds to the party's share."""
        return self.share.paid_minor - self.own_before


@dataclass(frozen=True, slots=True)
class WrittenOn:
    """A policy with the net premium booked on it in a period.

    Attributes:
        policy: the row.
        terms: as they were known at the end of the period.
        minor: net premium, minor units; below zero it was returned.
    """

    policy: PolicyRow
    terms: Contract
    minor: int


def premium_booked(
    session: Session, currency: str, opens_on: date, closes_on: date
) -> dict[str, int]:
    """Return policy id -> net premium booked in a period, minor units; below zero, returned."""
    query = (
        select(JournalRow.subject_id, func.sum(-PostingRow.amount_minor))
        .join(PostingRow, col(PostingRow.entry_id) == JournalRow.id)
        .where(JournalRow.subject_type == "policy", PostingRow.account == INCOME)
        .where(PostingRow.currency == currency)
        .where(col(JournalRow.booked_on).between(opens_on, closes_on))
        .group_by(JournalRow.subject_id)
    )
    return {policy: int(minor) for policy, minor in session.exec(query)}


def premiums(session: Session, of: Account) -> tuple[WrittenOn, ...]:
    """Return each policy on which premium was booked in the period, by number."""
    booked = premium_booked(session, of.currency, of.opens_on, of.closes_on)
    rows = session.exec(select(PolicyRow).where(PolicyRow.scheme_code == of.scheme))
    return tuple(
        WrittenOn(row, _terms(session, row, of.closes_on), booked[row.id])
        for row in sorted(rows, key=lambda one: one.number)
        if row.id in booked
    )


def _terms(session: Session, policy: PolicyRow, on: date) -> Contract:
    """Return the terms of a policy on a day as known by then; the last ones where it was over."""
    known = known_by(on)
    moves = [
        transaction_of(row) for row in transactions(session, policy.id) if row.created_at <= known
    ]
    stated = [move.contract for move in moves if move.contract is not None]
    last = stated[-1] if stated else Contract.of(policy.contract)
    return state_as_of(moves, on, known).contract or last


def losses(session: Session, of: Account) -> tuple[Lost, ...]:
    """Return the settlements of the period with the party's share, by day and claim."""
    query = (
        select(ClaimRow, PolicyRow, SettlementRow, ShareRow)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .join(SettlementRow, col(SettlementRow.claim_id) == ClaimRow.id)
        .join(ShareRow, col(ShareRow.settlement_id) == SettlementRow.id)
        .where(
            PolicyRow.scheme_code == of.scheme,
            ShareRow.party == of.party,
            SettlementRow.currency == of.currency,
        )
        .order_by(col(ClaimRow.number), col(SettlementRow.sequence))
    )
    found: list[Lost] = []
    for _, rows in groupby(session.exec(query), key=lambda row: row[0].id):
        before: tuple[int, int, date | None] = (0, 0, None)
        for claim, policy, settlement, share in rows:
            if of.opens_on <= settlement.settled_on <= of.closes_on:
                found.append(Lost(claim, policy, settlement, share, *before))
            before = (settlement.eligible_minor, share.paid_minor, settlement.settled_on)
    return tuple(sorted(found, key=lambda one: one.settlement.settled_on))  # stable: claim, order
