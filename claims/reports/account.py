"""Queries for the account of one party of a scheme: what was booked in a period.

A line belongs to the period of its booking, a correction to that of its own, and each is read as
the books knew it at the period's end: what is booked later changes no account of a closed period.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.reports.day import known_by
from claims.tables import ClaimRow, SettlementRow, ShareRow
from kernel.db.tables import JournalRow, PostingRow
from underwriting.history.store import transaction_of, transactions
from underwriting.rules.contract import Contract
from underwriting.rules.history_state import state_as_of
from underwriting.store import PolicyRow

_INCOME = "premium_income"


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


def premiums(session: Session, of: Account) -> tuple[WrittenOn, ...]:
    """Return each policy on which premium was booked in the period, by number."""
    income = func.sum(-PostingRow.amount_minor)
    sums = (
        select(JournalRow.subject_id, income)
        .join(PostingRow, col(PostingRow.entry_id) == JournalRow.id)
        .join(PolicyRow, col(PolicyRow.id) == JournalRow.subject_id)
        .where(
            JournalRow.subject_type == "policy",
            PostingRow.account == _INCOME,
            PostingRow.currency == of.currency,
            PolicyRow.scheme_code == of.scheme,
            col(JournalRow.booked_on).between(of.opens_on, of.closes_on),
        )
        .group_by(JournalRow.subject_id)
    )
    booked = dict(session.exec(sums).all())
    rows = session.exec(select(PolicyRow).where(col(PolicyRow.id).in_(booked)))
    return tuple(
        WrittenOn(row, _terms(session, row, of.closes_on), int(booked[row.id]))
        for row in sorted(rows, key=lambda one: one.number)
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
            col(SettlementRow.settled_on).between(of.opens_on, of.closes_on),
        )
        .order_by(col(SettlementRow.settled_on), col(ClaimRow.number), col(SettlementRow.sequence))
    )
    return tuple(
        Lost(
            claim,
            policy,
            settlement,
            share,
            *_before(session, settlement, of.party),
        )
        for claim, policy, settlement, share in session.exec(query)
    )


def _before(session: Session, row: SettlementRow, party: str) -> tuple[int, int, date | None]:
    """Return the loss that the settlement before shared, the party's part of it, and its day."""
    query = (
        select(
            col(SettlementRow.eligible_minor),
            col(ShareRow.paid_minor),
            col(SettlementRow.settled_on),
        )
        .join(ShareRow, col(ShareRow.settlement_id) == SettlementRow.id)
        .where(
            SettlementRow.claim_id == row.claim_id,
            SettlementRow.sequence == row.sequence - 1,
            ShareRow.party == party,
        )
    )
    found = session.exec(query).one_or_none()
    return (found[0], found[1], found[2]) if found else (0, 0, None)
